// Owns how an open gate is written: whom it waits for, who has agreed, how long is left.
import { openGate } from '../../run/approvals/may-approve.ts';
import type { PlanItem } from '../../run/plan.ts';
import type { ItemState, RunState } from '../../run/state.ts';
import { formatDuration } from '../../runbook/regions/format-duration.ts';
import { visibleText } from '../../text/visible-text.ts';
import { formatTimeOfDay } from './format-time.ts';
import { actorWords, counted, listed, oneOf, quoted } from './quoted.ts';

/** What comes of a gate that nobody answers in time. */
export const thenWords = { deny: 'denied', escalate: 'escalated', approve: 'approved' } as const;

/** Whom a closed gate waits for; with `nowMs` (wall time), how long that can take. */
export function approvalWords({ approval }: ItemState, nowMs?: number): string {
  if (!approval || approval.granted) return '';
  const given = approval.given.map(({ by }) => actorWords(by));
  const so = given.length > 0 ? `, ${listed(given)} agreed` : '';
  return `waits for ${neededWords(approval)}${so}${leftWords(approval, nowMs)}`;
}

/** What a gate asks for: how many approvals, of what beside the item itself, and from whom where not from anybody. */
export function neededWords({
  needed,
  people,
  rest,
}: {
  readonly needed: number;
  readonly people: readonly string[];
  readonly rest?: boolean | undefined;
}): string {
  const names = people.map((name) => visibleText(name));
  const whom = names.length > 0 ? ` from ${needed === 1 ? oneOf(names) : listed(names)}` : '';
  return `${counted(needed, 'approval')}${rest ? ' of this and all that follows' : ''}${whom}`;
}

/** `; 14 min left, then denied`; nothing where it waits for ever, or the time (`nowMs`, wall time) is not known. */
export function leftWords(approval: ItemState['approval'], nowMs: number | undefined): string {
  const { expiresAt, onTimeout = 'deny' } = approval ?? {};
  if (expiresAt === undefined || nowMs === undefined) return '';
  const leftMs = Math.max(0, Math.ceil((Date.parse(expiresAt) - nowMs) / 1000) * 1000);
  return `; ${leftMs === 0 ? 'no time' : formatDuration(leftMs)} left, then ${thenWords[onTimeout]}`;
}

/** The gate that a run stands at, in a sentence for where it is taken up; undefined where it stands at none. */
export function openGateWords({ plan, items }: RunState): string | undefined {
  const index = items.findIndex((known, at) => {
    const item = plan.items[at];
    return item !== undefined && openGate(item, known) !== undefined;
  });
  const known = items[index];
  const item = plan.items[index];
  if (!known?.approval || !item) return undefined;
  return `${quoted(item.address)} ${approvalWords(known)}${untilWords(known.approval)}`;
}

/** `; until 14:40:12, then denied`; nothing where it waits for ever. */
export function untilWords({
  expiresAt,
  onTimeout,
}: Pick<NonNullable<ItemState['approval']>, 'expiresAt' | 'onTimeout'>): string {
  return expiresAt === undefined ? '' : `; until ${formatTimeOfDay(expiresAt)}, then ${thenWords[onTimeout]}`;
}

/** What would undo the step of the item, in words. */
export function undoWords({ plan }: RunState, { step, phase }: PlanItem): string {
  if (phase === 'rollback') return 'this is an undo itself';
  const own = plan.items.filter(({ undoes }) => undoes === step).map(({ address }) => quoted(address));
  if (own.length > 0) return `its own: ${listed(own)}`;
  const general = plan.items.some(({ phase: other, undoes }) => other === 'rollback' && undoes === undefined);
  return general ? 'the rollback section of the runbook' : 'none is written';
}
