// Owns whether two accounts are one person's, as far as a run can know.
import type { Actor } from '../event.ts';

/**
 * Whether an answer of one would be an answer of the other: the same account by its number, or by its name where the
 * accounts of two machines meet in one folder; or the account that the other one says to act for.
 */
export function isSamePerson(left: Actor, right: Actor): boolean {
  const isSame = left.user === right.user || (left.uid !== undefined && left.uid === right.uid);
  return isSame || left.for === right.user || (right.for !== undefined && right.for === left.user);
}
