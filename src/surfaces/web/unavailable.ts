// Owns what is answered while nothing can be read or kept: the disk is full, or the database is away.
import type { Context } from 'hono';
import { html } from 'hono/html';
import { DatabaseUnavailable } from '../../engine/postgres/pg-database.ts';
import { QueueUnavailable } from '../../engine/queue/run-queue.ts';
import { inline, shell } from './pages/shell.ts';

/** The answer to such a failure, in the form that is asked for; undefined where the failure is another one. */
export function unavailable(error: Error, context: Context): Response | Promise<Response> | undefined {
  if (!(error instanceof QueueUnavailable || error instanceof DatabaseUnavailable)) return undefined;
  const { path } = context.req;
  if (path === '/metrics') return context.text(`not now: ${error.message}\n`, 503);
  if (path.startsWith('/api/'))
    return context.json({ status: 503, detail: `not now: ${error.message}` }, 503, {
      'Content-Type': 'application/problem+json',
    });
  const body = html`<p class="notice alert" role="alert">${inline(error.message)}</p>
<p>Nothing was done of what was asked for last. Runs that go on are not ended by it; try again when it is mended.</p>
<p><a href="/runs">All runs</a></p>`;
  return context.html(shell({ title: 'Not now', person: context.get('person'), body }), 503);
}
