// Owns the one readable line for each event.

import type { Actor, AttemptResult, RunEvent } from '../../run/event.ts';
import { formatDuration } from '../../runbook/regions/format-duration.ts';
import { visibleText } from '../../text/visible-text.ts';
import { type EventHandlers, type EventOf, handleEvent } from '../event-handlers.ts';
import type { Symbols } from '../layout/palette.ts';
import type { Tone } from '../layout/styled-line.ts';
import { neededWords } from './approval-words.ts';
import { comparedWords } from './files/compared-words.ts';
import { findingWords } from './finding-words.ts';
import { outputWords } from './format-bytes.ts';
import { formatTimeOfDay } from './format-time.ts';
import { endWords } from './outcome-words.ts';
import { phaseWords } from './phase-words.ts';
import { actorWords, counted, listed, quoted, targetWords, turnWords } from './quoted.ts';
import { decidedWords, lineWords, pauseEnding, reasonWords, skipWords } from './reason-words.ts';
import { writtenDuration } from './written-duration.ts';

/** One event in words: the mark that stands before it, and a sentence in lower case without a full stop. */
export interface EventLine {
  readonly symbol: keyof Symbols;
  readonly tone: Tone;
  readonly text: string;
}

/** What happened, in one line; whatever names and notes hold, it is one line. */
export function describeEvent(event: RunEvent): EventLine {
  return handleEvent(eventLines, event);
}

const eventLines: EventHandlers<EventLine> = {
  // The run itself
  RunStarted: ({ options, run, runbook, by, cause }) => {
    const why = cause === undefined ? '' : `, because of ${visibleText(cause)}`;
    const kind = options.dryRun ? 'dry run' : options.rehearse ? 'rehearsal' : 'run';
    return running(`${kind} ${run} of ${quoted(runbook.title)} started by ${actorWords(by)}${why}`);
  },
  RunResumed: ({ by }) => running(`resumed by ${actorWords(by)}`),
  RunPaused: ({ at, message, reason }) => {
    const where = at === undefined ? '' : ` at ${quoted(at)}`;
    return line('paused', 'warn', `paused${where}${pauseEnding({ message, reason })}`);
  },
  RunEnded: (event) => {
    const left = event.left.length > 0 ? `; left undone: ${quotedList(event.left)}` : '';
    if (event.outcome === 'rehearsed') return result(true, `the run was ${visibleText(event.message)}`);
    return result(
      event.outcome === 'succeeded',
      `the run ${endWords(event)}: ${visibleText(event.message)}${left}`,
    );
  },
  PhaseStarted: ({ phase }) => line('horizontal', 'heading', phaseWords(phase)),
  GateOpened: ({ skipped = [] }) =>
    skipped.length === 0
      ? passed('every precondition holds')
      : warning(`past the preconditions; nobody has looked at ${quotedList(skipped)}`),

  // Blocks
  ConditionChecked: describeCondition,
  FileCompared: ({ address, files }) => remark(`${quoted(address)} ${listed(files.map(comparedWords))}`),
  HostsResolved: ({ address, hosts, each }) => {
    if (each === undefined)
      return remark(`${quoted(address)} runs on ${counted(hosts.length, 'host')}: ${quotedList(hosts)}`);
    if (hosts.length === 0) return remark(`the list of ${quoted(address)} is empty`);
    return remark(`${quoted(address)} runs for ${counted(hosts.length, 'item')}: ${quotedList(hosts)}`);
  },
  HostStarted: ({ address, ...target }) =>
    line('running', 'muted', `${quoted(address)} started ${targetWords(target)}`),
  HostEnded: ({ address, result: ended }) => {
    const { status, durationMs, failure, finding, exitCode } = ended;
    const target = targetWords(ended);
    if (status === 'not-run') return line('dot', 'muted', `${quoted(address)} was not begun ${target}`);
    if (finding) {
      const found = `exit ${exitCode} ${target} in ${formatDuration(durationMs)}`;
      return line('found', 'accent', `${quoted(address)} ${found}`);
    }
    const how = `${failure ? 'failed' : 'passed'} ${target} in ${formatDuration(durationMs)}`;
    const why = failure ? `: ${reasonWords(failure)}` : '';
    return result(failure === undefined, `${quoted(address)} ${how}${why}`);
  },
  BlockStarted: ({ address, attempt, from, turn }) => {
    // Of a block that has turns, each is an attempt of its own.
    const which = turn !== undefined ? turnWords({ turn }) : attempt > 1 ? `, attempt ${attempt}` : '';
    return running(`${quoted(address)} started${which}${from ? `, from ${lineWords(from)}` : ''}`);
  },
  TurnEnded: ({ address, turn, result }) =>
    passed(`${quoted(address)} done${turnWords({ turn })} in ${resultWords(result)}`),
  BlockPassed: ({ address, result }) =>
    // What goes on has no exit code yet.
    result.exitCode === null
      ? running(`${quoted(address)} goes on in the background`)
      : result.finding
        ? line('found', 'accent', `${quoted(address)} ${findingWords(result)} in ${resultWords(result)}`)
        : passed(`${quoted(address)} passed in ${resultWords(result)}`),
  BlockFailed: ({ address, result, reason }) =>
    failed(`${quoted(address)} failed in ${resultWords(result)}: ${reasonWords(reason)}`),
  RetryScheduled: ({ address, delayMs, attempt }) => {
    const when = `in ${writtenDuration(delayMs)}, attempt ${attempt}`;
    return line('waiting', 'warn', `${quoted(address)} is tried again ${when}`);
  },
  BlockSkipped: ({ address, by, reason, note, turn }) => {
    const who = by ? `by ${actorWords(by)}` : skipWords(reason);
    return line('skipped', 'muted', `${quoted(address)} skipped${turnWords({ turn })}: ${who}${noted(note)}`);
  },
  BlockAlreadyDone: ({ address }) => passed(`${quoted(address)} is already done`),
  BlockMarkedDone: ({ address, by, note, turn }) =>
    passed(`${quoted(address)} marked done${turnWords({ turn })} by ${actorWords(by)}${noted(note)}`),
  BlockFoundInDoubt: ({ address }) =>
    line('doubt', 'warn', `${quoted(address)} had started, and how it ended is not known`),
  DoubtResolved: ({ address, as, by, note, turn }) => {
    const how = `${as.replace('-', ' ')}${turnWords({ turn })}, decided by ${actorWords(by)}${noted(note)}`;
    return remark(`${quoted(address)} is no longer in doubt: ${how}`);
  },
  CommandEdited: ({ address, by }) =>
    line('dot', 'warn', `the command of ${quoted(address)} was edited by ${actorWords(by)}`),
  BackgroundEnded: describeBackgroundEnd,
  LateOutput: ({ address, result }) =>
    remark(
      `what ${quoted(address)} left running went on printing, ${counted(result.output.lines, 'line')} in all`,
    ),

  // What people and policies decide
  BlockReleased: (event) => {
    const by = byWhom(event, 'without being asked about');
    return remark(`${quoted(event.address)} started${turnWords(event)}${by}`);
  },
  AutoRunChosen: ({ by }) => remark(`runs all without asking, chosen by ${actorWords(by)}`),
  ConfirmationGiven: (event) => {
    const by = byWhom(event, 'beforehand, by an option of the run');
    return remark(`confirmed${turnWords(event)}${by}: ${visibleText(event.question)}`);
  },
  ChoiceMade: (event) => {
    const what = `of ${quoted(event.choice)}: ${listed(event.branches.map(quoted))}`;
    return line(
      'arrow',
      'accent',
      `${what}, chosen${byWhom(event, 'beforehand, by `--choose` or the page')}`,
    );
  },
  DoubtsAccepted: (event) =>
    remark(
      `${quoted(event.address)} belongs to the run (${event.codes.map(visibleText).join(', ')} accepted${byWhom(event, 'beforehand, by `--accept` or the page')})`,
    ),
  ManualStepClaimed: ({ address, by }) =>
    remark(`${quoted(address)} is done, confirmed by ${actorWords(by)}; its check is asked`),
  ManualStepDone: ({ address, by, note, answer }) =>
    passed(
      answer === undefined
        ? `${quoted(address)} done, confirmed by ${actorWords(by)}${noted(note)}`
        : `${quoted(address)} answered with ${quoted(answer)} by ${actorWords(by)}${noted(note)}`,
    ),
  ChecklistItemSet: ({ address, index, ticked, by }) => {
    const what = `item ${index + 1} of ${quoted(address)} ${ticked ? 'ticked' : 'unticked'}`;
    return line(ticked ? 'passed' : 'waiting', ticked ? 'good' : 'muted', `${what} by ${actorWords(by)}`);
  },
  NoteAdded: ({ address, by, text }) => {
    const where = address === undefined ? '' : ` on ${quoted(address)}`;
    return line('dot', 'accent', `note by ${actorWords(by)}${where}: ${visibleText(text)}`);
  },
  FailureDecided: (event) => {
    const by = event.automatic ? 'without being asked' : `decided by ${actorWords(event.by)}`;
    return line('arrow', 'accent', `${decidedWords(event)}, ${by}${noted(event.note)}`);
  },
  CleanupDecided: ({ wanted, by }) =>
    remark(`${wanted ? 'clean-up chosen' : 'no clean-up chosen'} by ${actorWords(by)}`),
  ShellOpened: ({ at, by }) =>
    remark(`a shell was opened by ${actorWords(by)}${at ? ` at ${quoted(at)}` : ''}`),
  ShellClosed: ({ durationMs, problem }) => {
    const closed = `the shell was closed after ${formatDuration(durationMs)}`;
    return problem === undefined ? remark(closed) : warning(`${closed}: ${visibleText(problem)}`);
  },
  JumpedTo: ({ address, by }) => line('arrow', 'accent', `${actorWords(by)} went to ${quoted(address)}`),

  // Approval
  ApprovalRequested: ({ address, people, needed, expiresAt, rest }) => {
    const until = expiresAt === undefined ? '' : ` until ${formatTimeOfDay(expiresAt)}`;
    return line(
      'waiting',
      'warn',
      `${quoted(address)} waits for ${neededWords({ needed, people, rest })}${until}`,
    );
  },
  ApprovalGiven: ({ address, by, comment }) =>
    passed(`${quoted(address)} approved by ${actorWords(by)}${noted(comment)}`),
  ApprovalDenied: ({ address, by, comment }) =>
    failed(`${quoted(address)} denied by ${actorWords(by)}${noted(comment)}`),
  ApprovalTimedOut: ({ address, action }) => {
    const then = { deny: 'denied', escalate: 'escalated', approve: 'approved' }[action];
    return warning(`nobody answered for ${quoted(address)} in time: ${then}`);
  },
  AnswerRefused: ({ answer, by, message }) => {
    const whose = by === undefined ? '' : ` of ${actorWords(by)}`;
    const what = answer === undefined ? 'answer' : answer === 'approve' ? 'approval' : 'denial';
    return warning(`the ${what}${whose} was refused: ${visibleText(message)}`);
  },
  QuestionAnswered: ({ address, answer, by }) => {
    const to = address === undefined ? '' : ` to ${quoted(address)}`;
    const note = answer.note ? `: ${visibleText(answer.note)}` : '';
    return remark(`${actorWords(by)} answered ${quoted(answer.word)}${to}${note}`);
  },
  AnswerTaken: ({ by, answer, refused }) => {
    const which = answer === undefined ? '' : ` ${quoted(answer)}`;
    const whose = by === undefined ? '' : ` from ${actorWords(by)}`;
    return refused === undefined
      ? remark(`the answer${which}${whose} was taken`)
      : warning(`the answer${which}${whose} could not be taken: ${visibleText(refused)}`);
  },
  ApprovalChecked: ({ address, changed }) =>
    changed.length === 0
      ? remark(`${quoted(address)} is what was approved`)
      : warning(
          `the approval of ${quoted(address)} no longer holds: ${listed(changed.map((what) => visibleText(what)))}`,
        ),

  // Rollback
  RollbackPlanned: ({ items, steps }) => {
    const amount = counted(items.length, 'undo', 'undos');
    return line('undo', 'warn', `rollback planned: ${amount} for ${counted(steps.length, 'step')}`);
  },
  RollbackStarted: ({ by, excluded }) => {
    const without = excluded.length > 0 ? ` without ${quotedList(excluded)}` : '';
    return line('undo', 'warn', `rollback started by ${actorWords(by)}${without}`);
  },
  RollbackDeclined: ({ by }) => line('undo', 'muted', `rollback declined by ${actorWords(by)}`),

  // The world around the run
  RunbookChanged: describeChange,
  DocumentNotWritten: ({ message, copy, gone }) => {
    const where = copy === undefined ? '' : `; the results are in ${quoted(copy)}`;
    const what = gone === undefined ? 'the document was not written: ' : '';
    return warning(`${what}${visibleText(message)}${where}`);
  },
  RecordSealed: () => remark('the record is whole up to here'),
  UpdateWritten: ({ text, by }) => line('dot', 'accent', `update by ${actorWords(by)}: ${visibleText(text)}`),
  RunTakenOver: ({ from, to }) =>
    remark(`worker ${visibleText(to)} has taken the run over from ${visibleText(from)}`),
  RunFoundBrokenOff: ({ by }) =>
    warning(`nobody works on the run any more: its process has disappeared, found by ${actorWords(by)}`),
  NotificationSent: ({ to, about }) => remark(`told ${quoted(to)} about ${visibleText(about)}`),
  NotificationFailed: ({ to, message }) => warning(`could not tell ${quoted(to)}: ${visibleText(message)}`),
};

/** Where only some hosts said yes, they are named. */
function describeCondition({
  address,
  condition,
  holds,
  hosts = {},
}: EventOf<'ConditionChecked'>): EventLine {
  const yes = Object.entries(hosts).filter(([, answer]) => answer);
  const some = yes.length > 0 && yes.length < Object.keys(hosts).length;
  const where = some ? ` on ${quotedList(yes.map(([host]) => host))} only` : '';
  const how = holds || some ? 'holds' : 'does not hold';
  return remark(`the ${quoted(condition)} of ${quoted(address)} ${how}${where}`);
}

function describeBackgroundEnd({ address, result, ended, reason }: EventOf<'BackgroundEnded'>): EventLine {
  const name = `${quoted(address)} in the background`;
  const took = resultWords(result);
  if (ended === 'by-run') return remark(`${name} was ended with the run after ${took}`);
  if (reason !== undefined) return failed(`${name} failed after ${took}: ${reasonWords(reason)}`);
  return result.exitCode === 0
    ? remark(`${name} ended by itself after ${took}`)
    : warning(`${name} ended after ${took}: ${exitWords(result.exitCode)}`);
}

function describeChange({
  edited,
  added,
  gone,
  moved = [],
  settings = [],
}: EventOf<'RunbookChanged'>): EventLine {
  const changes = [
    ...settings.map((name) => `its ${quoted(name)}`),
    ...(edited.length > 0 ? [`${edited.length} edited`] : []),
    ...(added.length > 0 ? [`${added.length} added`] : []),
    ...(gone.length > 0 ? [`${gone.length} gone`] : []),
    ...(moved.length > 0 ? [`${moved.length} moved`] : []),
  ];
  return warning(`the runbook has changed: ${listed(changes) || 'its prose only'}`);
}

function line(symbol: keyof Symbols, tone: Tone, text: string): EventLine {
  return { symbol, tone, text };
}

const passed = (text: string): EventLine => line('passed', 'good', text);
const failed = (text: string): EventLine => line('failed', 'bad', text);
const result = (good: boolean, text: string): EventLine => (good ? passed(text) : failed(text));
const running = (text: string): EventLine => line('running', 'accent', text);
const remark = (text: string): EventLine => line('dot', 'muted', text);
const warning = (text: string): EventLine => line('warning', 'warn', text);

function quotedList(names: readonly string[]): string {
  return listed(names.map(quoted));
}

/** Who decided; where nobody was asked, what stood in their place. */
function byWhom(
  { by, automatic }: { readonly by: Actor; readonly automatic: boolean },
  otherwise: string,
): string {
  return automatic ? ` ${otherwise}` : ` by ${actorWords(by)}`;
}

function noted(note: string | undefined): string {
  return note ? ` (${visibleText(note)})` : '';
}

function exitWords(code: number | null): string {
  return code === null ? 'ended by a signal' : `exit ${code}`;
}

function resultWords(result: AttemptResult): string {
  const output = outputWords(result.output);
  const warnings = result.warnings.map((warning) => `; ${visibleText(warning)}`).join('');
  return `${formatDuration(result.durationMs)}${output === '' ? '' : ` (${output})`}${warnings}`;
}
