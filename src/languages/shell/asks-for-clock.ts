// Owns what `SECONDS` goes on from in a later block, in the shells that have it.
import type { ByteText } from './byte-text.ts';
import type { ShellState } from './shell-state.ts';

/** The kind of `ShellState.more` that is shell text which sets `SECONDS`. */
export const clock = 'clock';

/** True where the block may want to know how many seconds its script has run. */
export function asksForClock(code: string, { more, functions, aliases }: ShellState): boolean {
  if (more.has(clock)) return true;
  const traps = [...more].filter(([kind]) => kind.endsWith('trap') || kind === 'traps');
  return [code, functions, aliases, ...traps.flat()].some((text) => /\bSECONDS\b/.test(text));
}

/**
 * From a line `T` with the time and `SECONDS`, in whole seconds, at the end of a block: when the clock began, which it
 * counts on from while no block runs.
 */
export function clockStart(text: ByteText): number | undefined {
  const [, now, seconds] = /^T(\d+) (-?\d+)$/m.exec(text) ?? [];
  return now === undefined || seconds === undefined ? undefined : Number(now) - Number(seconds);
}
