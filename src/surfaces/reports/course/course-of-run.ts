// Owns how the time of a run was spent: work apart from waits, from the times of its events.
import type { Address } from '../../../basics/address.ts';
import type { RecordedEvent, RunEvent } from '../../../run/event.ts';
import { spentBetween } from './spent-between.ts';

/** What the time goes to. */
export type TimeKind =
  /** A block runs, or a command of its attributes. */
  | 'work'
  /** A person does a manual step, ticks a checklist or is in a shell. */
  | 'people'
  /** Others are to approve. */
  | 'approval'
  /** The operator reads, decides or answers, or the next attempt is not due yet. */
  | 'waiting'
  /** Nobody works on the run: it is paused, was broken off, or had ended before it was taken up again. */
  | 'paused';

/** A stretch of a run, in milliseconds from its first event. */
export interface TimeSpan {
  readonly kind: TimeKind;
  /** What it was for; absent where it was for nothing of the plan. */
  readonly address?: Address;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The whole of a run in stretches that follow one another without gaps. */
export function courseOfRun(history: readonly RecordedEvent[]): readonly TimeSpan[] {
  const spans: TimeSpan[] = [];
  const now = new Situation();
  let at = 0;
  history.forEach((recorded, index) => {
    const { event } = recorded;
    const before = history[index - 1];
    const spentMs = before === undefined ? 0 : spentBetween(before, recorded);
    if (spentMs > 0) add(spans, { ...now.spentOn(event), fromMs: at, toMs: at + spentMs });
    at += spentMs;
    now.take(event);
  });
  // How long a run that rests goes on resting is nothing of its course.
  return now.rests
    ? spans.filter((span, index) => index < spans.length - 1 || span.kind !== 'paused')
    : spans;
}

/** How much of the time went to each. */
export type TimeSpent = Readonly<Record<TimeKind, number>>;

/** Milliseconds of all stretches, or of those that `fits` names. */
export function timeSpent(
  spans: readonly TimeSpan[],
  fits: (span: TimeSpan) => boolean = () => true,
): TimeSpent {
  const spent = { work: 0, people: 0, approval: 0, waiting: 0, paused: 0 };
  for (const span of spans) if (fits(span)) spent[span.kind] += span.toMs - span.fromMs;
  return spent;
}

/** What was done, by machines and by people; the rest of the time was waiting. */
export function workOf({ work, people }: TimeSpent): number {
  return work + people;
}

/** A shorter wait is the tool's own time between two blocks, and not told. */
export const shortestWaitMs = 1000;

/** What was waited for. */
export function waitOf({ approval, waiting, paused }: TimeSpent): number {
  return approval + waiting + paused;
}

/** One stretch of what is going on without a break. */
function add(spans: TimeSpan[], span: TimeSpan): void {
  const last = spans.at(-1);
  if (last?.kind === span.kind && last.address === span.address)
    spans[spans.length - 1] = { ...last, toMs: span.toMs };
  else spans.push(span);
}

/** What is going on after the events so far. */
class Situation {
  /** Nobody works on the run. */
  rests = false;
  readonly #running = new Set<Address>();
  readonly #gates = new Set<Address>();
  #inShell = false;

  /** What the time before an event went to. */
  spentOn(next: RunEvent): Pick<TimeSpan, 'kind' | 'address'> {
    if (this.rests || next.type === 'RunResumed') return { kind: 'paused' };
    const [running] = this.#running;
    if (running !== undefined) return { kind: 'work', address: running };
    if (this.#inShell) return { kind: 'people' };
    const [gate] = this.#gates;
    if (gate !== undefined) return { kind: 'approval', address: gate };
    const address = 'address' in next ? next.address : undefined;
    return { kind: kindBefore(next.type), ...(address !== undefined && { address }) };
  }

  take(event: RunEvent): void {
    switch (event.type) {
      case 'RunPaused':
      case 'RunEnded':
        this.rests = true;
        return;
      case 'RunResumed':
        // What a killed process had begun is found by the events that follow.
        this.rests = false;
        this.#inShell = false;
        this.#running.clear();
        return;
      case 'BlockStarted':
        this.#running.add(event.address);
        return;
      case 'TurnEnded':
      case 'BlockPassed':
      case 'BlockFailed':
        this.#running.delete(event.address);
        return;
      case 'ApprovalRequested':
        this.#gates.add(event.address);
        return;
      case 'ApprovalGiven':
      case 'ApprovalDenied':
      case 'ApprovalTimedOut':
        this.#gates.delete(event.address);
        return;
      case 'ShellOpened':
      case 'ShellClosed':
        this.#inShell = event.type === 'ShellOpened';
        return;
    }
  }
}

const byPeople: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'ManualStepClaimed',
  'ManualStepDone',
  'ChecklistItemSet',
]);

const byMachine: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'ConditionChecked',
  'FileCompared',
  'HostsResolved',
]);

function kindBefore(type: RunEvent['type']): TimeKind {
  if (byPeople.has(type)) return 'people';
  return byMachine.has(type) ? 'work' : 'waiting';
}
