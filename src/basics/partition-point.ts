// Owns finding a place in a sorted list by halving.

/**
 * How many items at the beginning fulfil `isBefore`, found by halving: the index of the first that does not, or the
 * number of all. The items are in an order in which none that fulfils it stands behind one that does not.
 */
export function partitionPoint<Item>(items: readonly Item[], isBefore: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && isBefore(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
