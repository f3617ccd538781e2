// Owns how it is known who looks: a session, a token of the API, or a proxy that is trusted.
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Person, type Role, roles } from '../person.ts';
import type { Guesses } from './guesses.ts';

/** Somebody whom a token stands for; the token itself is not kept. */
export interface KnownToken {
  readonly name: string;
  /** SHA-256 of the token, in hexadecimal. */
  readonly digest: string;
  readonly roles: readonly Role[];
}

/** A proxy that has found out who somebody is, and the header in which it says so. */
export interface TrustedProxy {
  /** In lower case. */
  readonly header: string;
  /** The addresses that are the proxy's. */
  readonly from: readonly string[];
}

/** What a server knows of people. */
export interface KnownPeople {
  /** The token that the server has printed. */
  readonly tokens: readonly KnownToken[];
  /** The token of a program by its digest; undefined where there is none that is still good. */
  readonly programOf: (digest: string) => Promise<Omit<KnownToken, 'digest'> | undefined>;
  readonly proxy?: TrustedProxy;
  /** The person of a name at a provider or a proxy; undefined for strangers. */
  readonly personOf: (login: string) => Omit<Person, 'way'> | undefined;
  /** Names that are somebody's already. */
  readonly names: ReadonlySet<string>;
}

/** The owner of a server may do all. */
export const ownerRoles = roles;

/** What a program may do by the scopes of its token. */
export const rolesOfScopes: Readonly<Record<string, Role>> = {
  read: 'viewer',
  start: 'operator',
  approve: 'approver',
};

/** Whom a token stands for; a wrong one is counted against where it comes from. Undefined where it is wrong, `wait` where too many were. */
export function personOfToken(
  token: string,
  { tokens }: KnownPeople,
  guesses: Guesses,
  address: string,
): Person | 'wait' | undefined {
  const given = digestOf(token);
  const known = tokens.filter(({ digest }) => isSame(given, Buffer.from(digest, 'hex')));
  const [one] = known;
  // Who has the right one is not shut out by others who come from the same address.
  if (one !== undefined) return { name: one.name, roles: one.roles, way: 'page' };
  if (!guesses.mayTry(address)) return 'wait';
  guesses.wasWrong(address);
  return undefined;
}

/** Whom a program's token stands for, or the owner's. */
export async function personOfProgram(
  token: string,
  people: KnownPeople,
  guesses: Guesses,
  address: string,
): Promise<Person | 'wait' | undefined> {
  const program = await people.programOf(tokenDigest(token));
  if (program === undefined) return personOfToken(token, people, guesses, address);
  return { name: program.name, roles: program.roles, way: 'api' };
}

/** Whom a trusted proxy names; undefined where it names nobody, or is not trusted. */
export function personOfProxy(
  header: string | undefined,
  address: string,
  { proxy, personOf }: KnownPeople,
): Person | undefined {
  if (proxy === undefined || header === undefined || !proxy.from.includes(plainAddress(address)))
    return undefined;
  const person = personOf(header);
  return person && { ...person, way: 'page' };
}

/** SHA-256 of a token, in hexadecimal, as it is kept. */
export function tokenDigest(token: string): string {
  return digestOf(token).toString('hex');
}

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();

function isSame(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

/** An address of IPv4 as it is written, also where it came in over IPv6. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}
