// Owns that an undo behind a link finds what its own use of the page has set, and not what another one has set since.
import type { Address } from '../../basics/address.ts';
import { namedValue } from '../../basics/named-values.ts';
import type { BlockItem, PlanItem, VariableBinding } from '../plan.ts';
import type { RunState } from '../state.ts';
import { scopedName } from './scoped-outputs.ts';

/** What items hand on, in a run as far as it has come. */
type HandingOn = Pick<RunState, 'plan' | 'items' | 'captured'>;

/** The block as it is run: an undo with the values of its own use, where others have set the same variables. */
export function withOwnUse(state: HandingOn, item: BlockItem): BlockItem {
  const given = new Set([...(item.bindings ?? []).map(({ name }) => name), ...Object.keys(item.env)]);
  const own = [...variablesOfUse(state, item)].flatMap(([name, variable]) =>
    // Behind what the link gives: there `$NAME` is the variable of the page that links.
    given.has(name) ? [] : [{ name, ...ownValue(state, variable) }],
  );
  return own.length === 0 ? item : { ...item, bindings: [...(item.bindings ?? []), ...own] };
}

/** What its own use has not set is nothing, which no failure is: an undo may ask for it by `${NAME:-}`. */
function ownValue({ captured }: HandingOn, variable: string): Omit<VariableBinding, 'name'> {
  return Object.hasOwn(captured, variable) ? { value: `\${${variable}}`, refers: true } : { value: '' };
}

/** What was handed on so far, as the item finds it. */
export function capturedFor(state: HandingOn, item: PlanItem | undefined): Readonly<Record<string, string>> {
  const { captured } = state;
  const own = item?.kind === 'block' ? variablesOfUse(state, item) : new Map<string, string>();
  if (own.size === 0) return captured;
  const values = [...own].map(([name, variable]) => [name, namedValue(captured, variable) ?? '']);
  return { ...captured, ...Object.fromEntries(values) };
}

/** The nearest use of a page around an undo whose own items hand on the variable; undefined where it is none of theirs. */
export function useThatSets(plan: RunState['plan'], item: BlockItem, name: string): Address | undefined {
  if (item.phase !== 'rollback') return undefined;
  return item.scopes?.find((scope) =>
    plan.items.some((other) => isIn(other, scope) && saidNames(other).includes(name)),
  );
}

/** The variables that hold the values of its own use, by the names that they have there. */
function variablesOfUse(
  { plan, items }: Omit<HandingOn, 'captured'>,
  item: BlockItem,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (item.phase !== 'rollback' || item.scopes === undefined) return found;
  const known = namesOfBlocks({ plan, items });
  const set = plan.items.flatMap((other) => {
    const names = [...(known.get(placeOf(other)) ?? [])];
    return names.length === 0 ? [] : [{ other, names }];
  });
  // The nearest link comes last, and counts.
  for (const scope of item.scopes.toReversed())
    for (const { other, names } of set)
      for (const name of isIn(other, scope) ? names : []) {
        const variable = scopedName(scope, name);
        const isShared = set.some((one) => !isIn(one.other, scope) && one.names.includes(name));
        if (isShared) found.set(name, variable);
      }
  return found;
}

/**
 * What the blocks of all pages hand on, by the places where they stand: what a block writes to `$RUNSHEET_OUTPUT` is known
 * of one use when it has run in another.
 */
function namesOfBlocks({
  plan,
  items,
}: Omit<HandingOn, 'captured'>): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [index, item] of plan.items.entries()) {
    const names = found.get(placeOf(item)) ?? new Set<string>();
    for (const name of [...saidNames(item), ...Object.keys(items[index]?.result?.captured ?? {})])
      names.add(name);
    found.set(placeOf(item), names);
  }
  return found;
}

function placeOf({ file = '', line }: PlanItem): string {
  return `${line} ${file}`;
}

function isIn(item: PlanItem, scope: Address): boolean {
  return 'scopes' in item && item.scopes?.includes(scope) === true;
}

/** What the page says that an item hands on; what it writes to `$RUNSHEET_OUTPUT` is known when it has. */
function saidNames(item: PlanItem): readonly string[] {
  if (item.kind === 'manual') return item.ask === undefined ? [] : [item.ask.variable];
  return item.kind === 'block' ? (item.captures ?? []).map(({ name }) => name) : [];
}
