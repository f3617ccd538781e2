// Owns what a gate that other people open needs next: asking, waiting, and comparing what was approved with what runs.

import { destroys } from '../../languages/commands/find-effect.ts';
import type { TimeoutAction } from '../../runbook/runbook.ts';
import { type ApprovalSubject, changesOf, type SubjectInRun } from '../approvals/approval-subject.ts';
import { gateOf } from '../approvals/gate.ts';
import { isSamePerson } from '../approvals/is-same-person.ts';
import { digestOfCode } from '../digest-of-code.ts';
import { capturedFor } from '../inputs/with-own-use.ts';
import type { PlanItem } from '../plan.ts';
import type { ApprovalState, ItemState, RunState } from '../state.ts';
import { hostsOf } from '../targets/host-targets.ts';
import { type Effect, record } from './effect.ts';
import { enclosingLinks, membersOf } from './enclosing-links.ts';
import { digestOfItem, isHeld, looksOnly, restOfRun } from './is-held.ts';

const onePerson = { type: 'count', count: 1 } as const;

/** What the gate of an item needs before anybody is asked about it; undefined where it is open, or has none. */
export function approvalEffect(state: RunState, item: PlanItem, known: ItemState): Effect | undefined {
  const { approval } = known;
  if (approval === undefined) {
    const rest = isHeld(state, item, known);
    const requirement = item.approve ?? (rest ? (state.options.asks ?? onePerson) : undefined);
    if (requirement === undefined) return undefined;
    const gate = gateOf(state.plan, requirement);
    const onTimeout = timeoutActionOf(state, item, known, gate.onTimeout);
    return {
      type: 'request-approval',
      item,
      gate: { ...gate, onTimeout },
      of: subjectOf(state, item, known, rest),
      ...(rest && { rest }),
    };
  }
  // Somebody has come to lead the run, and releases what changes something themselves.
  if (approval.rest && !approval.granted && !looksOnly(state)) return undefined;
  const changed = changesSince(state, item, known, approval);
  if (changed.length > 0) return record({ type: 'ApprovalChecked', address: item.address, changed });
  if (approval.granted) return undefined;
  const { expiresAt } = approval;
  return { type: 'await-approval', item, ...(expiresAt && { expiresAt }) };
}

/** The last look before what was approved is run: whether the pages are still those that were looked at. */
export function approvalCheckEffect(item: PlanItem, { approval }: ItemState): Effect | undefined {
  if (approval?.of === undefined || approval.checked || !approval.granted) return undefined;
  return { type: 'check-approval', item, pages: approval.of.pages };
}

/**
 * What the gates of the links around an item need once something that they bring is not what was approved with them:
 * undefined while all of it is.
 */
export function linkApprovalEffect(state: RunState, item: PlanItem): Effect | undefined {
  // What a link would undo is no part of what is approved with it.
  if (item.phase === 'rollback') return undefined;
  for (const index of enclosingLinks(state, item)) {
    const link = state.plan.items[index];
    const known = state.items[index];
    if (link?.approve === undefined || known?.status !== 'running') continue;
    const { approval } = known;
    if (approval === undefined || !approval.granted || !approval.checked) {
      const effect = approvalEffect(state, link, known) ?? approvalCheckEffect(link, known);
      if (effect) return effect;
      continue;
    }
    const { brings } = subjectOf(state, link, known);
    if (approval.of === undefined || brings === undefined) continue;
    const changed = changesOf(approval.of, { ...approval.of, brings });
    if (changed.length > 0) return record({ type: 'ApprovalChecked', address: link.address, changed });
  }
  return undefined;
}

/**
 * What becomes of a gate at the end of its time: a clock never lets through what destroys something, nor anything
 * where a person has to.
 */
export function timeoutActionOf(
  state: RunState,
  item: PlanItem,
  known: ItemState,
  wanted: TimeoutAction,
): TimeoutAction {
  const isForPeople = looksOnly(state) || reachesDestruction(state, item, known);
  return wanted === 'approve' && isForPeople ? 'deny' : wanted;
}

function reachesDestruction(state: RunState, item: PlanItem, known: ItemState): boolean {
  if (item.risk === 'destructive') return true;
  if (item.kind === 'block') return destroys(known.code ?? item.code, item.language);
  return behindLink(state, item).some(([member, memberState]) =>
    reachesDestruction(state, member, memberState),
  );
}

/** What an approval of the item would be of now; the pages apart, which are on the disk. */
function subjectOf(state: RunState, item: PlanItem, known: ItemState, rest = false): SubjectInRun {
  const targets = item.kind === 'block' ? hostsOf(state, item, known) : undefined;
  const each = item.kind === 'block' ? item.each : undefined;
  const hosts = each === undefined ? targets : undefined;
  const brings = behindLink(state, item).map(([member, its]) => [member.address, digestOfItem(member, its)]);
  const { shell, env, interpreters } = state.plan;
  return {
    ...(item.kind === 'block' && { code: known.code ?? item.code }),
    ...(known.from && { fromLine: known.from.blockLine }),
    ...(hosts !== undefined && hosts.length > 0 && { hosts }),
    values: {
      ...state.inputs,
      ...handedTo(state, item, known),
      ...(each !== undefined && { [each.name]: targets?.join(' ') ?? '' }),
    },
    how: digestOfCode(JSON.stringify([item, shell, env, interpreters])),
    ...(item.kind === 'runbook' && { brings: Object.fromEntries(brings) }),
    ...(rest && { brings: restOfRun(state) }),
    shells: state.shellsOpened,
  };
}

/** What other blocks have set and the item names anywhere. */
function handedTo(state: RunState, item: PlanItem, known: ItemState): Readonly<Record<string, string>> {
  const text = `${known.code ?? ''}\n${JSON.stringify(item)}`;
  const names = new Set(text.match(/[A-Za-z_]\w*/g));
  return Object.fromEntries(Object.entries(capturedFor(state, item)).filter(([name]) => names.has(name)));
}

function behindLink(state: RunState, item: PlanItem): readonly (readonly [PlanItem, ItemState])[] {
  if (item.kind !== 'runbook') return [];
  return membersOf(state, state.indexOf.get(item.address) ?? -1).flatMap((index) => {
    const member = state.plan.items[index];
    const known = state.items[index];
    return member && known ? [[member, known] as const] : [];
  });
}

/** What has changed since an approval was asked for, or makes it count no more, in words. */
function changesSince(
  state: RunState,
  item: PlanItem,
  known: ItemState,
  { of, given, operators, rest }: ApprovalState,
): readonly string[] {
  if (of === undefined) return ['an earlier version asked, which did not say for what'];
  const operating = given.filter(({ by }) => operators.some((operator) => isSamePerson(by, operator)));
  return [
    ...changesOf(rest ? stillAhead(of, state) : of, subjectOf(state, item, known, rest)),
    ...operating.map(({ by }) => `\`${by.user}\`, who had approved, has taken the run over`),
  ];
}

/** What was approved of the rest of a run, without what has been done of it since. */
function stillAhead(of: ApprovalSubject, state: RunState): ApprovalSubject {
  const ahead = restOfRun(state);
  const brings = Object.entries(of.brings ?? {}).filter(([address]) => Object.hasOwn(ahead, address));
  return { ...of, brings: Object.fromEntries(brings) };
}
