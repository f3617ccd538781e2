// Owns which of several things stand in another order than before.

/** The fewest that have to move to turn one order into the other: all outside a longest common subsequence. */
export function movedOf<Name>(before: readonly Name[], after: readonly Name[]): readonly Name[] {
  const place = new Map(before.map((name, index) => [name, index]));
  const tails: number[] = [];
  const sequence = after.map((name) => place.get(name) ?? 0);
  const previous = new Array<number>(sequence.length).fill(-1);
  const endAt: number[] = [];
  sequence.forEach((value, index) => {
    let length = tails.findIndex((tail) => tail >= value);
    if (length === -1) length = tails.length;
    tails[length] = value;
    endAt[length] = index;
    previous[index] = length > 0 ? (endAt[length - 1] ?? -1) : -1;
  });
  const stays = new Set<number>();
  for (let index = endAt[tails.length - 1] ?? -1; index >= 0; index = previous[index] ?? -1) stays.add(index);
  return after.filter((_, index) => !stays.has(index));
}
