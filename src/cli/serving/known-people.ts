// Owns whom a server knows, by its configuration and its token.
import { type KnownPeople, ownerRoles, tokenDigest } from '../../surfaces/web/signing-in/person-of-token.ts';
import type { ServeSettings } from './serve-settings.ts';

/** The owner by the token that was printed, others by what a proxy or a provider says of them. */
export function knownPeople({ people, proxy }: ServeSettings, ownerToken: string): KnownPeople {
  const byLogin = new Map(
    Object.entries(people).map(([name, { login = name, roles }]) => [login, { name, roles }] as const),
  );
  return {
    tokens: [{ name: 'owner', digest: tokenDigest(ownerToken), roles: ownerRoles }],
    ...(proxy && { proxy }),
    personOf: (login) => byLogin.get(login),
    names: new Set(['owner', ...Object.keys(people)]),
  };
}
