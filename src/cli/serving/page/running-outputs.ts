// Owns what blocks that run now have printed so far.
import type { RunFolder } from '../../../engine/journal/run-folder.ts';
import type { ListedRun, RunStore } from '../../../engine/journal/run-store.ts';
import { unrecordedOutputs } from '../../../engine/output/unrecorded-outputs.ts';
import { goesOn } from '../../../run/rules/goes-on.ts';
import type { RunState } from '../../../run/state.ts';
import type { PageBlock } from '../../../surfaces/reports/page/page.ts';
import { endOfOutput } from '../../../surfaces/reports/telling/cut-off-blocks.ts';
import { formatBytes } from '../../../view/words/format-bytes.ts';
import { quoted, targetWords } from '../../../view/words/quoted.ts';
import { type ReadRun, readRun } from '../../history/read-run.ts';
import type { StoredOutputs } from '../../session/stored-outputs.ts';
import type { OutputFile } from './output-files.ts';

/** Outputs that grow; nobody has recorded them yet. */
export function runningOutputs(folder: RunFolder, state: RunState): readonly OutputFile[] {
  return state.plan.items.flatMap((item, index) => {
    const known = state.items[index];
    if (item.kind !== 'block' || known === undefined) return [];
    if (known.status !== 'running' && !goesOn(item, known)) return [];
    return unrecordedOutputs(folder.path, state, index).map(({ of, output }): OutputFile => {
      const label = quoted(item.address) + (of === undefined ? '' : ` ${targetWords(of)}`);
      return { name: output.file, label, bytes: output.stdoutBytes };
    });
  });
}

/** The end of what each of them has printed. */
export function runningBlocks(outputs: StoredOutputs, running: readonly OutputFile[]): readonly PageBlock[] {
  return running.flatMap(({ name, label, bytes }) => {
    const output = { file: name, stdoutBytes: bytes, stderrBytes: 0, lines: 0 };
    const { lines, isCut } = endOfOutput(output, outputs.tail.bind(outputs));
    const text = isCut
      ? `${label} runs, and has printed ${formatBytes(bytes)} so far, and last:`
      : `${label} runs, and has printed so far:`;
    return [
      { type: 'paragraph' as const, text },
      { type: 'code' as const, label: 'text' as const, lines },
    ];
  });
}

/** Shows them of runs that are looked at again and again: a run is read anew when its record has grown. */
export class RunningOutputs {
  readonly #store: RunStore;
  #newest: { readonly id: string; readonly size: number; readonly read: ReadRun } | undefined;

  constructor(store: RunStore) {
    this.#store = store;
  }

  /** Nothing where no process works on the run. */
  of({ id, folder }: Pick<ListedRun, 'id' | 'folder'>): readonly PageBlock[] {
    if (!this.#store.isLive(folder)) return [];
    const read = this.#read(id, folder);
    return read === undefined ? [] : runningBlocks(read.outputs, runningOutputs(folder, read.state));
  }

  #read(id: string, folder: RunFolder): ReadRun | undefined {
    const size = this.#store.journalSize(folder);
    if (this.#newest?.id === id && this.#newest.size === size) return this.#newest.read;
    const read = readRun(folder);
    this.#newest = read && { id, size, read };
    return read;
  }
}
