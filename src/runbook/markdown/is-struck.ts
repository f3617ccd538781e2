// Owns whether some Markdown is struck out.

/** Whether all that is written is struck out, but for a number before it. */
export function isStruck(written: string): boolean {
  return /^(?:\d+(?:\.\d+)*[.):]?\s+)?(?:~~?[^~].*~~?|<(del|s|strike)>.*<\/\1>)\s*[.:：]?$/i.test(
    written.trim(),
  );
}
