// Owns the pages that who is signed in can open, and the forms that they send.
import { randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { streamSSE } from 'hono/streaming';
import { visibleText } from '../../text/visible-text.ts';
import { eventPage, eventsPage } from './pages/events-page.ts';
import { libraryPage, runbookPage } from './pages/library-page.ts';
import { handOver, livePart, runPage } from './pages/run-page.ts';
import { runsPage } from './pages/runs-page.ts';
import { blocks, type Html, inline, shell } from './pages/shell.ts';
import { hasRole } from './person.ts';
import { readRunFilter } from './read-run-filter.ts';
import { readWebAnswer, roleFor } from './read-web-answer.ts';
import type { WebEnv } from './web-parts.ts';
import type { WebPort, WebRefusal } from './web-port.ts';

type Of = Context<WebEnv>;

/** A connection that says nothing is taken for dead by what stands between. */
const heartbeatMs = 15_000;
/** Output is renewed no more often. */
const betweenOutputsMs = 700;

/** Adds all of them. */
export function addPages(web: Hono<WebEnv>, port: WebPort): void {
  addRuns(web, port);
  addLibrary(web, port);
  addEvents(web, port);
  web.get('/', (context) => context.redirect('/runs', 303));
  web.get('/statistics', async (context) => {
    const { blocks: of } = await port.statistics();
    return page(context, 'Statistics', '/statistics', blocks(of));
  });
}

function addRuns(web: Hono<WebEnv>, port: WebPort): void {
  web.get('/runs', async (context) => {
    const filter = readRunFilter(context.req.query());
    return page(context, 'Runs', '/runs', runsPage(await port.runs(filter), filter));
  });
  web.get('/runs/:id', async (context) => {
    const person = context.get('person');
    const id = context.req.param('id');
    if (context.req.query('part') === 'running') {
      const running = await port.running(id);
      return running === undefined ? context.notFound() : context.html(blocks(running));
    }
    const run = await port.run(id, person);
    if (run === undefined) return context.notFound();
    if (context.req.query('part') === 'live') return context.html(livePart(run, person));
    return page(context, visibleText(run.title), '/runs', runPage(run, person));
  });
  web.get('/runs/:id/changes', async (context) =>
    (await port.hasRun(context.req.param('id'))) ? changes(context, port) : context.notFound(),
  );
  web.get('/runs/:id/hand-over', async (context) => {
    const found = await port.handOver(context.req.param('id'));
    return found === undefined
      ? context.notFound()
      : page(context, found.title, '/runs', handOver(context.req.param('id'), found.blocks));
  });
  web.get('/runs/:id/outputs/:name', async (context) => {
    const { id, name } = context.req.param();
    const stream = await port.outputStream(id, name);
    if (stream === undefined) return context.notFound();
    return context.body(stream, 200, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': 'inline; filename="output.txt"',
    });
  });
  web.post('/runs/:id/answers', async (context) => {
    const id = context.req.param('id');
    const form = await context.req.parseBody({ all: true });
    const answer = readWebAnswer(form, itemsOf(form.item));
    const back = { at: '/runs', path: `/runs/${id}`, words: 'Back to the run' };
    if (answer === undefined) return refused(context, 400, 'The form is not one of this page.', back);
    const role = roleFor(answer);
    const person = context.get('person');
    if (!hasRole(person, role)) return refused(context, 403, `That takes the role ${role}.`, back);
    const given = await port.answer(id, person, answer);
    return given.ok
      ? context.redirect(`/runs/${id}`, 303)
      : refused(context, given.error.status, given.error.message, back);
  });
}

/** Tells a browser that a run has more to show, from the mark on that it knows, and that its blocks have printed more. */
function changes(context: Of, port: WebPort): Response {
  const id = context.req.param('id') ?? '';
  const known = Number(context.req.header('last-event-id') ?? context.req.query('mark') ?? 0);
  return streamSSE(context, async (stream) => {
    let wake: (() => void) | undefined;
    let newest = Number.isSafeInteger(known) ? known : 0;
    let sent = newest;
    let hasPrinted = false;
    let printedAt = Number.NEGATIVE_INFINITY;
    let isOther = false;
    const unwatch = port.watch(id, (mark) => {
      isOther ||= mark === undefined;
      newest = Math.max(newest, mark ?? 0);
      wake?.();
    });
    const unwatchOutput = port.watchOutput(id, () => {
      hasPrinted = true;
      wake?.();
    });
    stream.onAbort(() => {
      unwatch();
      unwatchOutput();
      wake?.();
    });
    while (!stream.aborted) {
      if (newest > sent || isOther) {
        sent = newest;
        isOther = false;
        // What has been printed is renewed with everything else.
        hasPrinted = false;
        await stream.writeSSE({ event: 'changed', id: String(sent), data: String(sent) });
        continue;
      }
      const restMs = hasPrinted ? printedAt + betweenOutputsMs - performance.now() : heartbeatMs;
      if (restMs <= 0) {
        hasPrinted = false;
        printedAt = performance.now();
        await stream.writeSSE({ event: 'printed', data: '' });
        continue;
      }
      let timer: NodeJS.Timeout | undefined;
      const isOver = await new Promise<boolean>((resolve) => {
        wake = () => resolve(false);
        timer = setTimeout(() => resolve(true), restMs);
      });
      clearTimeout(timer);
      if (isOver && !hasPrinted && !stream.aborted) await stream.write(': still here\n\n');
    }
  });
}

function addLibrary(web: Hono<WebEnv>, port: WebPort): void {
  web.get('/library', async (context) =>
    page(context, 'Library', '/library', libraryPage(await port.library(), port.librarySource())),
  );
  web.get('/library/:path{.+}', async (context) => {
    const found = await port.runbook(context.req.param('path'));
    if (found === undefined) return context.notFound();
    const shown = runbookPage(found, { person: context.get('person'), key: randomUUID() });
    return page(context, visibleText(found.title), '/library', shown);
  });
  web.post('/start', async (context) => {
    const person = context.get('person');
    if (!hasRole(person, 'operator'))
      return refused(context, 403, 'That takes the role operator.', toLibrary);
    const form = await context.req.parseBody();
    const path = typeof form.path === 'string' ? form.path : '';
    const inputs = Object.fromEntries(
      Object.entries(form).flatMap(([name, value]) =>
        name.startsWith('input.') && typeof value === 'string' ? [[name.slice(6), value]] : [],
      ),
    );
    const key = typeof form.key === 'string' && form.key !== '' ? { key: form.key } : {};
    const started = await port.start(person, { path, inputs, ...key });
    if (started.ok && !started.value.isJoined) return context.redirect(`/runs/${started.value.run}`, 303);
    if (started.ok) return leftTo(context, started.value.run);
    const found = await port.runbook(path);
    const { status, message } = started.error;
    if (found === undefined) return refused(context, status, message, toLibrary);
    context.status(status);
    return page(
      context,
      visibleText(found.title),
      '/library',
      runbookPage(found, { person, key: randomUUID(), problem: { message, values: inputs } }),
    );
  });
}

function addEvents(web: Hono<WebEnv>, port: WebPort): void {
  web.get('/events', async (context) =>
    page(context, 'Events', '/events', eventsPage(await port.events(context.req.query('before')))),
  );
  web.get('/events/:id', async (context) => {
    const found = await port.event(context.req.param('id'));
    if (found === undefined) return context.notFound();
    const title = visibleText(found.event.title) || 'Event';
    return page(context, title, '/events', eventPage(found.event, found.shown, context.get('person')));
  });
  web.post('/events/:id/replay', async (context) => {
    const person = context.get('person');
    const back = {
      at: '/events',
      path: `/events/${encodeURIComponent(context.req.param('id'))}`,
      words: 'Back to the event',
    };
    if (!hasRole(person, 'operator')) return refused(context, 403, 'That takes the role operator.', back);
    const replayed = await port.replay(context.req.param('id'), person);
    return replayed.ok
      ? context.redirect(`/events/${replayed.value}`, 303)
      : refused(context, replayed.error.status, replayed.error.message, back);
  });
}

function page(context: Of, title: string, at: string, body: Html): Response | Promise<Response> {
  return context.html(shell({ title, at, person: context.get('person'), body }));
}

/** Where somebody goes on whose form was refused. */
interface Back {
  /** The list that it belongs to. */
  readonly at: string;
  readonly path: string;
  readonly words: string;
}

/** Nobody takes the run of somebody else for the one that they have asked for. */
function leftTo(context: Of, run: string): Response | Promise<Response> {
  const message = `No run was started: \`${run}\` is there already, with its own inputs, and it is left to that one.`;
  return refused(context, 409, message, {
    at: '/runs',
    path: `/runs/${run}`,
    words: 'The run that is there',
  });
}

const toLibrary: Back = { at: '/library', path: '/library', words: 'Back to the library' };

function refused(
  context: Of,
  status: WebRefusal['status'],
  message: string,
  { at, path, words }: Back,
): Response | Promise<Response> {
  context.status(status);
  return page(
    context,
    'Not done',
    at,
    html`<p class="notice alert" role="alert">${inline(message)}</p><p><a href="${path}">${words}</a></p>`,
  );
}

/** What there is not; who is signed in is led on. */
export function notFoundPage(context: Of): Response | Promise<Response> {
  const body = html`<p>There is no such page here. It may have been of a run that is kept no more.</p>
<p><a href="/runs">All runs</a></p>`;
  return context.html(shell({ title: 'Not found', person: context.get('person'), body }), 404);
}

/** Boxes that were ticked, by their number; a box that is none makes the form none of ours. */
function itemsOf(written: unknown): readonly unknown[] {
  if (written === undefined) return [];
  return (Array.isArray(written) ? written : [written]).map(Number);
}
