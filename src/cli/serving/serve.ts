// Owns `runsheet serve`: one process that takes in events, works on runs, and shows them.
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, resolve } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { errorMessage } from '../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { QueueUnavailable } from '../../engine/queue/run-queue.ts';
import { openRuleJudge } from '../../engine/triggers/rule-judge.ts';
import { respondInSlack } from '../../surfaces/notify/asking/ask-by-slack.ts';
import { createServerApp } from '../../surfaces/web/create-server-app.ts';
import { type OidcSettings, OidcSignIn } from '../../surfaces/web/signing-in/oidc-sign-in.ts';
import type { WebPort, WebRefusal } from '../../surfaces/web/web-port.ts';
import { exitCode } from '../exit-code.ts';
import { chosenStateFolder } from '../load/open-run-store.ts';
import { missingPart } from '../missing-part.ts';
import { databaseAddress, databaseVariable } from '../queues/database-address.ts';
import { type Complaint, refuse } from '../refusal.ts';
import { complain } from '../report-diagnostics.ts';
import { systemClock } from '../system-clock.ts';
import { writeMessage } from '../write-result.ts';
import { answerClicks } from './asking/answer-clicks.ts';
import { variablesIn } from './asking/asking-settings.ts';
import { createLinkPort } from './asking/create-link-port.ts';
import { PeopleAsker } from './asking/people-asker.ts';
import { whomToAsk } from './asking/whom-to-ask.ts';
import { type PlaceOfRuns, RunsHere, type ServedWorker } from './drives/runs-here.ts';
import { Tally } from './drives/tally.ts';
import { whyNotReady } from './drives/why-not-ready.ts';
import { fetchText } from './fetch-text.ts';
import { noRepository } from './fleet/no-repository.ts';
import { RunsOfFleet } from './fleet/runs-of-fleet.ts';
import { knownPeople } from './known-people.ts';
import { hostWords, isLoopback, type ListenPlace, originsOf, readListen } from './listen-place.ts';
import { loadServeFile } from './load-serve-file.ts';
import { lookNowAndThen } from './look-now-and-then.ts';
import { metricsOf } from './metrics-of.ts';
import { openEndpoints, secretVariables } from './open-endpoints.ts';
import { openProvider } from './open-provider.ts';
import { createWebPort } from './page/create-web-port.ts';
import { JournalWatch } from './page/journal-watch.ts';
import { type ReceiverParts, receive } from './receive.ts';
import { replay } from './replay.ts';
import type { ServeSettings } from './serve-settings.ts';
import { fetchFirst, followLibrary } from './shelf/follow-library.ts';
import type { GitLibrary } from './shelf/git-library.ts';
import type { Library } from './shelf/library.ts';
import { openLibrary } from './shelf/open-library.ts';
import { pageOfRun } from './shelf/page-of-run.ts';
import { untilAskedToEnd } from './until-asked-to-end.ts';

/** What `runsheet serve` was given. */
export interface ServeOptions {
  readonly config?: string;
  readonly library?: string;
  readonly listen: string;
  readonly worker: boolean;
  readonly stateDir?: string;
  /** Where the runs of a fleet are. */
  readonly database?: string;
  /** Milliseconds between two signs of life of its worker, where it is one of a fleet. */
  readonly beat: number;
}

const systemNow = (): number => systemClock.now().getTime();
const tell = (line: string): void => writeMessage(`${line}\n`);
const clicking = { respond: respondInSlack, tell };

/** Serves until it is asked to end; gives the exit code. */
export async function serve(options: ServeOptions): Promise<number> {
  const settings = loadServeFile(options.config);
  if (settings === undefined) return exitCode.usage;
  const stateDir = resolve(chosenStateFolder(options.stateDir));
  const chosen = choose(options, settings, stateDir);
  if (!chosen.ok) return refuse(chosen.error);
  const { listens, ...found } = chosen.value;
  if (found.git !== undefined && databaseAddress(options.database) !== undefined) return refuse(noRepository);
  const unfetched = await fetchFirst(found.git, tell);
  if (unfetched !== undefined) return refuse(unfetched);
  let place: PlaceOfRuns;
  try {
    place = await openPlace(options, stateDir);
  } catch (error) {
    if (!(error instanceof QueueUnavailable)) throw error;
    complain(errorMessage(error));
    return exitCode.failed;
  }
  try {
    return await run({ ...listens, ...found, options, settings, place });
  } finally {
    await place.close();
  }
}

/** Throws `QueueUnavailable`. */
function openPlace({ database, beat }: ServeOptions, stateDir: string): Promise<PlaceOfRuns> {
  const url = databaseAddress(database);
  const parts = { stateDir, now: systemNow, tell };
  return url === undefined ? RunsHere.open(parts) : RunsOfFleet.open({ ...parts, url, beatMs: beat });
}

/** What of a server is found out before it begins. */
interface Chosen {
  readonly listens: ListenPlace;
  readonly endpoints: ReceiverParts['endpoints'];
  readonly library: Library;
  readonly git?: GitLibrary;
  readonly provider?: OidcSettings;
}

function choose(
  { listen, config, library }: ServeOptions,
  settings: ServeSettings,
  stateDir: string,
): Result<Chosen, Complaint> {
  const listens = readListen(listen);
  if (listens === undefined)
    return fail({
      message: `\`--listen ${listen}\` is no address`,
      help: 'give an address and a port, such as `127.0.0.1:8042`',
    });
  if (!isLoopback(listens.host) && settings.publicUrl === undefined)
    return fail({
      message: `\`--listen ${listen}\` lets other machines in, and it is not known by which address they come`,
      help: 'say it as `public-url:` in `serve.yaml`: the address of the proxy in front, which speaks https',
    });
  const unset = variablesIn(settings.mail, settings.slack).find((name) => process.env[name] === undefined);
  if (unset !== undefined)
    return fail({
      message: `the environment has no \`${unset}\`, which \`serve.yaml\` names`,
      help: 'set it where the server is started',
    });
  const endpoints = openEndpoints(settings.endpoints, config === undefined ? '.' : dirname(config));
  if (!endpoints.ok) return fail({ message: endpoints.error });
  const provider = openProvider(settings.oidc, config === undefined ? '.' : dirname(config));
  if (!provider.ok) return fail({ message: provider.error });
  const shelf = openLibrary(
    {
      ...{ stateDir, now: systemNow },
      ...(config !== undefined && { config }),
      ...(library !== undefined && { library }),
    },
    settings.library,
  );
  if (!shelf.ok) return shelf;
  return ok({
    listens,
    endpoints: endpoints.value,
    ...shelf.value,
    ...(provider.value && { provider: provider.value }),
  });
}

interface Parts extends ListenPlace, Omit<Chosen, 'listens'> {
  readonly options: ServeOptions;
  readonly settings: ServeSettings;
  readonly place: PlaceOfRuns;
}

async function run(parts: Parts): Promise<number> {
  const { settings, place, library, options, host, port } = parts;
  const { queue } = place;
  const token = randomBytes(24).toString('base64url');
  const origins = new Set<string>();
  const rules = openRuleJudge(new URL('./rule-worker.js', import.meta.url));
  const tally = new Tally();
  const worker = options.worker ? workerOf(parts, tally) : undefined;
  const wake = (): void => worker?.wake();
  const receiver: ReceiverParts = {
    ...parts,
    queue,
    people: settings.people,
    queues: settings.queues,
    decide: rules.decide,
    fetchText,
    tally,
    clicks: (answers) => answerClicks({ ...clicking, port: web, people: settings.people }, answers),
    wake,
  };
  const web = webOf(parts, receiver);
  const missing = missingPart();
  const renewed = new AbortController();
  const app = appOf(parts, {
    web,
    receiver,
    token,
    origins,
    worker,
    isMissing: missing.isCause,
    gone: () => renewed.abort(),
  });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const refused = await listenAt(server, parts);
  if (refused !== undefined) {
    complain(`cannot listen at \`${hostWords(host)}:${port}\`: ${refused}`);
    return exitCode.failed;
  }
  const bound = { host, port: (server.address() as AddressInfo).port };
  for (const origin of originsOf(bound, settings.publicUrl)) origins.add(origin);
  const unstarted = await worker?.start();
  if (unstarted !== undefined) {
    complain(unstarted);
    server.close();
    await rules.close();
    return exitCode.failed;
  }
  const [address] = origins;
  tell(`serving \`${library.state.name}\` at ${address}`);
  tell(`its owner signs in with the token ${token}`);
  const asker = askerOf(parts, address ?? '');
  const stopLooking = lookNowAndThen({ place, hasWorker: options.worker, receiver, asker, tell });
  const stopFetching = parts.git && followLibrary(parts.git, queue, tell);
  await untilAskedToEnd(async (hurry) => {
    tell('stopping: each run pauses after the block that runs now; asked again, their processes are ended');
    stopLooking();
    stopFetching?.();
    await asker.end();
    server.close();
    server.closeIdleConnections();
    await worker?.end(hurry);
    server.closeAllConnections();
    await rules.close();
  }, renewed.signal);
  if (!renewed.signal.aborted) return exitCode.succeeded;
  // Who looks after the server starts it again, with the tool that is there now.
  missing.tell();
  return exitCode.failed;
}

function webOf({ place, library, settings }: Parts, receiver: ReceiverParts): WebPort {
  const { store, queue, give, now } = place;
  const journals = new JournalWatch(store);
  return createWebPort({
    ...{ store, library, queue, give, now },
    queues: settings.queues,
    wake: receiver.wake,
    watch: (id, onChange) => journals.watch(id, onChange),
    replay: (id, { name }) => replayFor(receiver, now, id, name),
  });
}

/** What is there only once a server begins. */
interface Begun {
  readonly web: WebPort;
  readonly receiver: ReceiverParts;
  readonly token: string;
  readonly origins: ReadonlySet<string>;
  readonly worker: ServedWorker | undefined;
  /** Whether a failure is that of a tool whose parts are gone, and what is to be called then. */
  readonly isMissing: (error: unknown) => boolean;
  readonly gone: () => void;
}

function appOf(
  { settings, place, library, provider }: Parts,
  { web, receiver, token, origins, worker, isMissing, gone }: Begun,
): ReturnType<typeof createServerApp> {
  const { queue, now } = place;
  const startedAt = now();
  const people = knownPeople(settings, token, { queue, now });
  return createServerApp({
    port: web,
    links: createLinkPort({ queue, port: web, people: settings.people, now }),
    people,
    ...(provider && { oidc: new OidcSignIn({ settings: provider, people, origins, now, tell }) }),
    origins,
    isSecure: settings.publicUrl?.startsWith('https:') === true,
    now,
    addressOf: (context) => getConnInfo(context).remote.address ?? '',
    onBug: (error) => (isMissing(error) ? gone() : tell(`error: ${error.stack ?? error.message}`)),
    receive: (name, delivery) => receive(receiver, name, delivery),
    whyNotReady: whyNotReady(queue, now),
    metrics: async () =>
      metricsOf(queue, {
        more: [...(await place.metrics()), ...(receiver.tally?.lines() ?? [])],
        busy: worker?.busy ?? 0,
        slots: worker === undefined ? 0 : settings.workers,
        startedAt,
        library: library.state,
      }),
  });
}

function askerOf({ place: { store, queue, now }, settings }: Parts, origin: string): PeopleAsker {
  const whom = whomToAsk({ settings, queue, origin, env: process.env, now });
  return new PeopleAsker({ store, queue, whom, now, tell });
}

function workerOf({ place, library, settings, options }: Parts, tally: Tally): ServedWorker {
  return place.workerOf({
    pageOf: (run) => pageOfRun(library, run),
    program: [process.execPath, ...process.execArgv, process.argv[1] ?? ''],
    servedBy: settings.publicUrl ?? `http://${options.listen}`,
    withheld: new Set([
      databaseVariable,
      ...secretVariables(settings.endpoints, settings.oidc?.secret),
      ...variablesIn(settings.mail, settings.slack),
    ]),
    slots: settings.workers,
    queues: settings.queues,
    onEnd: (outcome) => tally.ended(outcome),
  });
}

/** As somebody of the page asks for it. */
async function replayFor(
  receiver: ReceiverParts,
  now: () => number,
  id: string,
  name: string,
): Promise<Result<string, WebRefusal>> {
  const decided = await replay(receiver, id, { name, again: false }, now());
  if (decided.ok) return ok(id);
  const { type, message } = decided.error;
  return fail({ status: type === 'unknown' ? 404 : 422, message: `${message}.` });
}

/** Why it cannot be listened there; undefined once it is. */
function listenAt(server: Server, { host, port }: ListenPlace): Promise<string | undefined> {
  return new Promise((resolve) => {
    const refuse = (error: Error): void => resolve(errorMessage(error));
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      resolve(undefined);
    });
  });
}
