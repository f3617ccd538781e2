// Owns which of many things to pick from are meant by what was typed.
import type { Pick } from './prompt/prompter.ts';

/** Those whose name or note has every typed word in it, in any order; letter case does not count. */
export function matchingPicks<Value>(picks: readonly Pick<Value>[], typed: string): readonly Pick<Value>[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return picks.filter(({ name, note }) => {
    const said = `${name} ${note}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
