// Owns what of a request says where it is run, or for which item of a list.
import type { ExecutionRequest } from '../run/executor.ts';
import type { BlockItem } from '../run/plan.ts';

/** The parts of a request that differ from host to host, and from item to item. */
export type BoundTarget = Pick<ExecutionRequest, 'item' | 'host' | 'each'>;

/** For one of `all` hosts or items of a block; an item of a list is the value of its variable. */
export function bindTarget(item: BlockItem, target: string, all: readonly string[]): BoundTarget {
  if (item.each === undefined) return { item, host: target };
  const env = { ...item.env, [item.each.name]: target };
  return { item: { ...item, env }, each: { item: target, position: all.indexOf(target) + 1 } };
}
