// Owns what a page is made of, and what its handlers know of who asks.
import type { Context } from 'hono';
import type { LinkPort } from './link-port.ts';
import type { Person } from './person.ts';
import type { OidcSignIn } from './signing-in/oidc-sign-in.ts';
import type { KnownPeople } from './signing-in/person-of-token.ts';
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
  /** Signing in with the account of a provider; absent where none is configured. */
  readonly oidc?: OidcSignIn;
}
