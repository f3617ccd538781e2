// Owns signing in with the account of an OpenID provider: the code flow with PKCE, state and nonce.
import { createHash } from 'node:crypto';
import type { Configuration, ServerMetadata } from 'openid-client';
import { fail, ok, type Result } from '../../../basics/result.ts';
import type { Person } from '../person.ts';
import { type ClaimRules, type Claims, personOfClaims } from './person-of-claims.ts';
import type { KnownPeople } from './person-of-token.ts';

/** A provider, and what this server is to it. */
export interface OidcSettings extends ClaimRules {
  /** An address of https; of http only on this machine. */
  readonly issuer: string;
  readonly clientId: string;
  /** Absent where the provider knows this server by PKCE alone. */
  readonly clientSecret?: string;
  readonly scopes: readonly string[];
}

/** What signing in needs beside its settings. */
export interface OidcParts {
  readonly settings: OidcSettings;
  readonly people: Pick<KnownPeople, 'personOf' | 'names'>;
  /** Under which people reach the page; filled once it is known. */
  readonly origins: ReadonlySet<string>;
  /** Milliseconds. */
  readonly now: () => number;
  /** Told why somebody could not sign in, for who runs the server. */
  readonly tell: (line: string) => void;
}

/** How long somebody may take at their provider. */
export const longestSignInMs = 600_000;
/** Whoever fills this up has others begin again, the oldest first, and gains nothing. */
const mostBegun = 10_000;
/** How long what a provider says of itself is believed. */
const discoveredMs = 300_000;
const patienceSeconds = 10;

/** What has to fit when somebody comes back. */
interface Begun {
  readonly nonce: string;
  readonly verifier: string;
  readonly redirectUri: string;
  readonly next: string;
  readonly endsAtMs: number;
}

/** Why somebody is not signed in, in words for them. */
export interface NotSignedIn {
  readonly status: 401 | 403 | 503;
  readonly message: string;
}

/** Who came back, and where they wanted to go. */
export interface SignedIn {
  readonly person: Omit<Person, 'way'>;
  readonly next: string;
}

/** One provider of one server. */
export class OidcSignIn {
  /** The host of the provider, for people. */
  readonly name: string;
  readonly #parts: OidcParts;
  /** By the digest of what is in the browser's cookie and in the address that comes back. */
  readonly #begun = new Map<string, Begun>();
  #discovered: { readonly metadata: ServerMetadata; readonly atMs: number } | undefined;

  constructor(parts: OidcParts) {
    this.#parts = parts;
    this.name = new URL(parts.settings.issuer).host;
  }

  /** Where the browser is sent from this host, and what has to come back with it; fails while the provider is away. */
  async begin(
    host: string,
    next: string,
  ): Promise<Result<{ readonly url: string; readonly state: string }, string>> {
    const origin = [...this.#parts.origins].find((one) => new URL(one).host === host) ?? '';
    const client = await import('openid-client');
    const state = client.randomState();
    const verifier = client.randomPKCECodeVerifier();
    const nonce = client.randomNonce();
    const redirectUri = `${origin}/sign-in/oidc/return`;
    try {
      const url = client.buildAuthorizationUrl(await this.#configuration(), {
        scope: this.#parts.settings.scopes.join(' '),
        redirect_uri: redirectUri,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      const endsAtMs = this.#parts.now() + longestSignInMs;
      this.#begun.set(keyOf(state), { nonce, verifier, redirectUri, next, endsAtMs });
      const [oldest] = this.#begun.keys();
      if (this.#begun.size > mostBegun && oldest !== undefined) this.#begun.delete(oldest);
      return ok({ url: url.href, state });
    } catch (error) {
      this.#parts.tell(`nobody can sign in with ${this.name}: ${wordsOf(error)}`);
      return fail(`${this.name} cannot be reached now. Try again in a moment.`);
    }
  }

  /** Who comes back with these parameters to the browser that holds this state; each state counts once. */
  async end(search: string, state: string | undefined): Promise<Result<SignedIn, NotSignedIn>> {
    const key = keyOf(state ?? '');
    const begun = this.#begun.get(key);
    this.#begun.delete(key);
    if (begun === undefined || begun.endsAtMs <= this.#parts.now())
      return refusal(401, 'This sign-in was not begun in this browser, or too long ago. Begin again.');
    const claims = await this.#claimsOf(new URL(`${begun.redirectUri}${search}`), state ?? '', begun);
    if (!claims.ok) return claims;
    const person = personOfClaims(claims.value, this.#parts.settings, this.#parts.people);
    if (person.ok) return ok({ person: person.value, next: begun.next });
    this.#parts.tell(`somebody who signed in with ${this.name} is not let in: ${person.error}`);
    return refusal(403, person.error);
  }

  async #claimsOf(url: URL, state: string, { nonce, verifier }: Begun): Promise<Result<Claims, NotSignedIn>> {
    const client = await import('openid-client');
    try {
      const configuration = await this.#configuration();
      const tokens = await client.authorizationCodeGrant(configuration, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims: Claims & { readonly sub: string } = tokens.claims() ?? { sub: '' };
      if (!this.#lacks(claims) || configuration.serverMetadata().userinfo_endpoint === undefined)
        return ok(claims);
      const more: Claims = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
      // Whether an address is theirs is said beside the address, and of no other.
      const { email: _email, email_verified: _isVerified, ...rest } = claims;
      return ok(more.email === undefined ? { ...more, ...claims } : { ...more, ...rest });
    } catch (error) {
      this.#parts.tell(`somebody could not sign in with ${this.name}: ${wordsOf(error)}`);
      if (error instanceof client.AuthorizationResponseError)
        return refusal(401, `${this.name} has not let you in.`);
      return refusal(401, `What came back from ${this.name} does not count. Begin again.`);
    }
  }

  /** What is said of somebody only where it is asked for. */
  #lacks(claims: Claims): boolean {
    const { loginClaim, groupsClaim, groups, domains } = this.#parts.settings;
    return (
      claims[loginClaim] === undefined ||
      (Object.keys(groups).length > 0 && claims[groupsClaim] === undefined) ||
      (Object.keys(domains).length > 0 && claims.email === undefined)
    );
  }

  /** Made anew each time, so that the keys of the provider are those that it has now. */
  async #configuration(): Promise<Configuration> {
    const client = await import('openid-client');
    const { issuer, clientId, clientSecret } = this.#parts.settings;
    const address = new URL(issuer);
    const inTheClear = address.protocol === 'http:' ? [client.allowInsecureRequests] : [];
    const at = this.#parts.now();
    if (this.#discovered === undefined || at - this.#discovered.atMs >= discoveredMs) {
      const options = { execute: inTheClear, timeout: patienceSeconds };
      const found = await client.discovery(address, clientId, undefined, undefined, options);
      this.#discovered = { metadata: found.serverMetadata(), atMs: at };
    }
    const { metadata } = this.#discovered;
    // What the standard says where a provider says nothing.
    const ways = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const bySecret = ways.includes('client_secret_basic')
      ? client.ClientSecretBasic
      : client.ClientSecretPost;
    const authentication = clientSecret === undefined ? client.None() : bySecret(clientSecret);
    const configuration = new client.Configuration({ ...metadata }, clientId, undefined, authentication);
    configuration.timeout = patienceSeconds;
    for (const allow of inTheClear) allow(configuration);
    // The signature counts also where the token came straight from the provider.
    client.enableNonRepudiationChecks(configuration);
    return configuration;
  }
}

const refusal = (status: NotSignedIn['status'], message: string): Result<never, NotSignedIn> =>
  fail({ status, message });

/** Looked up by its digest, so that how long the search takes says nothing of it. */
const keyOf = (state: string): string => createHash('sha256').update(state).digest('hex');

/** What went wrong, down to its cause, without what was sent. */
function wordsOf(error: unknown): string {
  const words: string[] = [];
  for (let at = error; at instanceof Error && words.length < 4; at = at.cause) words.push(at.message);
  return words.join(': ') || 'for no known reason';
}
