// Owns what a report says first of a run that did not go well: what failed, at which command, and what that printed last.
import type { Address } from '../../../basics/address.ts';
import type { PlanItem } from '../../../run/plan.ts';
import type { ItemState, RunState } from '../../../run/state.ts';
import { screenLines } from '../../../runbook/regions/screen-lines.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { endedBefore } from '../../../view/steps/ended-before.ts';
import { quoted, targetWords } from '../../../view/words/quoted.ts';
import { reasonWords } from '../../../view/words/reason-words.ts';
import type { ReadOutput } from '../document-log.ts';
import type { PageBlock } from '../page/page.ts';
import { failedCommand, lastOutput } from './last-output.ts';

/** Of more that failed, the last ones are shown; the table of steps has all. */
const mostFailures = 5;

/** A run that may have failed. */
interface FailedRun {
  readonly state: RunState;
  readonly read: ReadOutput;
  /** What a block had printed until it was cut off; absent where that is not told. */
  readonly cutOff?: (address: Address) => readonly PageBlock[];
  readonly isLive?: boolean;
}

/** A part for each item that failed or is in doubt; nothing where none is. */
export function failureBlocks(run: FailedRun): readonly PageBlock[] {
  const { state, isLive } = run;
  const failed = state.plan.items.flatMap((item, index) => {
    const known = state.items[index];
    return known !== undefined && hasFailed(known, isLive) ? [{ item, known }] : [];
  });
  if (failed.length === 0) return [];
  const shown = failed.slice(-mostFailures);
  const more = failed.length - shown.length;
  return [
    { type: 'heading', level: 2, text: 'What failed' },
    ...shown.flatMap(({ item, known }) => failureOf(item, known, run)),
    ...(more > 0 ? [{ type: 'paragraph' as const, text: `${more} more failed before that.` }] : []),
  ];
}

/** How it ended is not known. */
function isOpen(status: ItemState['status']): boolean {
  return status === 'in-doubt' || status === 'running' || status === 'retrying';
}

function hasFailed(known: ItemState, isLive = false): boolean {
  const status = endedBefore(known) ?? known.status;
  return ['failed', 'failed-continued', 'in-doubt'].includes(status) || (status === 'running' && !isLive);
}

function failureOf(item: PlanItem, known: ItemState, { read, cutOff }: FailedRun): readonly PageBlock[] {
  const step = visibleText(item.stepTitle);
  const why =
    known.reason === undefined
      ? 'started, and how it ended is not known'
      : `failed: ${reasonWords(known.reason)}`;
  const blocks: PageBlock[] = [{ type: 'paragraph', text: `${quoted(item.address)} of “${step}” ${why}.` }];
  const command = failedCommand(item, known);
  if (command !== undefined) blocks.push({ type: 'code', label: 'sh', lines: screenLines(command) });
  if (known.reason?.type === 'expectation' && known.reason.difference !== undefined) {
    blocks.push({ type: 'paragraph', text: 'What was expected (-) and what was printed (+):' });
    blocks.push({ type: 'code', label: 'diff', lines: screenLines(known.reason.difference) });
  }
  // One that failed on one host and is in doubt on another has both.
  const until = isOpen(endedBefore(known) ?? known.status) ? (cutOff?.(item.address) ?? []) : [];
  return [...blocks, ...lastPrinted(known, read), ...until];
}

/** The end of what a part that failed has printed, on each host where it failed; nothing where it was never run. */
export function lastPrinted({ result }: ItemState, read: ReadOutput): readonly PageBlock[] {
  if (result === undefined) return [];
  if (result.hosts === undefined) return lastOf(read(result.output), result.output.lines);
  const hosts = result.hosts.filter(({ status }) => status === 'failed');
  return hosts.flatMap((host) => lastOf(read(host.output), host.output.lines, ` ${targetWords(host)}`));
}

function lastOf(output: ReturnType<ReadOutput>, lines: number, where = ''): readonly PageBlock[] {
  const last = lastOutput(output, lines, where);
  return [
    { type: 'paragraph', text: last.words },
    ...(last.lines.length > 0 ? [{ type: 'code' as const, label: 'text' as const, lines: last.lines }] : []),
  ];
}
