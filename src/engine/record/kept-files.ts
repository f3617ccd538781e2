// Owns which files beside its journal a run has recorded, and whose they are.
import type { Address } from '../../basics/address.ts';
import type { HostResult, RecordedEvent, RunEvent } from '../../run/event.ts';
import type { SavedState } from '../../run/files/saved-state.ts';
import type { OutputSummary } from '../../run/output-summary.ts';

/** An output as it was recorded. */
export interface KeptOutput {
  readonly output: OutputSummary & { readonly file: string };
  /** In words, such as `` `drain` on `web1` ``. */
  readonly whose: string;
  /** Which of the processes that have worked on the run has written it, counted from 0. */
  readonly process: number;
}

/** A shell state in a file of its own. */
export interface KeptState {
  readonly state: Extract<SavedState, { file: string }>;
  readonly whose: string;
}

export interface KeptFiles {
  readonly outputs: readonly KeptOutput[];
  readonly states: readonly KeptState[];
  /** For each process: whether it came to a rest and left the record whole. */
  readonly sealed: readonly boolean[];
}

/** All files that these events name. */
export function keptFiles(events: readonly RecordedEvent[]): KeptFiles {
  const outputs = new Map<string, KeptOutput>();
  const states = new Map<string, KeptState>();
  const sealed: boolean[] = [];
  for (const { event } of events) {
    if (event.type === 'RunStarted' || event.type === 'RunResumed') sealed.push(false);
    if (event.type === 'RecordSealed') sealed[sealed.length - 1] = true;
    for (const { output, shellState, whose } of resultsOf(event)) {
      if (output?.file !== undefined)
        outputs.set(`${output.file} ${output.at}`, {
          output: { ...output, file: output.file },
          whose,
          process: sealed.length - 1,
        });
      if (shellState !== undefined && 'file' in shellState)
        states.set(shellState.file, { state: shellState, whose });
    }
  }
  return { outputs: [...outputs.values()], states: [...states.values()], sealed };
}

interface RecordedResult {
  readonly output?: OutputSummary;
  readonly shellState?: SavedState | undefined;
  readonly whose: string;
}

function resultsOf(event: RunEvent): readonly RecordedResult[] {
  switch (event.type) {
    case 'TurnEnded':
    case 'BlockPassed':
    case 'BlockFailed':
    case 'BackgroundEnded':
    case 'LateOutput': {
      const { output, shellState, userState, hosts = [] } = event.result;
      const whose = `\`${event.address}\``;
      return [
        { output, shellState, whose },
        { shellState: userState, whose },
        ...hosts.map((host) => resultOn(event.address, host)),
      ];
    }
    case 'FileCompared':
      return event.files.map(({ kept }) => ({ shellState: kept, whose: `\`${event.address}\`` }));
    case 'HostEnded':
      return [resultOn(event.address, event.result)];
    case 'ShellClosed':
      return [{ shellState: event.shellState, whose: 'the operator’s shell' }];
    default:
      return [];
  }
}

function resultOn(address: Address, { host, output, shellState }: HostResult): RecordedResult {
  return { output, shellState, whose: `\`${address}\` on \`${host}\`` };
}
