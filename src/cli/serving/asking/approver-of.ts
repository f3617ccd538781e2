// Owns who of the people of a server may answer approvals from elsewhere.
import type { AnswerWay } from '../../../run/approvals/via.ts';
import { hasRole, type Person } from '../../../surfaces/web/person.ts';
import type { ServeSettings } from '../serve-settings.ts';

/** The person of that name, by that way; undefined where the server knows none who approves. */
export function approverOf(
  people: ServeSettings['people'],
  name: string,
  way: AnswerWay,
): Person | undefined {
  const known = Object.hasOwn(people, name) ? people[name] : undefined;
  const person = known && { name, roles: known.roles, way };
  return person && hasRole(person, 'approver') ? person : undefined;
}
