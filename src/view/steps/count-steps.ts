// Owns counting what became of a run's steps: what is counted for people is steps, and nothing else.
import type { Address } from '../../basics/address.ts';
import type { PlanItem } from '../../run/plan.ts';
import type { ItemState, RunState } from '../../run/state.ts';
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
