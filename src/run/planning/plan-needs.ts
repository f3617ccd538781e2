// Owns which blocks need what other blocks hand on.
import type { Address } from '../../basics/address.ts';
import { languageOf } from '../../languages/languages.ts';
import {
  assignedNames,
  handsOn,
  mayWriteOutputs,
  neededNames,
  writtenOutputs,
} from '../../languages/needed-names.ts';
import type { FileStep } from '../../runbook/file-step.ts';
import type { BlockItem, Need, Plan, PlanItem } from '../plan.ts';

/**
 * The plan with what each block needs of others: variables that it reads and that only they set, by `capture`, or
 * by writing them to `$RUNSHEET_OUTPUT`. What a shell block assigns, an input, or the front matter sets is none.
 */
export function planNeeds(plan: Plan): Plan {
  const producers = producersOf(plan);
  if (producers.size === 0) return plan;
  return { ...plan, items: plan.items.map((item) => withNeeds(item, plan, producers)) };
}

type Producers = ReadonlyMap<string, readonly Address[]>;

function producersOf(plan: Plan): Producers {
  const blocks = plan.items.filter((item): item is BlockItem => item.kind === 'block');
  // Most runbooks hand nothing on, and need no closer look.
  if (blocks.every(({ captures, code }) => captures === undefined && !handsOn(code))) return new Map();
  const names = new Set<string>(plan.outputs ?? []);
  for (const { captures = [], code } of blocks) {
    for (const { name } of captures) names.add(name);
    for (const name of writtenOutputs(code)) names.add(name);
  }
  const isShell = ({ language }: BlockItem): boolean => languageOf(language)?.family === 'shell';
  const given = new Set([
    ...Object.keys(plan.env),
    ...(plan.inputs ?? []).map(({ name }) => name),
    ...blocks.filter(isShell).flatMap(({ code }) => [...assignedNames(code)]),
  ]);
  const producers = new Map<string, Address[]>();
  for (const { address, captures = [], code } of blocks) {
    const set = new Set([...captures.map(({ name }) => name), ...mayWriteOutputs(code)]);
    for (const name of set) {
      if (!names.has(name) || given.has(name)) continue;
      const from = producers.get(name);
      if (from === undefined) producers.set(name, [address]);
      else from.push(address);
    }
  }
  return producers;
}

/** What the text and the path of a file, and what looks at it, are filled in with. */
function namesOfFile({ fills = [] }: BlockItem, { path, validate = '' }: FileStep): readonly string[] {
  return [...fills, ...neededNames(`: "${path}"`, 'sh'), ...neededNames(validate, 'sh')];
}

function withNeeds(item: PlanItem, plan: Plan, producers: Producers): PlanItem {
  if (item.kind !== 'block') return item;
  const label = languageOf(item.language)?.id === 'sql' ? 'psql' : item.language;
  const names = new Set([
    ...(item.writes ? namesOfFile(item, item.writes) : neededNames(item.code, label)),
    ...neededNames([item.when, item.check, item.each?.from].join('\n'), plan.shell),
    ...(item.each?.variable === undefined ? [] : [item.each.variable]),
    ...Object.values(item.placeholders ?? {}),
  ]);
  const own = new Set([
    ...Object.keys(item.env),
    ...(item.bindings ?? []).map(({ name }) => name),
    ...(item.each === undefined ? [] : [item.each.name]),
  ]);
  const needs = [...names].flatMap((name): Need[] => {
    const from = producers.get(name);
    return from === undefined || own.has(name) || from.includes(item.address) ? [] : [{ name, from }];
  });
  return needs.length === 0 ? item : { ...item, needs };
}
