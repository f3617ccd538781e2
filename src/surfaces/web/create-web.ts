// Owns the paths of the page: who may use which, and what is sent for each.
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { addApi } from './add-api.ts';
import { addLinks, linksPath } from './add-links.ts';
import { addPages } from './add-pages.ts';
import { shell } from './pages/shell.ts';
import { addSignIn } from './signing-in/add-sign-in.ts';
import { Guesses } from './signing-in/guesses.ts';
import { unavailable } from './unavailable.ts';
import type { WebEnv, WebParts } from './web-parts.ts';
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
  web.use(bodyLimit({ maxSize: longestForm }));
  web.get('/assets/page.css', (context) => asset(context, webStyle, 'text/css'));
  web.get('/assets/page.js', (context) => asset(context, webScript, 'text/javascript'));
  addApi(web, parts, guesses);
  // Programs bring a token with each request, which no other page can have a browser do: of what they send no origin is asked.
  web.use(csrf({ origin: (origin) => origins.has(origin) }));
  addLinks(web, parts, guesses);
  addSignIn(web, parts, guesses);
  addPages(web, parts.port);
  web.onError((error, context) => {
    // What a browser should not have sent is no fault of ours.
    if (error instanceof HTTPException) return error.getResponse();
    const away = unavailable(error, context);
    if (away !== undefined) return away;
    parts.onBug(error);
    const body = html`<p>It is a fault of the server, which has told of it where it was started. What was recorded stays.</p>
<p><a href="/runs">All runs</a></p>`;
    return context.html(shell({ title: 'Something went wrong', person: context.get('person'), body }), 500);
  });
  return web;
}

function asset(context: Context, text: string, type: string): Response {
  return context.body(text, 200, {
    'Content-Type': `${type}; charset=utf-8`,
    'Cache-Control': 'max-age=300',
  });
}
