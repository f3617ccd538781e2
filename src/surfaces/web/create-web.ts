// Owns the paths of the page: who may use which, and what is sent for each.
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { addApi } from './add-api.ts';
import { addLinks, linksPath } from './add-links.ts';
import { addPages } from './add-pages.ts';
import { Guesses } from './guesses.ts';
import { shell } from './pages/shell.ts';
import { signInPage } from './pages/sign-in-page.ts';
import type { Person } from './person.ts';
import { personOfProxy, personOfToken } from './person-of-token.ts';
import { Sessions } from './sessions.ts';
import type { OidcSignIn, WebEnv, WebParts } from './web-parts.ts';
import { webScript } from './web-script.ts';
import { webStyle } from './web-style.ts';

const policy = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  scriptSrc: ["'self'"],
  connectSrc: ["'self'"],
  imgSrc: ['data:'],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** Nobody writes more into a form. */
const longestForm = 256 * 1024;

/** The page as a handler of requests. */
export function createWeb(parts: WebParts): Hono<WebEnv> {
  const { origins } = parts;
  const isOwn = (host: string): boolean => [...origins].some((origin) => new URL(origin).host === host);
  const web = new Hono<WebEnv>();
  const guesses = new Guesses(parts.now);
  // A name of somebody else's that leads here would make this page theirs.
  web.use(async (context, next) => {
    if (!isOwn(context.req.header('host') ?? '')) return context.text('no such host\n', 421);
    return next();
  });
  // The address is the secret: it is in no `Referer`, while the origin still tells whose form it is.
  web.use(linksPath, async (context, next) => {
    await next();
    context.header('Referrer-Policy', 'strict-origin');
  });
  web.use(
    secureHeaders({
      contentSecurityPolicy: policy,
      // Without any, browsers send forms of a plain-http page with the origin `null`, which could be anybody's.
      referrerPolicy: 'same-origin',
      xFrameOptions: 'DENY',
      strictTransportSecurity: parts.isSecure ? 'max-age=31536000' : false,
    }),
  );
  web.use(async (context, next) => {
    await next();
    if (!context.res.headers.has('cache-control')) context.header('Cache-Control', 'no-store');
  });
  web.use(csrf({ origin: (origin) => origins.has(origin) }));
  web.use(bodyLimit({ maxSize: longestForm }));
  web.get('/assets/page.css', (context) => asset(context, webStyle, 'text/css'));
  web.get('/assets/page.js', (context) => asset(context, webScript, 'text/javascript'));
  addApi(web, parts, guesses);
  addLinks(web, parts, guesses);
  addSignIn(web, parts, guesses);
  addPages(web, parts.port);
  web.notFound((context) => context.html(shell({ title: 'Not found', body: [] }), 404));
  web.onError((error, context) => {
    // What a browser should not have sent is no fault of ours.
    if (error instanceof HTTPException) return error.getResponse();
    parts.onBug(error);
    return context.html(shell({ title: 'Something went wrong', body: [] }), 500);
  });
  return web;
}

function asset(context: Context, text: string, type: string): Response {
  return context.body(text, 200, {
    'Content-Type': `${type}; charset=utf-8`,
    'Cache-Control': 'max-age=300',
  });
}

function addSignIn(web: Hono<WebEnv>, parts: WebParts, guesses: Guesses): void {
  const { people, oidc, addressOf, now, isSecure } = parts;
  const sessions = new Sessions(now);
  const cookie = isSecure ? '__Host-runsheet' : 'runsheet';
  const settings = { httpOnly: true, sameSite: 'Lax', path: '/', secure: isSecure } as const;
  const begin = (context: Context, person: Person, next: string): Response => {
    sessions.end(getCookie(context, cookie));
    setCookie(context, cookie, sessions.begin(person), settings);
    return context.redirect(next, 303);
  };
  const refuse = (
    context: Context,
    wrong: string,
    next: string,
    status: 401 | 429,
  ): Response | Promise<Response> =>
    context.html(shell({ title: 'Sign in', body: signInPage(wrong, next, oidc !== undefined) }), status);
  web.get('/sign-in', (context) => {
    const next = ownPath(context.req.query('next'));
    return context.html(shell({ title: 'Sign in', body: signInPage(undefined, next, oidc !== undefined) }));
  });
  web.post('/sign-in', async (context) => {
    const form = await context.req.parseBody();
    const next = ownPath(text(form.next));
    const person = personOfToken(text(form.token) ?? '', people, guesses, addressOf(context));
    if (person === 'wait') return refuse(context, 'Too many wrong tokens. Wait a minute.', next, 429);
    return person === undefined
      ? refuse(context, 'This token is not known.', next, 401)
      : begin(context, person, next);
  });
  web.post('/sign-out', (context) => {
    sessions.end(getCookie(context, cookie));
    deleteCookie(context, cookie, settings);
    return context.redirect('/sign-in', 303);
  });
  if (oidc !== undefined) addOidc(web, oidc, begin, { ...settings, maxAge: 600 });
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

type Begin = (context: Context, person: Person, next: string) => Response;

function addOidc(
  web: Hono<WebEnv>,
  oidc: OidcSignIn,
  begin: Begin,
  settings: NonNullable<Parameters<typeof setCookie>[3]>,
): void {
  web.get('/sign-in/oidc', async (context) => {
    const { url, state } = await oidc.begin(ownPath(context.req.query('next')));
    setCookie(context, 'runsheet-sign-in', state, settings);
    return context.redirect(url, 303);
  });
  web.get('/sign-in/oidc/return', async (context) => {
    const state = getCookie(context, 'runsheet-sign-in');
    deleteCookie(context, 'runsheet-sign-in', settings);
    const found = state === undefined ? undefined : await oidc.end(new URL(context.req.url), state);
    if (found === undefined)
      return context.html(
        shell({ title: 'Sign in', body: signInPage('You could not be signed in so.', '/', true) }),
        401,
      );
    return begin(context, { ...found.person, way: 'page' }, found.next);
  });
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A path of this page and of no other: `//elsewhere` and `/\elsewhere` are other pages to browsers. */
function ownPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[\x20-\x7e]*$/.test(next) && !next.startsWith('/sign-')
    ? next
    : '/runs';
}
