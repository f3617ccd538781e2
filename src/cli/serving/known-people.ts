// Owns whom a server knows, by its configuration and its token.

import type { ApiToken } from '../../engine/queue/api-token.ts';
import type { QueueKeys } from '../../engine/queue/run-queue.ts';
import type { Role } from '../../surfaces/web/person.ts';
import {
  type KnownPeople,
  ownerRoles,
  rolesOfScopes,
  tokenDigest,
} from '../../surfaces/web/signing-in/person-of-token.ts';
import type { ServeSettings } from './serve-settings.ts';

/** The owner by the token that was printed, programs by theirs, others by what a proxy or a provider says of them. */
export function knownPeople(
  { people, proxy }: ServeSettings,
  ownerToken: string,
  { queue, now }: { readonly queue: Pick<QueueKeys, 'token'>; readonly now: () => number },
): KnownPeople {
  const byLogin = new Map(
    Object.entries(people).map(([name, { login = name, roles }]) => [login, { name, roles }] as const),
  );
  return {
    tokens: [{ name: 'owner', digest: tokenDigest(ownerToken), roles: ownerRoles }],
    programOf: async (digest) => {
      const token = await queue.token(digest, now());
      return token && { name: token.person ?? token.name, roles: rolesOf(token, people) };
    },
    ...(proxy && { proxy }),
    personOf: (login) => byLogin.get(login),
    names: new Set(['owner', ...Object.keys(people)]),
  };
}

/** What the scopes of a token say, and of somebody's only what they may do themselves; a program is nobody of the people. */
function rolesOf({ name, scopes, person }: ApiToken, people: ServeSettings['people']): readonly Role[] {
  const held = scopes.flatMap((scope) => rolesOfScopes[scope] ?? []);
  if (person === undefined) return Object.hasOwn(people, name) ? [] : held;
  const { roles = [] } = Object.hasOwn(people, person) ? (people[person] ?? {}) : {};
  // Whoever may do anything may look.
  return held.filter((role) => (role === 'viewer' ? roles.length > 0 : roles.includes(role)));
}
