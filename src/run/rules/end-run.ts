// Owns how a run ends and what is said of it.

import type { Address } from '../../basics/address.ts';
import { namedValue } from '../../basics/named-values.ts';
import type { Outcome } from '../outcomes.ts';
import type { PlanItem } from '../plan.ts';
import { rehearsedWords } from '../rehearsal/rehearsed-words.ts';
import type { RunState } from '../state.ts';
import { type Effect, record } from './effect.ts';
import { cutOffLinks } from './end-of-link.ts';
import { goesOn } from './goes-on.ts';

/** The end of a run whose items are all settled; what goes on beside them is ended first, and how it ended counts. */
export function endSettledRun(state: RunState): Effect {
  const open = state.plan.items.filter((item, index) => goesOn(item, state.items[index]));
  if (open.length > 0) return { type: 'end-background', items: open.map(({ address }) => address) };
  const failed = state.plan.items
    .slice(0, state.mainCount)
    .filter(
      ({ kind, probe }, index) =>
        kind !== 'runbook' && !probe && state.items[index]?.status === 'failed-continued',
    );
  if (failed.length === 0 && state.options.rehearse)
    return endRun(state, 'rehearsed', rehearsedWords(state), []);
  if (failed.length === 0) return endRun(state, 'succeeded', 'every step that was to run has passed', []);
  const names = failed.map((item) => `\`${item.address}\``).join(', ');
  return endRun(state, 'failed', `failed, and the run continued: ${names}`, []);
}

/** The end of a run that was stopped at a failed item. */
export function endRunAt(state: RunState, item: PlanItem): Effect {
  if (item.phase === 'rollback') {
    const left = leftUndone(state);
    return endRun(state, 'rollback-failed', `undoing failed at \`${item.address}\``, left);
  }
  if (item.phase === 'preconditions' && !changedAnything(state)) {
    const changed =
      state.shellsOpened > 0 ? 'the run changed nothing, apart from its shell' : 'nothing was changed';
    const message = `\`${item.address}\` does not hold; ${changed}`;
    return endRun(state, 'precondition-failed', message, []);
  }
  return endRun(state, 'failed', `\`${item.address}\` failed`, []);
}

/** Whether anything that may have changed the world was begun, by the tool or by hand. */
export function changedAnything(state: RunState): boolean {
  return state.plan.items.some((item, index) => {
    const known = state.items[index];
    return index < state.mainCount && known?.touched === true && mayChange(item);
  });
}

/** Whether an item can have changed something: all but blocks that only read, what belongs to the gate, and links. */
export function mayChange(item: PlanItem): boolean {
  return item.kind !== 'runbook' && item.phase !== 'preconditions' && item.risk !== 'read';
}

/** The undo items that should have run and did not come to a good end. */
export function leftUndone(state: RunState): readonly Address[] {
  const good = new Set(['passed', 'already-done', 'done', 'excluded']);
  return (state.rollback?.order ?? []).flatMap((index) => {
    const item = state.plan.items[index];
    const known = state.items[index];
    if (!item || !known || item.kind === 'runbook' || good.has(known.status)) return [];
    // An undo that its own condition ruled out was not needed.
    if (
      known.status === 'skipped' &&
      /^(?:condition|nothing-changed|nothing-to-undo)$/.test(known.skipReason ?? '')
    )
      return [];
    return [item.address];
  });
}

/** The last event of a run, after the ends of the linked runbooks that it cuts off. */
export function endRun(state: RunState, outcome: Outcome, message: string, left: readonly Address[]): Effect {
  const failed = state.items.some(
    ({ status }, index) => index < state.mainCount && (status === 'failed' || status === 'failed-continued'),
  );
  const asWished = outcome === 'rolled-back' && !failed ? ({ asWished: true } as const) : {};
  return record(...cutOffLinks(state, outcome), {
    type: 'RunEnded',
    outcome,
    message,
    ...asWished,
    left,
    ...declaredOutputs(state),
  });
}

/** What the runbook says that it gives, as far as its blocks have set it. */
export function declaredOutputs({ plan, captured }: RunState): {
  readonly outputs?: Readonly<Record<string, string>>;
} {
  if (plan.outputs === undefined) return {};
  const set = plan.outputs.filter((name) => Object.hasOwn(captured, name));
  return { outputs: Object.fromEntries(set.map((name) => [name, namedValue(captured, name) ?? ''])) };
}
