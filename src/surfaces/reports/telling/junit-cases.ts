// Owns the cases of a JUnit report: one for each part of a step, or for each of its hosts or items.
import { namedValue } from '../../../basics/named-values.ts';
import type { HostResult } from '../../../run/event.ts';
import type { BlockItem, PlanItem } from '../../../run/plan.ts';
import type { HostProgress, ItemState, RunState } from '../../../run/state.ts';
import { hasTargets, hostsOf } from '../../../run/targets/host-targets.ts';
import { endedBefore } from '../../../view/steps/ended-before.ts';
import { findingWords } from '../../../view/words/finding-words.ts';
import { reasonWords, skipWords } from '../../../view/words/reason-words.ts';
import type { ReadOutput } from '../document-log.ts';
import { failedCommand, lastOutput } from './last-output.ts';

/** One case. */
export interface JunitCase {
  readonly name: string;
  readonly durationMs: number;
  /** Absent where it has passed. */
  readonly outcome?: CaseOutcome;
  /** What it found that looks. */
  readonly says?: string;
}

/** What is said of a case that has not simply passed. */
interface CaseOutcome {
  readonly kind: 'failure' | 'skipped';
  readonly message: string;
  readonly detail?: string;
}

function outcomeOf(item: PlanItem, known: ItemState, read: ReadOutput): CaseOutcome | undefined {
  const before = endedBefore(known);
  if (before === 'passed') return undefined;
  switch (before ?? known.status) {
    case 'failed':
    case 'failed-continued': {
      const message = known.reason ? reasonWords(known.reason) : 'failed';
      return { kind: 'failure', message, detail: failureOf(item, known, read) };
    }
    case 'in-doubt':
    case 'running':
    case 'retrying':
      return { kind: 'failure', message: 'started, and how it ended is not known' };
    case 'skipped':
      return {
        kind: 'skipped',
        message: known.note ?? (known.skipReason ? skipWords(known.skipReason) : 'skipped'),
      };
    case 'pending':
      return { kind: 'skipped', message: 'the run did not come to it' };
    default:
      return undefined;
  }
}

/** What was expected, the command that failed, and the last lines that it printed. */
function failureOf(item: PlanItem, known: Pick<ItemState, 'reason' | 'result'>, read: ReadOutput): string {
  const { reason, result } = known;
  const compared =
    reason?.type === 'expectation'
      ? [reason.difference ?? `expected:\n${reason.expected}\nactual:\n${reason.actual}`]
      : [];
  const command = failedCommand(item, known);
  const outputs = result === undefined ? [] : [lastOutput(read(result.output), result.output.lines)];
  return [
    ...compared,
    ...(command === undefined ? [] : [`$ ${command.trimEnd()}`]),
    ...outputs.flatMap(({ words, lines }) => [words, ...lines]),
  ].join('\n');
}

/** The cases of a part of a run that is not left out of it. */
export function junitCases(
  state: RunState,
  item: PlanItem,
  known: ItemState,
  read: ReadOutput,
): readonly JunitCase[] {
  const outcome = outcomeOf(item, known, read);
  const whole: JunitCase = {
    name: item.address,
    durationMs: known.result?.durationMs ?? 0,
    ...(outcome && { outcome }),
    ...(known.status === 'passed' && known.result?.finding && { says: findingWords(known.result) }),
  };
  const names = hasTargets(item) ? (hostsOf(state, item, known) ?? []) : [];
  const isWhole = known.status === 'skipped' || known.status === 'already-done' || known.status === 'done';
  if (!hasTargets(item) || isWhole || names.length < (item.each === undefined ? 2 : 1)) return [whole];
  const cases = names.map((name) => caseOf(item, known, name, read));
  // What has failed as a whole, such as a condition that cannot be asked, is the failure of none of them.
  const isTold = outcome?.kind !== 'failure' || cases.some((one) => one.outcome?.kind === 'failure');
  return isTold ? cases : [...cases, whole];
}

function caseOf(item: BlockItem, known: ItemState, host: string, read: ReadOutput): JunitCase {
  const progress =
    namedValue(known.onHosts ?? {}, host) ?? known.result?.hosts?.find((one) => one.host === host);
  const ended = progress !== undefined && 'output' in progress ? progress : undefined;
  const outcome = outcomeAt(item, known, progress, read);
  return {
    name: `${item.address} [${host}]`,
    durationMs: ended?.durationMs ?? 0,
    ...(outcome && { outcome }),
    ...(ended?.finding && { says: `exit ${ended.exitCode}` }),
  };
}

function outcomeAt(
  item: BlockItem,
  known: ItemState,
  progress: HostProgress | undefined,
  read: ReadOutput,
): CaseOutcome | undefined {
  switch (progress?.status) {
    case 'passed':
    case 'already-done':
    case 'done':
      return undefined;
    case 'failed':
      return failureAt(item, known, progress, read);
    case 'running':
    case 'in-doubt':
      return { kind: 'failure', message: 'started, and how it ended is not known' };
    case 'skipped':
      return { kind: 'skipped', message: skipWords('condition') };
    case 'left-out':
      return { kind: 'skipped', message: skipWords('operator') };
    case 'not-needed':
      return { kind: 'skipped', message: skipWords('nothing-to-undo') };
    default:
      return { kind: 'skipped', message: 'the run did not come to it' };
  }
}

/** One that failed where enough have passed fails no pipeline, and is not called passed. */
function failureAt(
  item: BlockItem,
  { status }: ItemState,
  { failure, output, exitCode, durationMs }: HostResult,
  read: ReadOutput,
): CaseOutcome {
  const message = failure === undefined ? 'failed' : reasonWords(failure);
  if (status === 'passed') return { kind: 'skipped', message: `failed, and enough passed: ${message}` };
  const result = { exitCode, durationMs, output, captured: {}, warnings: [] };
  const detail = failureOf(item, { result, ...(failure && { reason: failure }) }, read);
  return { kind: 'failure', message, detail };
}
