// Owns which person of a server somebody is, by what their provider says of them.
import { fail, ok, type Result } from '../../../basics/result.ts';
import { type Person, type Role, roles } from '../person.ts';
import type { KnownPeople } from './person-of-token.ts';

/** What of a provider's words counts. */
export interface ClaimRules {
  /** The claim that names people as `login` of the server's people does. */
  readonly loginClaim: string;
  /** The claim that lists the groups somebody is in. */
  readonly groupsClaim: string;
  /** What who is in a group may do. */
  readonly groups: Readonly<Record<string, readonly Role[]>>;
  /** What who has mail at a host may do. */
  readonly domains: Readonly<Record<string, readonly Role[]>>;
}

/** What a provider says of somebody, by the names of OpenID Connect. */
export type Claims = Readonly<Record<string, unknown>>;

/** Nobody's name is longer; a journal has to hold it. */
const longestLogin = 254;

/**
 * The person: one of the server's people by their login, with what their groups and the host of their mail give beside.
 * Who is none of those is named as the provider does. Fails in words for people: who may do nothing is nobody here, and
 * so is who has the name of somebody else.
 */
export function personOfClaims(
  claims: Claims,
  rules: ClaimRules,
  { personOf, names }: Pick<KnownPeople, 'personOf' | 'names'>,
): Result<Omit<Person, 'way'>, string> {
  const login = claims[rules.loginClaim];
  if (typeof login !== 'string' || login.trim() === '' || login.length > longestLogin)
    return fail(`Your provider does not say who you are: it tells no \`${rules.loginClaim}\`.`);
  // Whoever may type any address into their account would be anybody.
  if (rules.loginClaim === 'email' && claims.email_verified !== true)
    return fail(`Your provider does not say that ${login} is yours: its \`email_verified\` is not true.`);
  const known = personOf(login);
  const name = known?.name ?? login;
  const held = [
    ...(known?.roles ?? []),
    ...groupsOf(claims[rules.groupsClaim]).flatMap((group) => rolesOf(rules.groups, group)),
    ...rolesOf(rules.domains, domainOf(claims) ?? ''),
  ];
  const isTaken = known === undefined && names.has(name);
  if (isTaken || held.length === 0)
    return fail(
      `You are ${login} to your provider, and nobody to this server. Who runs it can name you among its people.`,
    );
  return ok({ name, roles: roles.filter((role) => held.includes(role)) });
}

function rolesOf(given: Readonly<Record<string, readonly Role[]>>, key: string): readonly Role[] {
  return Object.hasOwn(given, key) ? (given[key] ?? []) : [];
}

/** One group is written without a list by some providers. */
function groupsOf(claim: unknown): readonly string[] {
  const written = Array.isArray(claim) ? claim : [claim];
  return written.filter((one): one is string => typeof one === 'string');
}

/** The host of mail that is known to be somebody's, in lower case. */
function domainOf({ email, email_verified: isVerified }: Claims): string | undefined {
  if (isVerified !== true || typeof email !== 'string') return undefined;
  return /^[^@\s]+@([^@\s]+)$/.exec(email)?.[1]?.toLowerCase();
}
