// Owns counting what became of a run's steps: what is counted for people is steps, and nothing else.
import type { Address } from '../../basics/address.ts';
import type { PlanItem } from '../../run/plan.ts';
import { type ItemState, isSettled, type RunState } from '../../run/state.ts';
import { counted, listed } from '../words/quoted.ts';
import { endedBefore } from './ended-before.ts';

/** What became of a step, by what became of its items: the first of these that one of them comes to. */
export type StepStatus = 'failed' | 'in-doubt' | 'open' | 'done' | 'skipped';

/** A step of a run: its items, in their order. */
export interface RunStep {
  readonly title: string;
  readonly status: StepStatus;
  readonly items: readonly { readonly item: PlanItem; readonly known: ItemState }[];
  /** The item at which it failed, is in doubt, or goes on; absent where it does not. */
  readonly at?: Address;
}

/** How many steps of the good run there are, and what became of them; undos are no steps of it. */
export interface StepCounts {
  readonly all: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly inDoubt: number;
  readonly open: number;
}

/** The steps of the good run, or of its undo, in their order; what was not chosen is left out. */
export function stepsOf(state: RunState, part: 'run' | 'undo' = 'run'): readonly RunStep[] {
  const steps: RunStep[] = [];
  const places = new Map<string, number>();
  state.plan.items.forEach((item, index) => {
    const known = state.items[index];
    if (known === undefined || known.status === 'excluded') return;
    // What is run only where it is named is left out once it is known what was named.
    if (item.onDemand && state.lifecycle === 'new') return;
    if (index < state.mainCount !== (part === 'run')) return;
    const key = `${item.phase} ${item.undoes ?? ''} ${item.step}`;
    const place = places.get(key);
    const before = place === undefined ? undefined : steps[place];
    const step = joined(before ?? { title: item.stepTitle, status: 'skipped', items: [] }, { item, known });
    if (place === undefined) {
      places.set(key, steps.length);
      steps.push(step);
    } else steps[place] = step;
  });
  return steps;
}

/** `2` of `7`: the place of an item's step among the steps of the good run; 0 where it is in none of them. */
export function stepNumber(
  state: RunState,
  item: PlanItem,
): { readonly number: number; readonly of: number } {
  const steps = stepsOf(state);
  const at = steps.findIndex(({ items }) => items.some((one) => one.item.address === item.address));
  return { number: at + 1, of: steps.length };
}

/** How many steps the run has behind it, whatever became of them. */
export function stepsBehind(state: RunState): number {
  return stepsOf(state).filter(
    ({ status, items }) =>
      status === 'done' || status === 'skipped' || items.every(({ known }) => isSettled(known.status)),
  ).length;
}

/** `7 of 9 steps done, 1 failed and 1 skipped`. */
export function stepCountWords(state: RunState): string {
  const { done, all, failed, skipped } = countSteps(state);
  // What is running is in doubt only where nobody works on the run, which its state does not tell.
  const inDoubt = stepsOf(state).filter(({ items }) =>
    items.some(({ known }) => known.status === 'in-doubt'),
  ).length;
  return listed([
    `${done} of ${counted(all, 'step')} done`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(inDoubt > 0 ? [`${inDoubt} in doubt`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ]);
}

/** Counts the steps of the good run. */
export function countSteps(state: RunState): StepCounts {
  const steps = stepsOf(state);
  const count = (status: StepStatus): number => steps.filter((step) => step.status === status).length;
  return {
    all: steps.length,
    done: count('done'),
    failed: count('failed'),
    skipped: count('skipped'),
    inDoubt: count('in-doubt'),
    open: count('open'),
  };
}

const order: readonly StepStatus[] = ['failed', 'in-doubt', 'open', 'done', 'skipped'];

function joined(step: RunStep, one: RunStep['items'][number]): RunStep {
  const status = statusOf(one.known);
  const items = [...step.items, one];
  if (order.indexOf(status) >= order.indexOf(step.status)) return { ...step, items };
  const at = status === 'done' || status === 'skipped' ? undefined : one.item.address;
  const { at: _at, ...rest } = step;
  return { ...rest, status, items, ...(at !== undefined && { at }) };
}

function statusOf(known: ItemState): StepStatus {
  const before = endedBefore(known);
  if (before !== undefined) return before === 'passed' ? 'done' : 'failed';
  switch (known.status) {
    case 'failed':
    case 'failed-continued':
      return 'failed';
    case 'in-doubt':
    case 'running':
    case 'retrying':
      return 'in-doubt';
    case 'pending':
      return 'open';
    case 'skipped':
    case 'excluded':
      return 'skipped';
    case 'passed':
    case 'already-done':
    case 'done':
      return 'done';
  }
}
