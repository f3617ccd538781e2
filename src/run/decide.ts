// Owns whether a command is taken and which facts follow from it.
import type { Address } from '../basics/address.ts';
import { fail, ok, type Result } from '../basics/result.ts';
import type { Rejection, RunCommand } from './command.ts';
import { effects } from './effects.ts';
import type { RunEvent } from './event.ts';
import type { PlanItem } from './plan.ts';
import { failureChoices } from './rules/failure-effect.ts';
import { declaredOutputs } from './rules/finish-effect.ts';
import { cutOffLinks, isInnerGate, linksAround, membersOf } from './rules/links-around.ts';
import { rejectApproval } from './rules/reject-approval.ts';
import { planRollbackEvent } from './rules/rollback-effect.ts';
import { type ItemState, isSettled, type RunState } from './state.ts';

type Decision = Result<readonly RunEvent[], Rejection>;

const take = (...events: readonly RunEvent[]): Decision => ok(events);
const reject = (code: string, message: string): Decision => fail({ code, message });

/** The facts that follow from a command, or why it is not taken. */
export function decide(state: RunState, command: RunCommand): Decision {
  if (state.lifecycle !== 'running') {
    return reject('not-running', `the run is ${state.lifecycle === 'new' ? 'not started' : state.lifecycle}`);
  }
  switch (command.type) {
    case 'InterruptBlock':
      // The engine ends the process tree; what the journal learns is how the block ended.
      return take();
    case 'PauseRun':
      return take({ type: 'RunPaused', reason: command.reason, message: pauseMessage(command) });
    case 'StopRun':
      return take(...cutOffLinks(state, 'stopped'), {
        type: 'RunEnded',
        outcome: 'stopped',
        message: `stopped by ${command.by.user}`,
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
      });
    case 'OpenShell':
      return openShell(state, command);
    case 'DecideCleanup': {
      const asked = effects(state);
      if (asked.type !== 'ask' || asked.question.type !== 'clean-up')
        return reject('no-clean-up', 'nobody asks about cleaning up');
      return take({ type: 'CleanupDecided', wanted: command.wanted, by: command.by });
    }
    case 'RequestRollback': {
      if (state.rollback) return reject('rollback-under-way', 'a rollback is already under way');
      const planned = planRollbackEvent({ ...state, operator: command.by }, false);
      return planned ? take(planned) : reject('nothing-to-roll-back', 'nothing that ran can be undone');
    }
    case 'StartRollback':
      if (state.rollback?.status !== 'planned') return reject('no-rollback-plan', 'no rollback is planned');
      return take({ type: 'RollbackStarted', excluded: command.excluded, by: command.by });
    case 'DeclineRollback':
      if (state.rollback?.status !== 'planned') return reject('no-rollback-plan', 'no rollback is planned');
      return take({ type: 'RollbackDeclined', by: command.by });
    default:
      return decideItem(state, command);
  }
}

/** A signal is not the operator's word: what is recorded is what happened. */
function pauseMessage({ reason, by }: Extract<RunCommand, { type: 'PauseRun' }>): string {
  if (reason === 'hangup') return 'the terminal went away';
  if (reason === 'terminate') return 'the process was asked to end';
  return `paused by ${by.user}`;
}

/** Between blocks only: two shells at a time would carry on two states. */
function openShell(state: RunState, { at, by }: Extract<RunCommand, { type: 'OpenShell' }>): Decision {
  if (state.mode !== 'guided')
    return reject('nobody-here', 'an unattended run has no terminal to open a shell on');
  if (state.shell) return reject('shell-open', `a shell of ${state.shell.by.user} is open already`);
  const running = state.plan.items.find(
    ({ kind }, index) => kind !== 'runbook' && state.items[index]?.status === 'running',
  );
  if (running) return reject('running', `\`${running.address}\` is running`);
  if (at !== undefined && !state.indexOf.has(at)) return reject('unknown-item', `the run has no \`${at}\``);
  return take({ type: 'ShellOpened', by, ...(at && { at }) });
}

type ItemCommand = Extract<RunCommand, { readonly address: Address }>;

function decideItem(state: RunState, command: ItemCommand): Decision {
  const { address } = command;
  const index = state.indexOf.get(address);
  const item = index === undefined ? undefined : state.plan.items[index];
  const known = index === undefined ? undefined : state.items[index];
  if (index === undefined || !item || !known) return reject('unknown-item', `the run has no \`${address}\``);
  // Before the gate is open, what lies behind it can be neither run nor said to be done.
  if (!state.gateOpen && item.phase !== 'preconditions' && command.type !== 'EditCommand') {
    return reject('gate', 'the preconditions come first');
  }
  switch (command.type) {
    case 'RunBlock':
      if (known.status !== 'pending') return notPending(item, known);
      return take({ type: 'BlockReleased', address, by: command.by, automatic: false });
    case 'Confirm':
      return confirm(item, known, command);
    case 'SkipItem':
      if (item.phase === 'preconditions') {
        return reject('gate', 'a precondition cannot be skipped; mark it done if you know that it holds');
      }
      if (isInnerGate(item)) {
        return reject('gate', 'a precondition of a linked runbook cannot be skipped; skip the link instead');
      }
      if (known.status !== 'pending') return notPending(item, known);
      if (command.note.trim() === '') return reject('reason-needed', 'say why it is skipped');
      return take({ type: 'BlockSkipped', address, reason: 'operator', by: command.by, note: command.note });
    case 'MarkDone':
      if (known.status !== 'pending') return notPending(item, known);
      if (command.note.trim() === '') return reject('reason-needed', 'say how it was done');
      return take({ type: 'BlockMarkedDone', address, by: command.by, note: command.note });
    case 'EditCommand':
      if (item.kind !== 'block') return reject('no-command', `\`${address}\` has no command to edit`);
      if (known.status !== 'pending' && known.status !== 'failed') return notPending(item, known);
      return take({ type: 'CommandEdited', address, code: command.code, by: command.by });
    case 'SetChecklistItem':
      if (item.kind !== 'checklist' || known.ticks[command.index] === undefined) {
        return reject('unknown-item', `\`${address}\` has no item ${command.index + 1}`);
      }
      if (known.status !== 'pending') return notPending(item, known);
      return take({
        type: 'ChecklistItemSet',
        address,
        index: command.index,
        ticked: command.ticked,
        by: command.by,
      });
    case 'CompleteManualStep':
      return completeManual(item, known, command);
    case 'DecideFailure':
      return decideFailure(state, item, known, command);
    case 'ResolveDoubt':
      if (known.status !== 'in-doubt') return reject('not-in-doubt', `\`${address}\` is not in doubt`);
      return take({
        type: 'DoubtResolved',
        address,
        as: command.as,
        by: command.by,
        ...(command.note && { note: command.note }),
      });
    case 'JumpTo':
      return jump(state, index, command);
    case 'GiveApproval':
    case 'DenyApproval': {
      const refused = rejectApproval(item, known, command.by);
      if (refused) return fail(refused);
      return take({
        type: command.type === 'GiveApproval' ? 'ApprovalGiven' : 'ApprovalDenied',
        address,
        by: command.by,
        ...(command.comment && { comment: command.comment }),
      });
    }
  }
}

function notPending(item: PlanItem, known: ItemState): Decision {
  return reject('not-pending', `\`${item.address}\` is ${known.status.replaceAll('-', ' ')} already`);
}

function confirm(
  item: PlanItem,
  known: ItemState,
  command: Extract<RunCommand, { type: 'Confirm' }>,
): Decision {
  if (known.status !== 'pending') return notPending(item, known);
  if (item.risk === 'destructive' && command.typed !== item.address) {
    return reject('wrong-target', `type \`${item.address}\` to confirm; got \`${command.typed ?? ''}\``);
  }
  const question = item.confirm || `Run \`${item.address}\`?`;
  return take({
    type: 'ConfirmationGiven',
    address: item.address,
    question,
    by: command.by,
    automatic: false,
  });
}

function completeManual(
  item: PlanItem,
  known: ItemState,
  command: Extract<RunCommand, { type: 'CompleteManualStep' }>,
): Decision {
  if (item.kind === 'block' || item.kind === 'runbook')
    return reject('not-manual', `\`${item.address}\` is no manual step; mark it done instead`);
  if (known.status !== 'pending') return notPending(item, known);
  const open = known.ticks.filter((tick) => !tick).length;
  if (open > 0) return reject('not-ticked', `${open} of ${known.ticks.length} items are not ticked`);
  return take({
    type: 'ManualStepDone',
    address: item.address,
    by: command.by,
    ...(command.note && { note: command.note }),
  });
}

function decideFailure(
  state: RunState,
  item: PlanItem,
  known: ItemState,
  command: Extract<RunCommand, { type: 'DecideFailure' }>,
): Decision {
  const { address, decision, by, note } = command;
  if (known.status !== 'failed') return reject('not-failed', `\`${address}\` has not failed`);
  if (!failureChoices(state, item).includes(decision)) {
    return reject('not-a-choice', `\`${decision}\` is not possible for \`${address}\``);
  }
  if ((decision === 'skip' || decision === 'mark-done') && !note?.trim()) {
    return reject('reason-needed', decision === 'skip' ? 'say why it is skipped' : 'say how it was done');
  }
  const decided: RunEvent = {
    type: 'FailureDecided',
    address,
    decision,
    by,
    automatic: false,
    ...(note && { note }),
  };
  if (decision !== 'pause') return take(decided);
  return take(decided, {
    type: 'RunPaused',
    reason: 'failure',
    message: `paused at \`${address}\`, which failed`,
    at: address,
  });
}

/**
 * Forward, everything passed over is skipped by the operator's word; back, the item is opened again. An item of a
 * link is never reached but through its link and the preconditions there; a link is opened with all it brings.
 */
function jump(state: RunState, index: number, command: Extract<RunCommand, { type: 'JumpTo' }>): Decision {
  const { address, by } = command;
  const item = state.plan.items[index];
  if (state.rollback || index >= state.mainCount || item === undefined)
    return reject('rollback', 'undo items have their own order');
  if (!state.gateOpen) return reject('gate', 'the preconditions come first');
  if (state.items[index]?.status === 'running') return reject('running', `\`${address}\` is running`);
  const way = wayTo(state, index);
  const over = state.plan.items.slice(state.cursor, index).flatMap((passed, offset): RunEvent[] => {
    const known = state.items[state.cursor + offset];
    if (!known || isSettled(known.status) || way.has(state.cursor + offset)) return [];
    const note = `jumped over to \`${address}\``;
    return [{ type: 'BlockSkipped', address: passed.address, reason: 'operator', by, note }];
  });
  const inside = item.kind === 'runbook' ? membersOf(state, index) : [];
  const again = [...way, ...inside].flatMap((other): RunEvent[] => {
    const known = state.items[other];
    const planned = state.plan.items[other];
    if (!known || !planned || !isSettled(known.status) || known.status === 'excluded') return [];
    if (way.has(other) && isInnerGate(planned) && holds(known)) return [];
    return [{ type: 'JumpedTo', address: planned.address, by }];
  });
  return take(...over, ...again, { type: 'JumpedTo', address, by });
}

/** The links around an item and the preconditions of their runbooks before it, in their order. */
function wayTo(state: RunState, target: number): ReadonlySet<number> {
  const item = state.plan.items[target];
  const way: number[] = [];
  for (const link of item === undefined ? [] : linksAround(state, item)) {
    way.push(link);
    const address = state.plan.items[link]?.address;
    for (const member of membersOf(state, link)) {
      const gate = state.plan.items[member];
      if (member < target && gate?.within === address && gate !== undefined && isInnerGate(gate))
        way.push(member);
    }
  }
  return new Set(way.sort((left, right) => left - right));
}

function holds(known: ItemState): boolean {
  if (!isSettled(known.status) || known.status === 'failed-continued') return false;
  return known.skipReason !== 'superseded' && known.skipReason !== 'operator';
}
