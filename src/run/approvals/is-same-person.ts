// Owns whether two accounts are one person's, as far as a run can know.
import type { Actor } from '../event.ts';

/**
 * Whether an answer of one would be an answer of the other: the same account by its number, or by its name where the
 * accounts of two machines meet in one folder.
 */
export function isSamePerson(left: Actor, right: Actor): boolean {
  return left.user === right.user || (left.uid !== undefined && left.uid === right.uid);
}
