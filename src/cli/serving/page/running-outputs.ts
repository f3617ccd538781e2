// Owns what blocks that run now have printed so far.
import { join } from 'node:path';
import type { RunFolder } from '../../../engine/journal/run-folder.ts';
import type { ListedRun, RunStore } from '../../../engine/journal/run-store.ts';
import { outputFileName, outputOwner } from '../../../engine/output/output-store.ts';
import type { BlockItem } from '../../../run/plan.ts';
import { goesOn } from '../../../run/rules/goes-on.ts';
import type { ItemState, RunState } from '../../../run/state.ts';
import { targetsOfNow } from '../../../run/targets/turn-of.ts';
import { screenLines } from '../../../runbook/regions/screen-lines.ts';
import type { PageBlock } from '../../../surfaces/reports/page/page.ts';
import { formatBytes } from '../../../view/words/format-bytes.ts';
import { quoted, targetWords } from '../../../view/words/quoted.ts';
import { type ReadRun, readRun } from '../../history/read-run.ts';
import type { StoredOutputs } from '../../session/stored-outputs.ts';
import { type OutputFile, sizeOf } from './output-files.ts';

/** The end of an output is looked for in so many bytes, and so many lines of it are shown. */
const tailBytes = 16 * 1024;
const tailLines = 20;

/** Outputs that grow; nobody has recorded them yet. */
export function runningOutputs(folder: RunFolder, state: RunState): readonly OutputFile[] {
  return state.plan.items.flatMap((item, index) => {
    const known = state.items[index];
    if (item.kind !== 'block' || known === undefined) return [];
    if (known.status !== 'running' && !goesOn(item, known)) return [];
    return namesOf(state, item, known).flatMap(({ name, label }): OutputFile[] => {
      const bytes = sizeOf(join(folder.path, name));
      return bytes === undefined || bytes === 0 ? [] : [{ name, label, bytes }];
    });
  });
}

/** The end of what each of them has printed. */
export function runningBlocks(outputs: StoredOutputs, running: readonly OutputFile[]): readonly PageBlock[] {
  return running.flatMap(({ name, label, bytes }): PageBlock[] => {
    const stored = { file: name, stdoutBytes: bytes, stderrBytes: 0, lines: 0 };
    const lines = screenLines(new TextDecoder().decode(outputs.tail(stored, tailBytes)));
    const isCut = bytes > tailBytes || lines.length > tailLines;
    const text = isCut
      ? `${label} runs, and has printed ${formatBytes(bytes)} so far, and last:`
      : `${label} runs, and has printed so far:`;
    return [
      { type: 'paragraph', text },
      { type: 'code', label: 'text', lines: lines.slice(-tailLines) },
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

interface NamedOutput {
  readonly name: string;
  readonly label: string;
}

function namesOf(state: RunState, item: BlockItem, known: ItemState): readonly NamedOutput[] {
  const whose = quoted(item.address);
  const of = (where: string | number | undefined, attempt: number): string =>
    join('outputs', outputFileName(outputOwner(item.address, where), attempt));
  if (known.onHosts === undefined) return [{ name: of(undefined, known.attempts), label: whose }];
  const { all } = targetsOfNow(state, item, known);
  return Object.values(known.onHosts)
    .filter(({ status }) => status === 'running')
    .map((progress) => ({
      name: of(
        progress.each === undefined ? progress.host : all.indexOf(progress.host) + 1,
        progress.attempt ?? known.attempts,
      ),
      label: `${whose} ${targetWords(progress)}`,
    }));
}
