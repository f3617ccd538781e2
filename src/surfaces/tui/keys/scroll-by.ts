// Owns which keys scroll, and by how much.

/** Lines to move by for the name of a key; undefined for keys that do not scroll. */
export function scrollBy(name: string, height: number): number | undefined {
  switch (name) {
    case 'up':
      return -1;
    case 'down':
      return 1;
    case 'page-up':
      return 1 - height;
    case 'page-down':
      return height - 1;
    case 'home':
      return Number.NEGATIVE_INFINITY;
    case 'end':
      return Number.POSITIVE_INFINITY;
    default:
      return undefined;
  }
}
