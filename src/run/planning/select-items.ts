// Owns which items of a plan `--step`, `--from`, `--until` and `--tag` choose.
import { fail, ok, type Result } from '../../basics/result.ts';
import { closestName } from '../../text/closest-name.ts';
import type { Plan, PlanItem } from '../plan.ts';
import { enclosingLinks, isInnerGate } from '../rules/enclosing-links.ts';
import type { Selection } from '../run-options.ts';

/**
 * For each item of the plan, whether the selection chooses it. Preconditions are always chosen: a selection
 * narrows the work, never the gate. Undo items are not a matter of selection and are reported as chosen.
 */
export function selectItems(plan: Plan, selection: Selection): readonly boolean[] {
  const { steps, from, until, tags } = selection;
  const main = plan.items;
  const first = from === undefined ? 0 : main.findIndex((item) => isNamed(item, from));
  const last = until === undefined ? main.length : main.findLastIndex((item) => isNamed(item, until));
  const indexOf = new Map(main.map((item, index) => [item.address, index]));
  const chosen = main.map((item, index) => {
    if (item.phase === 'rollback' || item.phase === 'preconditions') return true;
    const around = [item, ...enclosingLinks({ plan, indexOf }, item).flatMap((link) => main[link] ?? [])];
    // What stands under the preconditions comes first, whatever is chosen.
    const outermost = around.at(-1);
    if (outermost?.kind === 'runbook' && outermost.prerequisite) return true;
    const named = steps.some((name) => around.some((one) => isNamed(one, name)));
    if (steps.length > 0 && !named) return false;
    if (item.onDemand && !named) return false;
    if (index < first || index > last) return false;
    return tags.length === 0 || tags.some((tag) => item.tags.includes(tag));
  });
  // What a link brings never runs without the link's own questions and its runbook's preconditions.
  const needed = new Set<number>();
  main.forEach((item, index) => {
    if (!chosen[index] || item.phase === 'rollback' || item.phase === 'preconditions') return;
    for (const link of enclosingLinks({ plan, indexOf }, item)) needed.add(link);
  });
  return main.map((item, index) => {
    if (chosen[index] || needed.has(index)) return true;
    const links = enclosingLinks({ plan, indexOf }, item);
    const comesFirst = [index, ...links].some((at) => {
      const one = main[at];
      return one !== undefined && (isInnerGate(one) || (one.kind === 'runbook' && one.prerequisite));
    });
    return comesFirst && links.some((link) => needed.has(link));
  });
}

/** Whether `name` means this item: its own address, its step, or the step it validates. */
function isNamed(item: PlanItem, name: string): boolean {
  return item.address === name || item.step === name || item.validates === name;
}

/** Says which name of a selection the plan does not know, with the closest one that it does. */
export function checkSelection(plan: Plan, selection: Selection): Result<void, string> {
  const names = new Set(plan.items.flatMap((item) => [String(item.address), String(item.step)]));
  const asked: [string, string | undefined][] = [
    ...selection.steps.map((name): [string, string] => ['--step', name]),
    ['--from', selection.from],
    ['--until', selection.until],
  ];
  for (const [option, name] of asked) {
    if (name === undefined || names.has(name)) continue;
    return fail(unknown(option, 'step', name, [...names]));
  }
  const tags = [...new Set(plan.items.flatMap((item) => item.tags))];
  for (const tag of selection.tags) {
    if (!tags.includes(tag)) return fail(unknown('--tag', 'tag', tag, tags));
  }
  if (selection.from !== undefined && selection.until !== undefined) {
    const chosen = selectItems(plan, selection).some(
      (isChosen, index) =>
        isChosen && plan.items[index]?.phase !== 'preconditions' && plan.items[index]?.phase !== 'rollback',
    );
    if (!chosen) return fail(`--until: \`${selection.until}\` comes before --from \`${selection.from}\``);
  }
  return ok(undefined);
}

function unknown(option: string, what: string, name: string, known: readonly string[]): string {
  const closest = closestName(name, known);
  const hint = closest ? `; did you mean \`${closest}\`?` : '';
  return `${option}: the runbook has no ${what} \`${name}\`${hint}`;
}
