// Owns what a page is made of, and what its handlers know of who asks.
import type { Context } from 'hono';
import type { LinkPort } from './link-port.ts';
import type { Person } from './person.ts';
import type { KnownPeople } from './person-of-token.ts';
import type { WebPort } from './web-port.ts';

/** What a handler of the page knows of who asks. */
export interface WebEnv {
  readonly Variables: { readonly person: Person };
}

/** What a page is made of. */
export interface WebParts {
  readonly port: WebPort;
  readonly links: LinkPort;
  readonly people: KnownPeople;
  /** Such as `https://host`: where people reach it; under other names nobody is answered. */
  readonly origins: ReadonlySet<string>;
  /** People reach it by https alone. */
  readonly isSecure: boolean;
  /** Milliseconds. */
  readonly now: () => number;
  /** Where the other end of a request is. */
  readonly addressOf: (context: Context) => string;
  /** Told what no user can have caused. */
  readonly onBug: (error: Error) => void;
  /** Ways to sign in that others provide. */
  readonly oidc?: OidcSignIn;
}

/** Signing in with the account of a provider. */
export interface OidcSignIn {
  /** Where the browser is sent, and what has to come back with it. */
  begin(next: string): Promise<{ readonly url: string; readonly state: string }>;
  /** The person who comes back, and where they wanted to go; undefined for strangers. */
  end(
    url: URL,
    state: string,
  ): Promise<{ readonly person: Omit<Person, 'way'>; readonly next: string } | undefined>;
}
