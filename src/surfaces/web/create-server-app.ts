// Owns all paths of a server: what senders and monitors ask, and behind that the page.
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Delivery, Reply } from '../sources/source.ts';
import { notFoundPage } from './add-pages.ts';
import { createWeb } from './create-web.ts';
import { unavailable } from './unavailable.ts';
import type { WebEnv, WebParts } from './web-parts.ts';

/** What a server is beside its page. */
export interface ServerParts extends WebParts {
  /** Takes in a delivery at the endpoint of that name. */
  readonly receive: (name: string, delivery: Delivery) => Promise<Reply>;
  /** Why it cannot work now, in a sentence; undefined while it can. */
  readonly whyNotReady: () => Promise<string | undefined>;
  /** In the text format of Prometheus. */
  readonly metrics: () => Promise<string>;
}

/** More is not held for anybody. What is read of a delivery is less, and one that is longer is kept as not readable. */
const longestDelivery = 25 * 1024 * 1024;

/** The server as a handler of requests. */
export function createServerApp(parts: ServerParts): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const tooLong = (context: Context): Response => context.text('too long\n', 413);
  app.on(
    ['POST', 'OPTIONS'],
    '/hooks/:name',
    bodyLimit({ maxSize: longestDelivery, onError: tooLong }),
    (context) => takeIn(context, parts),
  );
  app.all('/hooks/*', (context) => context.text('there is no such endpoint\n', 404));
  app.get('/healthz', (context) => context.text('alive\n'));
  app.get('/readyz', async (context) => {
    const why = await parts.whyNotReady();
    return why === undefined ? context.text('ready\n') : context.text(`${why}\n`, 503);
  });
  app.get('/metrics', async (context) =>
    context.body(await parts.metrics(), 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }),
  );
  app.route('/', createWeb(parts));
  app.onError((error, context) => {
    const away = unavailable(error, context);
    if (away !== undefined) return away;
    parts.onBug(error);
    return context.text('not now\n', 500);
  });
  // The app that others are mounted in says what none of them has.
  app.notFound(notFoundPage);
  return app;
}

async function takeIn(context: Context, { receive, now, onBug }: ServerParts): Promise<Response> {
  const delivery: Delivery = {
    method: context.req.method,
    headers: context.req.header(),
    body: new Uint8Array(await context.req.arrayBuffer()),
    receivedAt: now(),
    query: new URL(context.req.url).search.slice(1),
  };
  try {
    const { status, headers, body } = await receive(context.req.param('name') ?? '', delivery);
    return new Response(status === 204 ? null : body, { status, headers });
  } catch (error) {
    onBug(error instanceof Error ? error : new Error(String(error)));
    // The sender tells it again; nothing of it is lost.
    return context.text('not now\n', 503);
  }
}
