// Owns who looks at a page, and what of it they may use.
import type { AnswerWay } from '../../run/approvals/via.ts';

/** What somebody may do on the page; whether an approval counts is for the run to say. */
export type Role = 'viewer' | 'operator' | 'approver';

export const roles: readonly Role[] = ['viewer', 'operator', 'approver'];

/** Somebody whom the server knows. */
export interface Person {
  /** As gates name them. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** How they are known, and by which way they answer. */
  readonly way: AnswerWay;
}

/** Whether somebody may do what a role may; every role may look. */
export function hasRole(person: Person, role: Role): boolean {
  return role === 'viewer' ? person.roles.length > 0 : person.roles.includes(role);
}
