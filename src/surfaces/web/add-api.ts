// Owns the interface for programs: JSON over HTTP, with a token instead of a session.
import type { Context, Hono } from 'hono';
import type { Result } from '../../basics/result.ts';
import { renderMarkdownBlocks } from '../reports/page/render-markdown-page.ts';
import { openApi } from './open-api.ts';
import { hasRole, type Role } from './person.ts';
import { readRunFilter, whyNoRunFilter } from './read-run-filter.ts';
import { readWebAnswer, roleFor } from './read-web-answer.ts';
import type { Guesses } from './signing-in/guesses.ts';
import { personOfProgram } from './signing-in/person-of-token.ts';
import type { WebEnv, WebParts } from './web-parts.ts';
import type { WebRefusal } from './web-port.ts';

type Of = Context<WebEnv>;

/** Adds the paths below `/api/v1`; a session is worth nothing there, so that no other page can use one. */
export function addApi(web: Hono<WebEnv>, { port, people, addressOf }: WebParts, guesses: Guesses): void {
  web.get('/api/v1/openapi.json', (context) => context.json(openApi));
  web.use('/api/v1/*', async (context, next) => {
    const [, token] = /^Bearer (\S+)$/.exec(context.req.header('authorization') ?? '') ?? [];
    if (token === undefined) return problem(context, 401, 'give a token: `Authorization: Bearer …`');
    const person = await personOfProgram(token, people, guesses, addressOf(context));
    if (person === 'wait') return problem(context, 429, 'too many wrong tokens; wait a minute');
    if (person === undefined) return problem(context, 401, 'this token is not known');
    context.set('person', { ...person, way: 'api' });
    return lacking(context, 'viewer') ?? next();
  });
  web.get('/api/v1/runs', async (context) => {
    const why = whyNoRunFilter(context.req.query());
    if (why !== undefined) return problem(context, 400, why);
    const filter = readRunFilter(context.req.query());
    return context.json({ runs: await port.runs(filter) });
  });
  web.get('/api/v1/runs/:id', async (context) => {
    const run = await port.run(context.req.param('id'), context.get('person'));
    if (run === undefined) return problem(context, 404, 'there is no such run');
    const { report: _report, questions, ...rest } = run;
    return context.json({
      ...rest,
      questions: questions.map((question) => {
        const { shown: blocks, says: _says, ...asked } = question;
        const shown = blocks.length === 0 ? {} : { shown: renderMarkdownBlocks(blocks) };
        if (asked.type === 'approval') return { ...asked, ...shown };
        const { meanings: _meanings, ...others } = asked;
        return { ...others, ...shown };
      }),
    });
  });
  web.get('/api/v1/library', async (context) => context.json({ runbooks: await port.library() }));
  web.post('/api/v1/runs', (context) => startRun(context, port));
  web.post('/api/v1/runs/:id/answers', (context) => answerRun(context, port));
}

async function startRun(context: Of, port: WebParts['port']): Promise<Response> {
  const denied = lacking(context, 'operator');
  if (denied) return denied;
  const body = await readJson(context);
  const inputs = body?.inputs ?? {};
  if (typeof body?.path !== 'string' || !isTexts(inputs))
    return problem(context, 400, 'expected `{"path": "…", "inputs": {"NAME": "value"}}`');
  const key = context.req.header('idempotency-key');
  const request = { path: body.path, inputs, ...(key && { key }) };
  const started = await port.start(context.get('person'), request);
  if (!started.ok) return problem(context, started.error.status, started.error.message);
  const { run, isJoined } = started.value;
  return context.json({ run, ...(isJoined && { joined: true }) }, 202);
}

async function answerRun(context: Of, port: WebParts['port']): Promise<Response> {
  const body = await readJson(context);
  const answer = body && readWebAnswer(body, Array.isArray(body.items) ? body.items : []);
  if (answer === undefined)
    return problem(context, 400, 'expected an answer: `type`, and what belongs to that type');
  const denied = lacking(context, roleFor(answer));
  if (denied) return denied;
  return answered(context, await port.answer(context.req.param('id') ?? '', context.get('person'), answer));
}

async function readJson(context: Of): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const body: unknown = await context.req.json();
    return typeof body === 'object' && body !== null && !Array.isArray(body)
      ? (body as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((one) => typeof one === 'string')
  );
}

function lacking(context: Of, role: Role): Response | undefined {
  return hasRole(context.get('person'), role)
    ? undefined
    : problem(context, 403, `this token has not got the role ${role}`);
}

function answered(context: Of, done: Result<string, WebRefusal>): Response {
  return done.ok
    ? context.json({ message: done.value }, 200)
    : problem(context, done.error.status, done.error.message);
}

/** As RFC 9457 has it. */
function problem(context: Of, status: WebRefusal['status'] | 401 | 429, detail: string): Response {
  return context.json({ status, detail }, status, { 'Content-Type': 'application/problem+json' });
}
