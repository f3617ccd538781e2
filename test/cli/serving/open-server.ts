// Owns a server without a port: its paths are asked in this process, over a real folder of runs, queue and library.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeRunId } from '../../../src/basics/address.ts';
import { fail, ok } from '../../../src/basics/result.ts';
import { answerClicks } from '../../../src/cli/serving/asking/answer-clicks.ts';
import { createLinkPort } from '../../../src/cli/serving/asking/create-link-port.ts';
import { PeopleAsker } from '../../../src/cli/serving/asking/people-asker.ts';
import { whomToAsk } from '../../../src/cli/serving/asking/whom-to-ask.ts';
import { Tally } from '../../../src/cli/serving/drives/tally.ts';
import { whyNotReady } from '../../../src/cli/serving/drives/why-not-ready.ts';
import { knownPeople } from '../../../src/cli/serving/known-people.ts';
import { metricsOf } from '../../../src/cli/serving/metrics-of.ts';
import { openEndpoints } from '../../../src/cli/serving/open-endpoints.ts';
import { openProvider } from '../../../src/cli/serving/open-provider.ts';
import { createWebPort } from '../../../src/cli/serving/page/create-web-port.ts';
import { type ReceiverParts, receive } from '../../../src/cli/serving/receive.ts';
import { replay } from '../../../src/cli/serving/replay.ts';
import { readServeSettings } from '../../../src/cli/serving/serve-settings.ts';
import { Library } from '../../../src/cli/serving/shelf/library.ts';
import { RunStore } from '../../../src/engine/journal/run-store.ts';
import { EmbeddedQueue } from '../../../src/engine/queue/embedded-queue.ts';
import { openRuleJudge } from '../../../src/engine/triggers/rule-judge.ts';
import { createServerApp } from '../../../src/surfaces/web/create-server-app.ts';
import { OidcSignIn } from '../../../src/surfaces/web/signing-in/oidc-sign-in.ts';
import { decodeSource } from '../../../src/text/source-file.ts';

/** The token of the owner of these servers. */
export const ownerToken = 'the-token';
const origin = 'http://127.0.0.1:8042';

/** Who asks, and what beside the path. */
export interface Asking {
  /** Whom the proxy in front names. */
  readonly who?: string;
  readonly token?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Opens one over a library of these pages; `settings` is its `serve.yaml`. */
export async function openServer(
  pages: Readonly<Record<string, string>>,
  settings: string,
  startMs = Date.parse('2026-11-29T10:00:00Z'),
) {
  const folder = mkdtempSync(join(tmpdir(), 'runsheet-server-'));
  mkdirSync(join(folder, 'library'));
  for (const [name, text] of Object.entries(pages)) {
    mkdirSync(dirname(join(folder, 'library', name)), { recursive: true });
    writeFileSync(join(folder, 'library', name), text);
  }
  const read = readServeSettings(decodeSource('serve.yaml', Buffer.from(settings)).source);
  const endpoints = openEndpoints(read.settings.endpoints, folder);
  if (read.diagnostics.length > 0 || !endpoints.ok) throw new Error(JSON.stringify([read, endpoints]));
  const { people, queues } = read.settings;
  const store = new RunStore(join(folder, 'state'));
  let now = startMs;
  const queue = await EmbeddedQueue.open({
    stateDir: join(folder, 'state'),
    use: 'write',
    makeRunId: (at) => makeRunId(new Date(at), randomBytes(4)),
    leaseMs: 20_000,
  });
  const rules = openRuleJudge(new URL('../../../dist/rule-worker.js', import.meta.url));
  onTestFinished(async () => {
    await rules.close();
    await queue.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const library = new Library(join(folder, 'library'));
  const bugs: Error[] = [];
  const said: string[] = [];
  /** What was told to who clicked in a chat. */
  const told: (readonly [url: string, text: string, isForAll: boolean])[] = [];
  const tally = new Tally();
  const receiver: ReceiverParts = {
    tally,
    ...{ queue, library, people, queues, endpoints: endpoints.value },
    decide: rules.decide,
    fetchText: async () => {
      throw new Error('nothing is fetched in these tests');
    },
    clicks: (answers) =>
      answerClicks(
        {
          ...{ port, people },
          respond: async (...parts) => void told.push(parts),
          tell: (line) => said.push(line),
        },
        answers,
      ),
    wake: () => {},
  };
  const port = createWebPort({
    ...{ store, library, queue, queues, now: () => now, wake: () => {}, watch: () => () => {} },
    replay: async (id, { name }) => {
      const decided = await replay(receiver, id, { name, again: false }, now);
      return decided.ok ? ok(id) : fail({ status: 404, message: decided.error.message });
    },
  });
  const newAsker = () =>
    new PeopleAsker({
      store,
      queue,
      whom: whomToAsk({ settings: read.settings, queue, origin, env: process.env, now: () => now }),
      now: () => now,
      tell: (line) => said.push(line),
    });
  const origins = new Set([origin]);
  const known = knownPeople(read.settings, ownerToken, { queue, now: () => now });
  const provider = openProvider(read.settings.oidc, folder);
  if (!provider.ok) throw new Error(provider.error);
  const app = createServerApp({
    port,
    links: createLinkPort({ queue, port, people, now: () => now }),
    people: known,
    origins,
    ...(provider.value && {
      oidc: new OidcSignIn({
        ...{ settings: provider.value, people: known, origins, now: () => now },
        tell: (line) => said.push(line),
      }),
    }),
    isSecure: false,
    now: () => now,
    addressOf: (context) => context.req.header('x-from') ?? '127.0.0.1',
    onBug: (error) => bugs.push(error),
    receive: (name, delivery) => receive(receiver, name, delivery),
    whyNotReady: whyNotReady(queue, () => now),
    metrics: () =>
      metricsOf(queue, {
        busy: 0,
        slots: 1,
        startedAt: startMs,
        library: library.state,
        more: tally.lines(),
      }),
  });
  return {
    ...{ app, store, queue, library, bugs, folder, said, told, newAsker, port },
    pass: (ms: number) => {
      now += ms;
    },
    ask: async (path: string, { who, token, form, json, headers = {} }: Asking = {}) => {
      const body = form ? new URLSearchParams(form) : json === undefined ? undefined : JSON.stringify(json);
      const answer = await app.request(`${origin}${path}`, {
        ...(body !== undefined && { method: 'POST', body }),
        headers: {
          host: '127.0.0.1:8042',
          ...(who && { 'x-user': who }),
          ...(token && { authorization: `Bearer ${token}` }),
          ...(form && { origin }),
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
      });
      return { status: answer.status, text: await answer.text(), headers: answer.headers };
    },
  };
}
