// Owns whether a command is taken and which facts follow from it.
import { askingState, openQuestion } from './answers/open-question.ts';
import { questionId } from './answers/question-id.ts';
import { commandsOf } from './answers/words-for.ts';
import type { CommandOf, RunCommand } from './command.ts';
import { decideItem } from './decisions/decide-item.ts';
import { type Decision, reject, take } from './decisions/decision.ts';
import { effects } from './effects.ts';
import type { Actor, RunEvent } from './event.ts';
import type { OpenQuestion } from './question.ts';
import { cutOffLinks } from './rules/end-of-link.ts';
import { declaredOutputs } from './rules/end-run.ts';
import { planRollbackEvent } from './rules/rollback-effect.ts';
import type { KeptAnswer, RunState } from './state.ts';
import { updateRule } from './telling/update-rule.ts';

/** What can be said to a run also while it rests. */
const atRest: ReadonlySet<RunCommand['type']> = new Set([
  'GiveApproval',
  'DenyApproval',
  'AnswerQuestion',
  'StopRun',
  'AddNote',
]);

/** A person who pauses it while its server ends has the next one leave it. */
function isForRest({ pause }: RunState, command: RunCommand): boolean {
  if (command.type === 'PauseRun') return pause?.reason === 'drained' && command.reason === 'operator';
  return atRest.has(command.type);
}

/** The facts that follow from a command, or why it is not taken. */
export function decide(state: RunState, command: RunCommand): Decision {
  const isTaken =
    state.lifecycle === 'running' || (state.lifecycle === 'paused' && isForRest(state, command));
  if (!isTaken) {
    return reject('not-running', `the run is ${state.lifecycle === 'new' ? 'not started' : state.lifecycle}`);
  }
  if ('by' in command && !isKnown(state, command.by)) return reject('not-known', unknownWords(command.by));
  switch (command.type) {
    case 'AnswerQuestion':
      return decideAnswerTo(state, command);
    case 'InterruptBlock':
      // The engine ends the process tree; what the journal learns is how the block ended.
      return take();
    case 'PauseRun':
      return take({ type: 'RunPaused', reason: command.reason, message: pauseMessage(command) });
    case 'StopRun':
      if (command.atRest && state.lifecycle === 'running')
        return reject('at-work', 'the run is at work, and what works is not broken off');
      return take(...cutOffLinks(state, 'stopped'), {
        type: 'RunEnded',
        outcome: 'stopped',
        message: command.reason ?? `stopped by ${command.by.user}`,
        left: [],
        ...declaredOutputs(state),
      });
    case 'RunUntilGate':
      return take({ type: 'AutoRunChosen', by: command.by, until: 'gate' });
    case 'AddNote':
      return take({
        type: 'NoteAdded',
        text: command.text,
        by: command.by,
        ...(command.address && { address: command.address }),
        ...(command.goesOn && { goesOn: true }),
      });
    case 'SendUpdate':
      return decideUpdate(state, command);
    case 'OpenShell':
      return openShell(state, command);
    case 'DecideCleanup':
      return decideCleanup(state, command);
    case 'RequestRollback':
    case 'StartRollback':
    case 'DeclineRollback':
      return decideRollback(state, command);
    default:
      return decideItem(state, command);
  }
}

/** A person of whom a server tells is one only in a run which that server has started. */
function isKnown({ options, startedBy }: RunState, { via }: Actor): boolean {
  return via === undefined || (options.servedBy !== undefined && startedBy?.uid === via.uid);
}

function unknownWords({ user, via }: Actor): string {
  const who = `\`${via?.account ?? ''}\``;
  return `${who} cannot speak for \`${user}\`: no server of this account has started the run`;
}

/** A signal is not the operator's word: what is recorded is what happened. */
function pauseMessage({ reason, by }: CommandOf<'PauseRun'>): string {
  if (reason === 'hangup') return 'the terminal went away';
  if (reason === 'terminate') return 'the process was asked to end';
  if (reason === 'drained') return 'its server ends';
  return `paused by ${by.user}`;
}

/** Between blocks only: two shells at a time would carry on two states. */
function openShell(state: RunState, { at, by }: CommandOf<'OpenShell'>): Decision {
  if (state.mode !== 'guided') return reject('nobody-here', 'an unattended run has no terminal for a shell');
  if (state.shell) return reject('shell-open', `a shell of ${state.shell.by.user} is open already`);
  const running = state.plan.items.find(
    ({ kind }, index) => kind !== 'runbook' && state.items[index]?.status === 'running',
  );
  if (running) return reject('running', `\`${running.address}\` is running`);
  if (at !== undefined && !state.indexOf.has(at)) return reject('unknown-item', `the run has no \`${at}\``);
  return take({ type: 'ShellOpened', by, ...(at && { at }) });
}

function decideCleanup(state: RunState, { wanted, by }: CommandOf<'DecideCleanup'>): Decision {
  const asked = effects(state);
  if (asked.type !== 'ask' || asked.question.type !== 'clean-up')
    return reject('no-clean-up', 'the run asks nothing about its clean-up');
  return take({ type: 'CleanupDecided', wanted, by });
}

function decideRollback(
  state: RunState,
  command: CommandOf<'RequestRollback' | 'StartRollback' | 'DeclineRollback'>,
): Decision {
  const { by } = command;
  if (command.type === 'RequestRollback') {
    if (state.rollback) return reject('rollback-under-way', 'a rollback is already under way');
    const planned = planRollbackEvent({ ...state, operator: by }, false);
    return planned ? take(planned) : reject('nothing-to-roll-back', 'nothing that ran can be undone');
  }
  if (state.rollback?.status !== 'planned') return reject('no-rollback-plan', 'no rollback is planned');
  return command.type === 'StartRollback'
    ? take({ type: 'RollbackStarted', excluded: command.excluded, by })
    : take({ type: 'RollbackDeclined', by });
}

function decideUpdate(state: RunState, { text, by }: CommandOf<'SendUpdate'>): Decision {
  const rule = updateRule(state);
  if (rule === undefined) {
    const message =
      'the runbook names no channels for updates, as `updates: { to: [ops] }` in its front matter does';
    return reject('no-updates', message);
  }
  return take({ type: 'UpdateWritten', text, to: rule.to, by });
}

/** The facts that follow from an answer of elsewhere when the run has come to its question, or why there are none. */
export function decideKept(state: RunState, question: OpenQuestion, { answer, by }: KeptAnswer): Decision {
  const commands = commandsOf(state, question, answer, by);
  if (!commands.ok) return commands;
  // As where somebody is there to ask: somebody was.
  const asking: RunState = { ...state, lifecycle: 'running', mode: 'guided', answers: [] };
  const events: RunEvent[] = [];
  for (const command of commands.value) {
    const decision = decide(asking, command);
    if (!decision.ok) return reject(decision.error.code, decision.error.message);
    events.push(...decision.value);
  }
  return take(...events);
}

/** What could not follow is refused at once; the rest follows when the run comes to its question, or asks it now. */
function decideAnswerTo(
  state: RunState,
  { question: id, answer, by }: CommandOf<'AnswerQuestion'>,
): Decision {
  const question = openQuestion(state);
  const asked = question && questionId(state, question);
  if (question === undefined || asked === undefined)
    return reject('nothing-asked', 'the run waits for no answer that can be given from elsewhere');
  if (asked !== id) return reject('another-question', 'the run now asks something else');
  const follows = decideKept(askingState(state), question, { question: id, answer, by });
  if (!follows.ok) return follows;
  const address = 'address' in question ? { address: question.address } : {};
  return take({ type: 'QuestionAnswered', question: id, ...address, answer, by });
}
