// Owns which values that are given stand in the place of what the blocks of a run export.
import {
  assignedOtherwise,
  type FoundExport,
  findExports,
  overrideExports,
} from '../../languages/find-exports.ts';
import { languageOf } from '../../languages/languages.ts';
import { findPlaceholders } from '../../languages/placeholders/find-placeholders.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import type { BlockItem, Plan, PlanItem } from '../plan.ts';

/** A plan with the exports that are given, and why others cannot be, one sentence each. */
export interface PlannedExports {
  readonly plan: Plan;
  readonly problems: readonly string[];
}

/** An export, and the block that it stands in. */
interface PlacedExport extends FoundExport {
  readonly item: BlockItem;
}

/**
 * The plan with an input for each of the given names that front matter does not declare, and that shell blocks of the run export: it has
 * that value from the beginning, and where they export it. It has to be clear what it replaces: where they export
 * several values, add to one, or give the variable one in another way, too, the name cannot be given.
 */
export function planExports(plan: Plan, given: readonly string[]): PlannedExports {
  const inputs = plan.inputs ?? [];
  const known = inputs.filter(({ from }) => from === undefined).map(({ name }) => name);
  const open = new Set(given.filter((name) => !known.includes(name)));
  if (open.size === 0) return { plan, problems: [] };
  const blocks = plan.items.filter((item): item is BlockItem => item.kind === 'block');
  const shells = blocks.filter(({ language }) => languageOf(language)?.family === 'shell');
  const placed = shells.flatMap((item) =>
    findExports(item.code)
      .filter(({ name }) => open.has(name))
      .map((found): PlacedExport => ({ ...found, item })),
  );
  const declared: InputDeclaration[] = [];
  const problems: string[] = [];
  for (const name of open) {
    const [first, ...others] = placed.filter((one) => one.name === name);
    if (first === undefined) continue;
    const why = whyUnclear([first, ...others]) ?? assignedIn(name, blocks, shells);
    const foreign = inputs.find((input) => input.name === name);
    if (why === undefined) declared.push({ ...declare(first), ...foreign, over: over(first) });
    else problems.push(`\`${name}\` cannot be given: ${why}; declare it as an input and export that`);
  }
  const names = new Set(declared.map(({ name }) => name));
  if (names.size === 0) return { plan, problems };
  const items = plan.items.map((item) => overridden(item, placed, names));
  return {
    plan: { ...plan, items, inputs: withDeclared(inputs, declared) },
    problems,
  };
}

/** One that is declared already stays in its place. */
function withDeclared(
  inputs: readonly InputDeclaration[],
  declared: readonly InputDeclaration[],
): readonly InputDeclaration[] {
  const before = new Set(inputs.map(({ name }) => name));
  const anew = inputs.map((input) => declared.find(({ name }) => name === input.name) ?? input);
  return [...anew, ...declared.filter(({ name }) => !before.has(name))];
}

function whyUnclear(found: readonly [PlacedExport, ...PlacedExport[]]): string | undefined {
  const [first] = found;
  const adding = found.find(({ adds }) => adds);
  if (adding) return `${where(adding)} adds to what it holds`;
  const other = found.find(({ value }) => value !== first.value);
  return (
    other && `${where(first)} exports ${quoted(first.value)}, and ${where(other)} ${quoted(other.value)}`
  );
}

function assignedIn(
  name: string,
  blocks: readonly BlockItem[],
  shells: readonly BlockItem[],
): string | undefined {
  const capturing = blocks.find(({ captures }) => captures?.some((one) => one.name === name));
  if (capturing) return `\`${capturing.address}\` captures it, too`;
  const assigning = shells.find(({ code }) => code.includes(name) && assignedOtherwise(code).has(name));
  return assigning && `\`${assigning.address}\` sets it in another way than by \`export\`, too`;
}

function where({ item, wordStart }: PlacedExport): string {
  const lines = item.code.slice(0, wordStart).split('\n').length - 1;
  const line = item.codeLines?.[lines] ?? item.line + 1 + lines;
  return `line ${line}${item.file === undefined ? '' : ` of \`${item.file}\``}`;
}

function quoted(value: string): string {
  return value === '' ? 'nothing' : `\`${value}\``;
}

function declare(found: PlacedExport): InputDeclaration {
  const { name, item } = found;
  return {
    name,
    type: 'string',
    required: false,
    description: `exported by \`${item.address}\``,
    over: over(found),
  };
}

function over({ value, item }: PlacedExport): NonNullable<InputDeclaration['over']> {
  return { value, address: item.address };
}

/** What only stood in a value that is replaced is no longer asked for. */
function overridden(item: PlanItem, placed: readonly PlacedExport[], names: ReadonlySet<string>): PlanItem {
  const own = placed.filter((one) => one.item === item && names.has(one.name)).map(({ name }) => name);
  if (item.kind !== 'block' || own.length === 0) return item;
  const overrides = [...new Set(own)];
  const { placeholders, ...rest } = item;
  if (placeholders === undefined) return { ...rest, overrides };
  const code = overrideExports(item.code, overrides);
  const left = [code, item.when ?? '', item.check ?? ''].flatMap((text) => findPlaceholders(text, 'shell'));
  const held = new Set(left.map(({ variable }) => variable));
  const kept = Object.entries(placeholders).filter(([variable]) => held.has(variable));
  return { ...rest, overrides, ...(kept.length > 0 && { placeholders: Object.fromEntries(kept) }) };
}
