// Owns which of several ways a run takes, where nobody has to be asked.
import { namedValue } from '../../basics/named-values.ts';
import type { PlanItem, PlannedBranch } from '../plan.ts';
import type { RunState } from '../state.ts';
import { matchBranch } from './match-branch.ts';

/** What the choices around an item come to next. */
export type NextChoice =
  /** It stands in a way that is not taken. */
  | { readonly type: 'not-chosen' }
  /** The page, the command line or a choice before it makes it. */
  | { readonly type: 'made'; readonly choice: string; readonly branches: readonly string[] }
  | { readonly type: 'open'; readonly around: PlannedBranch };

/** The first choice around an item that is not made in its favour, the outermost first; undefined where all are. */
export function nextChoice(state: RunState, item: PlanItem): NextChoice | undefined {
  for (const around of item.branches ?? []) {
    const made = namedValue(state.choices, around.choice);
    if (made === undefined) {
      const branches = decidedBranches(state, item, around);
      return branches ? { type: 'made', choice: around.choice, branches } : { type: 'open', around };
    }
    if (!made.includes(around.branch)) return { type: 'not-chosen' };
  }
  return undefined;
}

function decidedBranches(
  state: RunState,
  item: PlanItem,
  around: PlannedBranch,
): readonly string[] | undefined {
  const { choice, rule, of, accepted } = around;
  const given = namedValue(state.options.choose ?? {}, choice);
  if (given !== undefined) return given;
  if (rule?.type === 'variable') {
    const value = namedValue(state.captured, rule.name) ?? namedValue(state.inputs, rule.name);
    const branch = value === undefined ? undefined : matchBranch(of, value);
    return branch === undefined ? undefined : [branch];
  }
  const isAccepted = accepted || state.options.accept?.includes('alternative');
  if (rule === undefined && isAccepted) return of.map(({ name }) => name);
  return onlyOneLeft(state, around) ?? (item.phase === 'rollback' ? madeAlike(state, around) : undefined);
}

/** Who has selected steps of one branch and of no other has chosen it. */
function onlyOneLeft(
  { plan, items, options }: RunState,
  { choice }: PlannedBranch,
): readonly string[] | undefined {
  if (options.selection.steps.length === 0) return undefined;
  const left = plan.items.flatMap(({ branches }, index) =>
    items[index]?.status === 'excluded' ? [] : (branches?.find((one) => one.choice === choice)?.branch ?? []),
  );
  const names = [...new Set(left)];
  return names.length === 1 ? names : undefined;
}

/** An undo that goes the same ways as what was done goes the way that was gone. */
function madeAlike({ plan, choices }: RunState, { of }: PlannedBranch): readonly string[] | undefined {
  const titles = of.map(({ title }) => title.toLowerCase());
  for (const { branches = [] } of plan.items) {
    for (const other of branches) {
      const made = namedValue(choices, other.choice);
      const isAlike =
        other.of.length === of.length &&
        other.of.every(({ title }, index) => title.toLowerCase() === titles[index]);
      if (made === undefined || !isAlike) continue;
      return of.flatMap(({ name }, index) => (made.includes(other.of[index]?.name ?? '') ? [name] : []));
    }
  }
  return undefined;
}
