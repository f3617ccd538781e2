// Owns how far a text is scrolled: by keys, and so that what matters is in sight.

/** Lines to move by for the name of a key; undefined for keys that do not scroll. */
export function scrollBy(name: string, height: number): number | undefined {
  switch (name) {
    case 'up':
      return -1;
    case 'down':
      return 1;
    case 'wheel-up':
      return -3;
    case 'wheel-down':
      return 3;
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

/** First line to show of `length` so that lines `from` to `to` are in sight, the end first if both do not fit. */
export function scrollInto(
  { from, to }: { readonly from: number; readonly to: number },
  length: number,
  height: number,
): number {
  const top = to - from < height ? Math.min(from, Math.max(0, to - height + 1)) : from;
  return clampTop(top, length, height);
}

/** A first line that stays within what there is. */
export function clampTop(top: number, length: number, height: number): number {
  return Math.max(0, Math.min(top, length - height));
}
