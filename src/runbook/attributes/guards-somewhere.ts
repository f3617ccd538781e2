// Owns telling a word that is meant to guard a block, wherever it stands.
import { guardWord } from '../other-tools/guard-words.ts';
import { isOwnName } from './read-attribute.ts';

/** Attributes of ours that are written without a value. */
const ownFlags: ReadonlySet<string> = new Set(['run', 'confirm', 'approve', 'interactive', 'background']);

/** Whether a word would guard a block, in this tool or in another one, where it stands as it does. */
export function guardsSomewhere(name: string, value: string | undefined): boolean {
  if (value === undefined) return ownFlags.has(name) || guardWord(name)?.isFlag === true;
  return isOwnName(name) || guardWord(name) !== undefined;
}
