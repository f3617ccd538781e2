// Owns whether a command about one item is taken and which facts follow from it.

import { meetsRule, ruleWords } from '../../languages/placeholders/filling.ts';
import { codesOf, openDoubts } from '../belonging/open-doubts.ts';
import type { CommandOf, ItemCommand } from '../command.ts';
import type { RunEvent } from '../event.ts';
import type { PlanItem } from '../plan.ts';
import { isInnerGate } from '../rules/enclosing-links.ts';
import { failureChoices } from '../rules/failure-effect.ts';
import type { ItemState, RunState } from '../state.ts';
import { atTurn } from '../targets/turn-of.ts';
import { decideAnswer } from './decide-answer.ts';
import { decideJump } from './decide-jump.ts';
import { type Decision, reject, take } from './decision.ts';

/** The facts that follow from a command about an item, or why it is not taken; the run is under way. */
export function decideItem(state: RunState, command: ItemCommand): Decision {
  const { address } = command;
  const index = state.indexOf.get(address);
  const item = index === undefined ? undefined : state.plan.items[index];
  const known = index === undefined ? undefined : state.items[index];
  if (index === undefined || !item || !known) return reject('unknown-item', `the run has no \`${address}\``);
  // Before the gate is open, what lies behind it can be neither run nor said to be done.
  if (!state.gateOpen && item.phase !== 'preconditions' && command.type !== 'EditCommand') {
    return reject('gate', 'the preconditions come first');
  }
  const ofNow = (decision: Decision): Decision =>
    decision.ok ? take(...decision.value.map((event) => atTurn(state, event))) : decision;
  switch (command.type) {
    case 'RunBlock':
      if (known.status !== 'pending') return notPending(item, known);
      return ofNow(take({ type: 'BlockReleased', address, by: command.by, automatic: false }));
    case 'Confirm':
      return ofNow(confirm(item, known, command));
    case 'SkipItem':
      return ofNow(skip(item, known, command));
    case 'MarkDone':
      return ofNow(markDone(item, known, command));
    case 'EditCommand':
      return editCommand(item, known, command);
    case 'SetChecklistItem':
      return setChecklistItem(item, known, command);
    case 'CompleteManualStep':
      return completeManual(item, known, command);
    case 'DecideFailure':
      return ofNow(decideFailure(state, item, known, command));
    case 'ResolveDoubt':
      return ofNow(resolveDoubt(known, command));
    case 'Choose':
      return choose(item, command);
    case 'AcceptDoubts':
      return acceptDoubts(state, item, known, command);
    case 'JumpTo':
      return decideJump(state, index, command);
    case 'GiveApproval':
    case 'DenyApproval':
      return decideAnswer(state, item, known, command);
  }
}

function notPending(item: PlanItem, known: ItemState): Decision {
  return reject('not-pending', `\`${item.address}\` is ${known.status.replaceAll('-', ' ')} already`);
}

function skip(item: PlanItem, known: ItemState, { by, note }: CommandOf<'SkipItem'>): Decision {
  const isDoubtful = item.doubts?.some((doubt) => doubt.choice === undefined) && !known.doubtsAccepted;
  if (item.phase === 'preconditions' && !isDoubtful) {
    return reject('gate', 'a precondition cannot be skipped; mark it done if you know that it holds');
  }
  if (isInnerGate(item) && !isDoubtful) {
    return reject('gate', 'a precondition of a linked runbook cannot be skipped; skip the link instead');
  }
  if (known.status !== 'pending') return notPending(item, known);
  if (note.trim() === '') return reject('reason-needed', 'say why it is skipped');
  return take({ type: 'BlockSkipped', address: item.address, reason: 'operator', by, note });
}

function markDone(item: PlanItem, known: ItemState, { by, note }: CommandOf<'MarkDone'>): Decision {
  if (known.status !== 'pending') return notPending(item, known);
  if (note.trim() === '') return reject('reason-needed', 'say how it was done');
  return take({ type: 'BlockMarkedDone', address: item.address, by, note });
}

function editCommand(item: PlanItem, known: ItemState, { code, by }: CommandOf<'EditCommand'>): Decision {
  const { address } = item;
  if (item.kind !== 'block') return reject('no-command', `\`${address}\` has no command to edit`);
  if (known.status !== 'pending' && known.status !== 'failed') return notPending(item, known);
  return take({ type: 'CommandEdited', address, code, by });
}

function setChecklistItem(
  item: PlanItem,
  known: ItemState,
  { index, ticked, by }: CommandOf<'SetChecklistItem'>,
): Decision {
  const { address } = item;
  if (item.kind !== 'checklist' || known.ticks[index] === undefined) {
    return reject('unknown-item', `\`${address}\` has no item ${index + 1}`);
  }
  if (known.status !== 'pending') return notPending(item, known);
  return take({ type: 'ChecklistItemSet', address, index, ticked, by });
}

function resolveDoubt(known: ItemState, { address, as, by, note }: CommandOf<'ResolveDoubt'>): Decision {
  if (known.status !== 'in-doubt') return reject('not-in-doubt', `\`${address}\` is not in doubt`);
  return take({ type: 'DoubtResolved', address, as, by, ...(note && { note }) });
}

function choose(item: PlanItem, { address, choice, branches, by }: CommandOf<'Choose'>): Decision {
  const around = item.branches?.find((one) => one.choice === choice);
  if (around === undefined) return reject('no-choice', `\`${address}\` is no part of \`${choice}\``);
  const names = around.of.map(({ name }) => name);
  const unknown = branches.find((name) => !names.includes(name));
  if (unknown !== undefined || branches.length === 0)
    return reject('no-branch', `\`${choice}\` has no way \`${unknown ?? ''}\``);
  const inOrder = names.filter((name) => branches.includes(name));
  return take({ type: 'ChoiceMade', choice, branches: inOrder, at: address, by, automatic: false });
}

function acceptDoubts(
  { options }: RunState,
  item: PlanItem,
  known: ItemState,
  { address, by }: CommandOf<'AcceptDoubts'>,
): Decision {
  if (known.status !== 'pending') return notPending(item, known);
  const doubts = (item.doubts ?? []).filter(({ choice }) => choice === undefined);
  const codes = codesOf(openDoubts({ ...item, doubts }, options));
  if (codes.length === 0 || known.doubtsAccepted)
    return reject('not-doubtful', `nothing is doubtful about \`${address}\``);
  return take({ type: 'DoubtsAccepted', address, codes, by, automatic: false });
}

function confirm(item: PlanItem, known: ItemState, command: CommandOf<'Confirm'>): Decision {
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
  command: CommandOf<'CompleteManualStep'>,
): Decision {
  if (item.kind === 'block' || item.kind === 'runbook')
    return reject('not-manual', `\`${item.address}\` is not a manual step; mark it done instead`);
  const { address } = item;
  if (known.status !== 'pending') return notPending(item, known);
  const open = known.ticks.filter((tick) => !tick).length;
  if (open > 0) return reject('not-ticked', `${open} of ${known.ticks.length} items are not ticked`);
  if (item.kind === 'manual' && item.ask !== undefined) {
    const { answer = '' } = command;
    const { choices = [answer] } = item.ask;
    if (answer.trim() === '' || !choices.includes(answer))
      return reject(
        'answer-needed',
        `\`${address}\` asks for \`${item.ask.variable}\`: ${choices.join(', ')}`,
      );
    const unmet = item.ask.rules?.find((rule) => !meetsRule(rule, answer));
    if (unmet !== undefined && unmet !== 'any')
      return reject(
        'answer-needed',
        `\`${answer}\` cannot be used for \`${item.ask.placeholder ?? item.ask.variable}\`; expected ${ruleWords[unmet]}`,
      );
    const note = command.note ? { note: command.note } : {};
    return take({ type: 'ManualStepDone', address, by: command.by, answer, ...note });
  }
  return take({
    type: item.asking?.check === undefined ? 'ManualStepDone' : 'ManualStepClaimed',
    address: item.address,
    by: command.by,
    ...(command.note && { note: command.note }),
  });
}

function decideFailure(
  state: RunState,
  item: PlanItem,
  known: ItemState,
  command: CommandOf<'DecideFailure'>,
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
