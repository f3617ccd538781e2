// Owns the paths by which people sign in and out, and that nobody else gets beyond them.
import type { Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { shell } from '../pages/shell.ts';
import type { Person } from '../person.ts';
import type { WebEnv, WebParts } from '../web-parts.ts';
import type { Guesses } from './guesses.ts';
import { longestSignInMs, type OidcSignIn } from './oidc-sign-in.ts';
import { personOfProxy, personOfToken } from './person-of-token.ts';
import { Sessions } from './sessions.ts';
import { signInPage } from './sign-in-page.ts';

type Cookie = NonNullable<Parameters<typeof setCookie>[3]>;

/** What is needed to answer somebody who signs in. */
interface Door {
  readonly oidc: OidcSignIn | undefined;
  /** Behind https no other host, and no page without https, can set cookies of these names. */
  readonly prefix: '__Host-' | '';
  readonly settings: Cookie;
  /** Signs somebody in under a new name of a session, and leads on. */
  readonly begin: (context: Context, person: Person, next: string) => Response;
}

/** Adds them; everything that is added behind has to know who asks. */
export function addSignIn(web: Hono<WebEnv>, parts: WebParts, guesses: Guesses): void {
  const { people, oidc, addressOf, now, isSecure } = parts;
  const sessions = new Sessions(now);
  const prefix = isSecure ? '__Host-' : '';
  const cookie = `${prefix}runsheet`;
  const settings = { httpOnly: true, sameSite: 'Lax', path: '/', secure: isSecure } as const;
  const door: Door = {
    ...{ oidc, prefix, settings },
    begin: (context, person, next) => {
      sessions.end(getCookie(context, cookie));
      setCookie(context, cookie, sessions.begin(person), settings);
      return context.redirect(next, 303);
    },
  };
  web.get('/sign-in', (context) => shown(context, door, { next: ownPath(context.req.query('next')) }));
  web.post('/sign-in', async (context) => {
    const form = await context.req.parseBody();
    const next = ownPath(text(form.next));
    const person = personOfToken(text(form.token) ?? '', people, guesses, addressOf(context));
    if (person === 'wait')
      return shown(context, door, { next, wrong: 'Too many wrong tokens. Wait a minute.', status: 429 });
    if (person !== undefined) return door.begin(context, person, next);
    return shown(context, door, { next, wrong: 'This token is not known.', status: 401 });
  });
  web.post('/sign-out', (context) => {
    sessions.end(getCookie(context, cookie));
    deleteCookie(context, cookie, settings);
    return context.redirect('/sign-in', 303);
  });
  if (oidc !== undefined) addOidc(web, oidc, door);
  web.use(async (context, next) => {
    if (context.get('person') !== undefined) return next();
    const { proxy } = people;
    const person =
      personOfProxy(proxy && context.req.header(proxy.header), addressOf(context), people) ??
      sessions.find(getCookie(context, cookie));
    if (person !== undefined) {
      context.set('person', person);
      return next();
    }
    const { pathname, search } = new URL(context.req.url);
    if (context.req.method !== 'GET' || context.req.query('part') !== undefined)
      return context.text('sign in first\n', 401);
    return context.redirect(`/sign-in?next=${encodeURIComponent(pathname + search)}`, 303);
  });
}

function addOidc(web: Hono<WebEnv>, oidc: OidcSignIn, door: Door): void {
  const name = `${door.prefix}runsheet-sign-in`;
  // It has to come along when the provider leads back: `Strict` would keep it from that.
  const settings: Cookie = { ...door.settings, sameSite: 'Lax', maxAge: longestSignInMs / 1000 };
  web.get('/sign-in/oidc', async (context) => {
    const next = ownPath(context.req.query('next'));
    const begun = await oidc.begin(context.req.header('host') ?? '', next);
    if (!begun.ok) return shown(context, door, { next, wrong: begun.error, status: 503 });
    setCookie(context, name, begun.value.state, settings);
    return context.redirect(begun.value.url, 303);
  });
  web.get('/sign-in/oidc/return', async (context) => {
    const state = getCookie(context, name);
    deleteCookie(context, name, door.settings);
    const ended = await oidc.end(new URL(context.req.url).search, state);
    if (ended.ok) return door.begin(context, { ...ended.value.person, way: 'page' }, ended.value.next);
    const { status, message } = ended.error;
    return shown(context, door, { next: '/runs', wrong: message, status });
  });
}

interface Asked {
  readonly next: string;
  readonly wrong?: string;
  readonly status?: 401 | 403 | 429 | 503;
}

function shown(
  context: Context,
  { oidc }: Door,
  { next, wrong, status }: Asked,
): Response | Promise<Response> {
  const body = signInPage({ wrong, next, provider: oidc?.name });
  return context.html(shell({ title: 'Sign in', body }), status ?? 200);
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A path of this page and of no other: `//elsewhere` and `/\elsewhere` are other pages to browsers. */
function ownPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[\x20-\x7e]*$/.test(next) && !next.startsWith('/sign-')
    ? next
    : '/runs';
}
