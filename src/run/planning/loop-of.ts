// Owns the list that a block is run for, from the words of its page.
import type { Attributes, Block, Part, Step } from '../../runbook/runbook.ts';
import type { BlockItem, Loop, PlanItem } from '../plan.ts';
import { readItems } from '../targets/read-items.ts';

/** The words of a list. */
export type LoopWords = Pick<Attributes, 'each' | 'of' | 'eachFrom'>;

/** A block's own list, or else that of its step; the two are never mixed. */
export function loopWordsOf(step: Attributes, block: Attributes): LoopWords {
  const { each, of, eachFrom } = hasWords(block) ? block : step;
  return {
    ...(each !== undefined && { each }),
    ...(of !== undefined && { of }),
    ...(eachFrom !== undefined && { eachFrom }),
  };
}

/** What the words say; undefined where they say nothing, or nothing that can be run. */
export function loopOf({ each: name, of, eachFrom }: LoopWords): Loop | undefined {
  if (name === undefined) return undefined;
  if (eachFrom !== undefined) return { name, from: eachFrom };
  if (of === undefined) return undefined;
  const variable = variableOf(of);
  if (variable !== undefined) return { name, variable };
  const read = readItems(of, 'blanks');
  return { name, items: read.ok ? read.items : [] };
}

/**
 * The items of a step, which are done with an item of its heading's list before the next one where they are several
 * blocks; `isOfSuch` for what undoes a step of which that is true.
 */
export function sharingList(
  { attributes }: Step,
  items: readonly PlanItem[],
  isOfSuch = false,
): readonly PlanItem[] {
  const list = loopOf(loopWordsOf(attributes, {}));
  if (list === undefined) return items;
  const key = JSON.stringify(list);
  const shares = (item: PlanItem): item is BlockItem =>
    item.kind === 'block' && JSON.stringify(item.each) === key;
  if (!isOfSuch && items.filter(shares).length < 2) return items;
  return items.map((item) => (shares(item) ? { ...item, hasTurns: true as const } : item));
}

/** The variable whose value a list is: `$NAME` or `${NAME}` alone. */
export function variableOf(of: string): string | undefined {
  return /^\s*\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})\s*$/
    .exec(of)
    ?.slice(1)
    .find(Boolean);
}

/**
 * A validation or rollback of a step with the lists of that step: the heading's holds for it, and a block there that
 * says `each=NAME` alone means the list that the step has for NAME.
 */
export function withListsOf(step: Step, bound: Step): Step {
  const blocks = step.parts.flatMap((part) => (part.type === 'block' ? [part.block] : []));
  const lists = [step.attributes, ...blocks.map(({ attributes }) => attributes)].filter(hasList);
  if (lists.length === 0) return bound;
  const complete = (attributes: Attributes): Attributes => {
    const list = hasList(attributes) ? undefined : lists.find(({ each }) => each === attributes.each);
    return list === undefined ? attributes : { ...attributes, ...loopWordsOf({}, list) };
  };
  const own = hasWords(bound.attributes) ? bound.attributes : { ...bound.attributes, ...ofHeading(step) };
  const parts = bound.parts.map((part): Part => {
    if (part.type !== 'block' || part.block.attributes.each === undefined) return part;
    const block: Block = { ...part.block, attributes: complete(part.block.attributes) };
    return { ...part, block };
  });
  return { ...bound, attributes: own.each === undefined ? own : complete(own), parts };
}

function ofHeading({ attributes }: Step): LoopWords & Pick<Attributes, 'parallel'> {
  const words = hasWords(attributes) ? loopWordsOf({}, attributes) : {};
  const { parallel } = attributes;
  return { ...words, ...(words.each !== undefined && parallel !== undefined && { parallel }) };
}

function hasWords({ each, of, eachFrom }: Attributes): boolean {
  return each !== undefined || of !== undefined || eachFrom !== undefined;
}

function hasList({ each, of, eachFrom }: Attributes): boolean {
  return each !== undefined && (of !== undefined || eachFrom !== undefined);
}
