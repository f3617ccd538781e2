// Owns what one item of a run needs next.

import type { Address } from '../../basics/address.ts';
import { namedValue } from '../../basics/named-values.ts';
import { followsNothing } from '../belonging/follows-nothing.ts';
import { isRuledOut } from '../belonging/is-ruled-out.ts';
import { type NextChoice, nextChoice } from '../belonging/next-choice.ts';
import { codesOf, openDoubts } from '../belonging/open-doubts.ts';
import { undosOf } from '../belonging/undos-of.ts';
import { answerOfLink } from '../inputs/answer-of-link.ts';
import { ownText } from '../masking/redactor.ts';
import { type BlockItem, isForPerson, type ManualItem, type PlanItem } from '../plan.ts';
import { hasChangingCondition } from '../rehearsal/has-changing-condition.ts';
import { isLeftOut } from '../rehearsal/is-left-out.ts';
import { type ItemState, isSettled, type RunState } from '../state.ts';
import { type HostTargets, hasTargets, hostsOf, hostTargets } from '../targets/host-targets.ts';
import { nowWords, targetsOfNow } from '../targets/turn-of.ts';
import { approvalCheckEffect, approvalEffect, linkApprovalEffect } from './approval-effect.ts';
import { type Effect, nothingRun, pause, policyActor, record } from './effect.ts';
import { continued, isSuperseded } from './end-of-link.ts';
import { failureEffect } from './failure-effect.ts';
import { looksOnly } from './is-held.ts';
import { prerequisiteThatHolds } from './prerequisite-that-holds.ts';

type PersonItem = PlanItem & { readonly kind: 'manual' | 'checklist' };

/** What one item needs next; undo items are driven by the same rules. */
export function itemEffect(state: RunState, item: PlanItem, known: ItemState): Effect {
  const superseded = known.status === 'pending' || known.status === 'retrying';
  if (superseded && isSuperseded(state, item))
    return record({ type: 'BlockSkipped', address: item.address, reason: 'superseded' });
  const done = superseded ? prerequisiteThatHolds(state, item) : undefined;
  if (done !== undefined) return record({ type: 'BlockAlreadyDone', address: done });
  const isAnswer = known.reason?.type === 'runbook' || (item.probe && known.reason?.type !== 'interrupted');
  if (known.status === 'failed' && isAnswer) return record(...continued(state, item.address));
  if (known.status === 'failed') return failureEffect(state, item, known);
  if (known.status === 'in-doubt') return doubtEffect(state, item, known);
  if (known.status === 'retrying' && item.kind === 'block')
    return hostsEffect(state, item, known) ?? runEffect(state, item, known, known.retryDelayMs);
  // The performer holds a running item; only its end brings something new.
  if (known.status === 'running' || isSettled(known.status)) return { type: 'none' };
  if (state.options.rehearse && isLeftOut(state, item)) {
    const look = item.kind === 'block' ? fileEffect(state, item, known) : undefined;
    if (look !== undefined) return look;
    return record({ type: 'BlockSkipped', address: item.address, reason: 'rehearsal' });
  }
  const choice = nextChoice(state, item);
  if (choice) return choiceEffect(state, item, choice);
  if (followsNothing(state, item))
    return record({ type: 'BlockSkipped', address: item.address, reason: 'nothing-changed' });
  if (isRuledOut(state, item))
    return record({ type: 'BlockSkipped', address: item.address, reason: 'condition' });
  switch (item.kind) {
    case 'manual':
    case 'checklist':
      return (
        doubtfulEffect(state, item, known) ??
        conditionGate(state, item, known) ??
        claimEffect(item, known) ??
        (item.asking && probeEffect(state, item.asking, known)) ??
        linkApprovalEffect(state, item) ??
        approvalEffect(state, item, known) ??
        personConfirmation(state, item, known) ??
        approvalCheckEffect(item, known) ??
        personEffect(state, item, known)
      );
    case 'block':
      return (
        doubtfulEffect(state, item, known) ??
        conditionGate(state, item, known) ??
        hostsEffect(state, item, known) ??
        emptyEffect(state, item, known) ??
        probeEffect(state, item, known) ??
        gateEffect(state, item, known) ??
        absentEffect(state, item) ??
        runEffect(state, item, known)
      );
    case 'runbook':
      // What it runs are the items behind it; its end is recorded when they are settled.
      return (
        doubtfulEffect(state, item, known) ??
        gateEffect(state, item, known) ??
        record({ type: 'BlockStarted', address: item.address, attempt: known.attempts + 1 })
      );
  }
}

/** Where only looks may be run, nothing that changes something is asked before the approval either. */
function conditionGate(state: RunState, item: PlanItem, known: ItemState): Effect | undefined {
  return looksOnly(state) && hasChangingCondition(item) ? approvalEffect(state, item, known) : undefined;
}

function choiceEffect(state: RunState, item: PlanItem, next: NextChoice): Effect {
  const { address } = item;
  if (next.type === 'not-chosen') return record({ type: 'BlockSkipped', address, reason: 'not-chosen' });
  if (next.type === 'made') {
    const { choice, branches } = next;
    const by = policyActor(state);
    return record({ type: 'ChoiceMade', choice, branches, at: address, by, automatic: true });
  }
  const { choice, rule } = next.around;
  if (state.mode === 'guided') return { type: 'ask', question: { type: 'choice', address, choice } };
  const why =
    rule?.type === 'variable'
      ? `\`$${rule.name}\` names none of the ways of \`${choice}\``
      : `nobody says which of the ways of \`${choice}\` is to be taken`;
  return record(pause('doubtful', why, item));
}

/**
 * What is likely to be no part of the run is asked about before anything of it is run, its conditions included; with
 * nobody there it is never run by guess.
 */
function doubtfulEffect(state: RunState, item: PlanItem, known: ItemState): Effect | undefined {
  if (known.doubtsAccepted) return undefined;
  // What a choice settles is settled here.
  const doubts = (item.doubts ?? []).filter((doubt) => doubt.choice === undefined);
  if (doubts.length === 0) return undefined;
  const open = openDoubts({ ...item, doubts }, state.options);
  const { address } = item;
  if (open.length === 0) {
    const codes = codesOf(doubts);
    return record({ type: 'DoubtsAccepted', address, codes, by: policyActor(state), automatic: true });
  }
  if (state.mode === 'guided') return { type: 'ask', question: { type: 'doubtful', address } };
  const why = `it is doubtful whether \`${address}\` is to be run (${codesOf(open).join(', ')})`;
  return record(pause('doubtful', why, item));
}

/** Before anything else it must be known where: conditions are asked there, and people want to know. */
function hostsEffect(state: RunState, item: BlockItem, known: ItemState): Effect | undefined {
  if (!hasTargets(item) || hostsOf(state, item, known) !== undefined) return undefined;
  return { type: 'resolve-hosts', item };
}

/** With no items there is nothing to do, which is no success. */
function emptyEffect(state: RunState, item: BlockItem, known: ItemState): Effect | undefined {
  if (item.each === undefined || hostsOf(state, item, known)?.length !== 0) return undefined;
  const reason = item.undoes === undefined ? 'no-items' : 'nothing-to-undo';
  return record({ type: 'BlockSkipped', address: item.address, reason });
}

/** `when` and `check` come before any question, so that nobody is asked about what will not run. */
function probeEffect(state: RunState, item: BlockItem, known: ItemState): Effect | undefined {
  // An undo whose step has not touched a single one of its hosts has nothing to undo.
  const targets = targetsOf(state, item, known);
  const spared = targets.hosts?.settled.every(({ status }) => status === 'not-needed') === true;
  if (targets.hosts?.left.length === 0 && spared)
    return record({ type: 'BlockSkipped', address: item.address, reason: 'nothing-to-undo' });
  if (item.when !== undefined && known.whenHolds === undefined) {
    return { type: 'check-condition', item, condition: 'when', code: item.when, ...targets };
  }
  if (known.whenHolds === false)
    return record({ type: 'BlockSkipped', address: item.address, reason: 'condition' });
  // What a handler follows has just been done, so that nothing said before can be of it.
  if (item.check !== undefined && item.follows === undefined && known.checkHolds === undefined) {
    return { type: 'check-condition', item, condition: 'check', code: item.check, ...targets };
  }
  return fileEffect(state, item, known) ?? settledEffect(item, known);
}

function settledEffect({ address }: BlockItem, { checkHolds }: ItemState): Effect | undefined {
  return checkHolds === true ? record({ type: 'BlockAlreadyDone', address }) : undefined;
}

/** What the file holds says whether it is done, and what there is to ask about. */
function fileEffect(state: RunState, item: BlockItem, known: ItemState): Effect | undefined {
  if (item.writes === undefined) return undefined;
  if (item.restores !== undefined)
    return isWritten(state, item.restores)
      ? undefined
      : record({ type: 'BlockSkipped', address: item.address, reason: 'nothing-to-undo' });
  if (known.checkHolds === undefined)
    return (
      hostsEffect(state, item, known) ?? { type: 'compare-file', item, ...targetsOf(state, item, known) }
    );
  return settledEffect(item, known);
}

/** Whether a block may have written its file. */
function isWritten(state: RunState, address: Address): boolean {
  return state.items[state.indexOf.get(address) ?? -1]?.touched === true;
}

/** Approval, then the typed target or confirmation, then the operator's own go, then once more the approval. */
function gateEffect(state: RunState, item: PlanItem, known: ItemState): Effect | undefined {
  const approval = linkApprovalEffect(state, item) ?? approvalEffect(state, item, known);
  if (approval) return approval;
  const needsConfirmation = item.confirm !== undefined || item.risk === 'destructive';
  if (needsConfirmation && !known.confirmed) return confirmationEffect(state, item);
  if (state.mode === 'guided' && !known.released && !runsUnasked(state, item)) {
    return { type: 'ask', question: { type: 'release', address: item.address } };
  }
  // Last, because nobody knows how long the operator has thought about it.
  return approvalCheckEffect(item, known);
}

function confirmationEffect(state: RunState, item: PlanItem): Effect {
  const destructive = item.risk === 'destructive';
  const what = `\`${item.address}\`${nowWords(state, item)}?`;
  const go = isForPerson(item) ? `Go on to ${what}` : `Run ${what}`;
  const text = item.confirm || (destructive ? `${go} ${destructionWords(state, item)}` : go);
  if (state.mode === 'guided') {
    const target = destructive ? { target: String(item.address) } : {};
    return { type: 'ask', question: { type: 'confirm', address: item.address, text, ...target } };
  }
  const allowed = destructive ? state.options.allowDestructive : state.options.yes;
  if (!allowed) {
    const option = destructive ? '--allow-destructive' : '--yes';
    return record(
      pause(
        'confirmation',
        `\`${item.address}\` needs a confirmation; there is nobody to give it, and ${option} was not given`,
        item,
      ),
    );
  }
  return record({
    type: 'ConfirmationGiven',
    address: item.address,
    question: text,
    by: policyActor(state),
    automatic: true,
  });
}

/** Before something is destroyed it is said whether it can be had back. */
function destructionWords({ plan }: RunState, item: PlanItem): string {
  const undos = undosOf(plan, item);
  if (undos === undefined) return 'It destroys something, and no undo is written for it.';
  if (undos.of === 'runbook') return 'It destroys something; the rollback section is there to undo it.';
  return `It destroys something; ${undos.items.map(({ address }) => `\`${address}\``).join(', ')} undoes it.`;
}

/**
 * What may run in a guided run without asking: checks that only read, where reading is the section's purpose,
 * and everything after "run on". Diagnosis is asked about all the same: that its blocks only read is a guess
 * made from a heading.
 */
function runsUnasked(state: RunState, item: PlanItem): boolean {
  if (state.auto !== 'none' || (item.kind === 'runbook' && item.prerequisite)) return true;
  const section = item.section ?? item.phase;
  return item.risk === 'read' && (section === 'preconditions' || section === 'validation');
}

/** What is handed the terminal is for a person, and waits for one where nobody is there. */
function absentEffect(state: RunState, item: BlockItem): Effect | undefined {
  if (!item.interactive || state.mode === 'guided') return undefined;
  return withoutPerson(state, item, 'needs the terminal, and there is nobody at it');
}

/** Nobody is there to do it, which is never claimed. */
function withoutPerson(state: RunState, item: PlanItem, why: string): Effect {
  const { address } = item;
  if (state.options.manual === 'skip')
    return record({ type: 'BlockSkipped', address, reason: 'manual-policy' });
  return record(pause('manual-step', `\`${address}\` ${why}`, item));
}

function runEffect(state: RunState, item: BlockItem, known: ItemState, delayMs = 0): Effect {
  const code = known.code ?? item.code;
  return {
    type: 'run-block',
    item,
    attempt: known.attempts + 1,
    code,
    ...(known.from && { from: known.from }),
    delayMs,
    ...targetsOf(state, item, known),
  };
}

function targetsOf(state: RunState, item: BlockItem, known: ItemState): { readonly hosts?: HostTargets } {
  if (!hasTargets(item)) return {};
  // A rehearsal shows at once what would become of all files.
  const isShown = state.options.rehearse && item.writes !== undefined;
  return { hosts: isShown ? hostTargets(state, item, known) : targetsOfNow(state, item, known) };
}

/** What a person says to have done is asked of its `check`, and has failed where that does not hold. */
function claimEffect(item: PersonItem, known: ItemState): Effect | undefined {
  const { address, asking } = item;
  if (!known.claimed || asking?.check === undefined) return undefined;
  if (known.checkHolds === undefined)
    return { type: 'check-condition', item: asking, condition: 'check', code: asking.check };
  const { by, note } = known;
  if (known.checkHolds && by !== undefined)
    return record({ type: 'ManualStepDone', address, by, ...(note !== undefined && { note }) });
  return record({
    type: 'BlockFailed',
    address,
    attempt: known.attempts,
    result: nothingRun,
    reason: { type: 'condition', condition: 'check', message: ownText('`check` does not hold after it') },
  });
}

/** Asked before the work itself, and of nobody where nobody is there to do it. */
function personConfirmation(state: RunState, item: PersonItem, known: ItemState): Effect | undefined {
  const isAsked = item.confirm !== undefined || item.risk === 'destructive';
  const isDone = item.kind === 'checklist' && known.ticks.every(Boolean);
  if (!isAsked || known.confirmed || (state.mode !== 'guided' && !isDone)) return undefined;
  return confirmationEffect(state, item);
}

/** A link's word answers what its page asks; an input of that name, where nobody is there to be asked. */
function knownAnswer(state: RunState, { ask }: ManualItem): string | undefined {
  if (ask === undefined) return undefined;
  const value =
    answerOfLink(state, ask) ??
    (state.mode === 'guided' ? undefined : namedValue(state.inputs, ask.variable));
  return value === undefined || ask.choices?.includes(value) === false ? undefined : value;
}

/** Manual steps and checklists: never claimed as done when nobody is there. */
function personEffect(state: RunState, item: PersonItem, known: ItemState): Effect {
  if (item.kind === 'checklist' && state.mode !== 'guided' && known.ticks.every(Boolean)) {
    // Somebody has ticked all of it and is not there any more; an operator who is says so, and may untick until then.
    return record({
      type: item.asking?.check === undefined ? 'ManualStepDone' : 'ManualStepClaimed',
      address: item.address,
      by: known.by ?? policyActor(state),
    });
  }
  const answer = item.kind === 'manual' ? knownAnswer(state, item) : undefined;
  if (answer !== undefined)
    return record({ type: 'ManualStepDone', address: item.address, by: policyActor(state), answer });
  if (state.mode === 'guided') return { type: 'ask', question: { type: item.kind, address: item.address } };
  return withoutPerson(state, item, 'has to be done by a person');
}

/**
 * Whether a block has written its file can be seen, and putting one back begins with a look: nobody has to be asked, but
 * where the file is neither the old one nor the new one.
 */
function lookInDoubt(state: RunState, item: BlockItem, known: ItemState): Effect | undefined {
  const { address } = item;
  const resolve = (as: 'done' | 'run-again', note: string): Effect =>
    record({ type: 'DoubtResolved', address, as, by: policyActor(state), note });
  if (item.restores !== undefined) return resolve('run-again', 'it looks before it writes');
  if (known.checkHolds === true) return resolve('done', 'its file is as it should be');
  if (known.checkHolds === false) return resolve('run-again', 'its file is as it was before');
  const isForeign = Object.values(known.files ?? {}).some(({ change }) => change.state === 'foreign');
  return isForeign ? undefined : { type: 'compare-file', item, ...targetsOf(state, item, known) };
}

/**
 * A block that started and never ended is asked about; its own probe is asked first. With nobody there, what only
 * reads runs again; a probe that holds settles it; a probe that says that the effect is not there is a stated fact,
 * so that running again is no guess. Without a probe, and where something is destroyed, a person is needed.
 */
function doubtEffect(state: RunState, item: PlanItem, known: ItemState): Effect {
  if (item.kind === 'block' && item.check !== undefined && known.checkHolds === undefined) {
    const targets = targetsOf(state, item, known);
    return { type: 'check-condition', item, condition: 'check', code: item.check, ...targets };
  }
  if (item.kind === 'block' && item.writes !== undefined) {
    const looked = lookInDoubt(state, item, known);
    if (looked !== undefined) return looked;
  }
  const by = policyActor(state);
  const note = 'unattended';
  if (item.risk === 'read')
    return record({
      type: 'DoubtResolved',
      address: item.address,
      as: 'run-again',
      by,
      note: 'it only reads',
    });
  if (state.mode === 'guided') {
    const probed = known.checkHolds === undefined ? {} : { checkHolds: known.checkHolds };
    return { type: 'ask', question: { type: 'in-doubt', address: item.address, ...probed } };
  }
  if (known.checkHolds === true)
    return record({
      type: 'DoubtResolved',
      address: item.address,
      as: 'done',
      by,
      note: `${note}: its check holds`,
    });
  if (known.checkHolds === false && item.risk !== 'destructive')
    return record({
      type: 'DoubtResolved',
      address: item.address,
      as: 'run-again',
      by,
      note: `${note}: its check says that it is not done`,
    });
  const now = nowWords(state, item);
  return record(pause('in-doubt', `\`${item.address}\` started${now}, and how it ended is not known`, item));
}
