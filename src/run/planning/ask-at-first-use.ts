// Owns which placeholders are asked for where they are first used, beside the listing that their values are read off.
import { address } from '../../basics/address.ts';
import { saysSecret } from '../../basics/says-secret.ts';
import { onlyLooks } from '../../languages/commands/judging/only-looks.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import type { BlockItem, ManualItem, Plan, PlanItem } from '../plan.ts';

/** A plan that asks for some of its inputs on the way. */
export interface AskedOnTheWay {
  readonly plan: Plan;
  /** The names of the inputs that it asks for. */
  readonly names: ReadonlySet<string>;
}

/**
 * The plan of a guided run: what a placeholder stands for that comes behind a listing ("list the pods, then delete
 * `<pod>`") is asked right before the block that uses it first. It is a question to a person as those of manual steps
 * are: where nobody is there, it waits. `open` are the inputs that have no value yet; what its author declared and what
 * is secret is asked before the run.
 */
export function askAtFirstUse(plan: Plan, open: readonly InputDeclaration[]): AskedOnTheWay {
  const found = open.flatMap((input) => {
    const { placeholder, secret, name } = input;
    if (placeholder === undefined || secret || saysSecret(name)) return [];
    const use = firstUse(plan, placeholder.variable);
    return use === undefined || !followsListing(plan.items, use) ? [] : [{ input, use }];
  });
  if (found.length === 0) return { plan, names: new Set() };
  const names = new Set(found.map(({ input }) => input.name));
  const items = plan.items.flatMap((item, index) => [
    ...found.filter(({ use }) => use === index).map(({ input }) => questionBefore(item, input)),
    item,
  ]);
  const inputs = plan.inputs?.filter(({ name }) => !names.has(name));
  return { plan: { ...plan, items, ...(inputs && { inputs }) }, names };
}

/** The first block of the good run that holds a placeholder; what conditions hold is asked before all of them. */
function firstUse({ items }: Plan, variable: string): number | undefined {
  const index = items.findIndex((item) => isBlock(item) && holds(item, variable));
  const item = items[index];
  if (item === undefined || item.phase === 'rollback' || item.onDemand || item.branches || item.within)
    return undefined;
  // Nobody is asked about what may not run.
  if (isBlock(item) && (item.when !== undefined || item.check !== undefined)) return undefined;
  return index;
}

function holds({ placeholders = {} }: BlockItem, variable: string): boolean {
  return Object.values(placeholders).includes(variable);
}

/** Whether the block before it, or one before it in its step, prints what there is and changes nothing. */
function followsListing(items: readonly PlanItem[], use: number): boolean {
  const before = items.slice(0, use).filter((item) => isBlock(item) && item.onDemand === undefined);
  const step = items[use]?.step;
  return before.some(
    (item, index) => (index === before.length - 1 || item.step === step) && isBlock(item) && isListing(item),
  );
}

function isListing({ risk, code, language, writes, background }: BlockItem): boolean {
  if (writes !== undefined || background) return false;
  return risk === 'read' || onlyLooks(code, language);
}

function isBlock(item: PlanItem): item is BlockItem {
  return item.kind === 'block';
}

function questionBefore(block: PlanItem, { name, placeholder, rules }: InputDeclaration): ManualItem {
  const { text: shown, variable } = placeholder ?? { text: name, variable: name };
  const { step, stepTitle, phase, validates, tags, line } = block;
  return {
    kind: 'manual',
    address: address(`${block.address}/value-${name.toLowerCase().replaceAll('_', '-')}`),
    step,
    stepTitle,
    phase,
    ...(validates && { validates }),
    tags,
    line,
    // A rehearsal leaves it out with its block; it destroys nothing itself.
    risk: block.risk === 'read' ? 'read' : 'change',
    text: `What is the value of \`${shown}\`?`,
    ask: { variable, placeholder: shown, usedBy: block.address, ...(rules && { rules }) },
  };
}
