// Owns what a report of a run says: its facts, its steps, who decided what, and its course.
import type { RecordedEvent, RunEvent } from '../../run/event.ts';
import type { PlanItem } from '../../run/plan.ts';
import type { ItemState, ItemStatus, RunState } from '../../run/state.ts';
import { formatDuration } from '../../runbook/regions/format-duration.ts';
import { visibleText } from '../../text/visible-text.ts';
import { describeEvent } from '../../view/words/describe-event.ts';
import { findingWords } from '../../view/words/finding-words.ts';
import { formatTime, millisecondsBetween } from '../../view/words/format-time.ts';
import { endWords } from '../../view/words/outcome-words.ts';
import { phaseWords } from '../../view/words/phase-words.ts';
import { actorWords } from '../../view/words/quoted.ts';
import { reasonWords, skipWords } from '../../view/words/reason-words.ts';

/** A report; all text is plain and made visible, with names in backticks. */
export interface RunReport {
  readonly title: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly steps: readonly ReportedStep[];
  /** What people and policies decided, in their order. */
  readonly decisions: readonly Moment[];
  readonly timeline: readonly Moment[];
}

/** One line of the table of steps; what is not known is empty. */
export interface ReportedStep {
  readonly phase: string;
  readonly title: string;
  readonly name: string;
  readonly status: string;
  readonly took: string;
  readonly estimate: string;
}

/** Something that happened, and when. */
export interface Moment {
  readonly at: string;
  readonly text: string;
}

const decisive: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'RunStarted',
  'RunResumed',
  'RunPaused',
  'AutoRunChosen',
  'BlockSkipped',
  'BlockMarkedDone',
  'DoubtResolved',
  'CommandEdited',
  'BlockReleased',
  'ConfirmationGiven',
  'ChoiceMade',
  'DoubtsAccepted',
  'ManualStepClaimed',
  'ManualStepDone',
  'ChecklistItemSet',
  'NoteAdded',
  'FailureDecided',
  'CleanupDecided',
  'ShellOpened',
  'JumpedTo',
  'ApprovalRequested',
  'ApprovalGiven',
  'ApprovalDenied',
  'ApprovalTimedOut',
  'AnswerRefused',
  'ApprovalChecked',
  'RollbackStarted',
  'RollbackDeclined',
  'RunbookChanged',
  'RunEnded',
]);

const statusWords: Readonly<Record<ItemStatus, string>> = {
  excluded: 'left out',
  pending: 'not run',
  running: 'started, and nobody knows how it ended',
  retrying: 'failed, another attempt was due',
  failed: 'failed',
  'in-doubt': 'started, and nobody knows how it ended',
  passed: 'passed',
  'failed-continued': 'failed, and the run went on',
  skipped: 'skipped',
  'already-done': 'already done',
  done: 'done by hand',
};

/** The report of a run from its state and its whole journal. */
export function reportOf(state: RunState, history: readonly RecordedEvent[]): RunReport {
  const momentOf = (recorded: RecordedEvent): Moment => ({
    at: formatTime(recorded.at),
    text: describeEvent(recorded.event).text,
  });
  return {
    title: visibleText(state.plan.title),
    facts: factsOf(state, history),
    steps: state.plan.items.flatMap((item, index) => stepOf(item, state.items[index])),
    decisions: history.filter(({ event }) => decisive.has(event.type)).map(momentOf),
    timeline: history.map(momentOf),
  };
}

function factsOf(state: RunState, history: readonly RecordedEvent[]): RunReport['facts'] {
  const started = history.find(({ event }) => event.type === 'RunStarted');
  const ended = history.findLast(({ event }) => event.type === 'RunEnded');
  const facts: [string, string | undefined][] = [
    ['run', state.run],
    ['outcome', ended?.event.type === 'RunEnded' ? endWords(ended.event) : state.lifecycle],
    ['why', ended?.event.type === 'RunEnded' ? visibleText(ended.event.message) : state.pause?.message],
    ['severity', state.plan.severity],
    ['owner', state.plan.owner],
    ['started', started && formatTime(started.at)],
    ['ended', ended && formatTime(ended.at)],
    ['took', started && ended && formatDuration(millisecondsBetween(started.at, ended.at))],
    ['estimated', state.plan.estimateMs === undefined ? undefined : formatDuration(state.plan.estimateMs)],
    ['operators', operatorsOf(history)],
  ];
  if (started?.event.type === 'RunStarted') {
    const { runbook, inputs, secretInputs } = started.event;
    facts.push(['runbook', runbook.path], ['digest', runbook.digest], ['commit', runbook.commit]);
    const given = Object.entries(inputs).map(([name, value]) => `${name}=${value}`);
    const hidden = secretInputs.map((name) => `${name}=***`);
    if (given.length + hidden.length > 0) facts.push(['inputs', [...given, ...hidden].join(', ')]);
  }
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, visibleText(value)] as const]));
}

/** Everybody who has operated the run, in their order. */
function operatorsOf(history: readonly RecordedEvent[]): string {
  const names = history.flatMap(({ event }) =>
    event.type === 'RunStarted' || event.type === 'RunResumed' ? [actorWords(event.by)] : [],
  );
  return [...new Set(names)].join(', ');
}

/** Undo items that no rollback came to are no part of the report. */
function stepOf(item: PlanItem, known: ItemState | undefined): readonly ReportedStep[] {
  if (!known || known.status === 'excluded') return [];
  const found = known.status === 'passed' && known.result?.finding ? findingWords(known.result) : undefined;
  const why =
    known.status === 'skipped' && known.skipReason !== undefined
      ? skipWords(known.skipReason)
      : known.status.startsWith('failed') && known.reason
        ? reasonWords(known.reason)
        : '';
  const by = known.by === undefined ? '' : `, says ${actorWords(known.by)}`;
  const note = known.note === undefined ? '' : ` (${visibleText(known.note)})`;
  const attempts = known.attempts > 1 ? `, ${known.attempts} attempts` : '';
  return [
    {
      phase: phaseWords(item.phase),
      title: visibleText(item.stepTitle),
      name: visibleText(item.address),
      status: `${found ?? statusWords[known.status]}${why === '' ? '' : `: ${why}`}${by}${note}${attempts}`,
      took: known.result === undefined ? '' : formatDuration(known.result.durationMs),
      estimate: item.estimateMs === undefined ? '' : formatDuration(item.estimateMs),
    },
  ];
}
