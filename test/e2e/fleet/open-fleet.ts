// Owns a fleet for tests: a PostgreSQL server, workers as processes, and effects that are counted from outside.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { makeRunId, type RunId } from '../../../src/basics/address.ts';
import { Library } from '../../../src/cli/serving/shelf/library.ts';
import { requestOf } from '../../../src/cli/serving/shelf/request-of.ts';
import type { PgDatabase } from '../../../src/engine/postgres/pg-database.ts';
import { DbosQueue } from '../../../src/engine/queue/dbos-queue.ts';
import { waitMs } from '../../budgets.ts';
import { processesWith, signal } from '../processes-with.ts';
import { makePostgres } from '../services.ts';

export const tool = join(import.meta.dirname, '..', '..', '..', 'dist', 'runsheet.js');

/** Whoever is silent for three of them has died. */
export const beatMs = 400;

/** A worker that goes on. */
export interface FleetProcess {
  readonly process: ChildProcess;
  readonly pid: number;
  /** Its own state folder. */
  readonly state: string;
  readonly ended: Promise<number | null>;
  said(): string;
}

export type Fleet = Awaited<ReturnType<typeof openFleet>>;

/** Opens one with a library of these pages; `dispose` ends all of it. `more`: of its PostgreSQL, and `beat` milliseconds between two signs of life. */
export async function openFleet(
  pages: Readonly<Record<string, string>>,
  more: { readonly alsoAt?: string; readonly isDurable?: boolean; readonly beat?: number } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'runsheet-fleet-'));
  const libraryFolder = join(folder, 'library');
  for (const [name, text] of Object.entries(pages)) {
    mkdirSync(dirname(join(libraryFolder, name)), { recursive: true });
    writeFileSync(join(libraryFolder, name), text);
  }
  const { beat = beatMs } = more;
  const cluster = await makePostgres({ maxConnections: 200, ...more });
  await cluster.start();
  const url = `postgres://postgres@127.0.0.1:${cluster.port}/postgres`;
  const queue = await DbosQueue.open({
    url,
    leaseMs: 3 * beat,
    makeRunId: (at) => makeRunId(new Date(at), randomBytes(4)),
  });
  const { database } = queue;
  await database.query('CREATE TABLE public.effect (id SERIAL PRIMARY KEY, name TEXT NOT NULL)');
  const lines = join(folder, 'lines');
  const workers = new Set<FleetProcess>();
  const library = new Library(libraryFolder);
  let orders = 0;
  const start = (
    program: readonly string[],
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): FleetProcess => {
    const state = mkdtempSync(join(folder, 'state-'));
    const [file = '', ...before] = program;
    const line = ['worker', '--library', libraryFolder, '--state-dir', state, '--beat', `${beat}ms`, ...args];
    const worker = spawn(file, [...before, ...line], {
      env: { ...process.env, RUNSHEET_DATABASE: url, EFFECTS: url, LINES: lines, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [worker.stdout, worker.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    const ended = new Promise<number | null>((resolve) => worker.once('close', resolve));
    const made = { process: worker, pid: worker.pid ?? 0, state, ended, said: () => said };
    workers.add(made);
    void ended.then(() => workers.delete(made));
    return made;
  };
  const here = [process.execPath, tool];
  return {
    cluster,
    database,
    queue,
    url,
    libraryFolder,
    /** Where blocks write lines. */
    lines,
    /** Starts a worker. */
    work: (...args: readonly string[]): FleetProcess => start(here, args, {}),
    /** Starts one with more variables. */
    workAs: (env: Readonly<Record<string, string>>, ...args: readonly string[]): FleetProcess =>
      start(here, args, env),
    /** Starts one in another network, from which the database is `alsoAt`. */
    workIn: (network: string, ...args: readonly string[]): FleetProcess =>
      start(['ip', 'netns', 'exec', network, ...here], args, {
        RUNSHEET_DATABASE: url.replace('127.0.0.1', more.alsoAt ?? ''),
      }),
    /** Orders a run of a page. */
    order: async (path: string, inputs: Readonly<Record<string, string>> = {}): Promise<RunId> => {
      const shelved = library.find(path);
      if (shelved === undefined) throw new Error(`the library has no ${path}`);
      const request = requestOf(library, shelved, { inputs, may: 'change', whenResolved: 'ignore' });
      const key = `order ${++orders}`;
      const made = await queue.startRun({ key, request, person: 'ada', via: 'page', at: Date.now() });
      if (made.type !== 'queued') throw new Error(JSON.stringify(made));
      return made.run;
    },
    /** What blocks have done, how often. */
    effects: async (prefix: string): Promise<Readonly<Record<string, number>>> => {
      const { rows } = await database.query(
        'SELECT name, count(*) AS count FROM public.effect WHERE starts_with(name, $1) GROUP BY name ORDER BY name',
        [prefix],
      );
      return Object.fromEntries(
        rows.map(({ name, count }) => [String(name).slice(prefix.length), Number(count)]),
      );
    },
    /** The journal of a run, as `psql` gives it. */
    journal: async (run: RunId): Promise<string> => {
      const sql = `SELECT line FROM runsheet.run_line WHERE run = '${run}' ORDER BY seq`;
      return (await promisify(execFile)('psql', ['-XAtc', sql, url])).stdout;
    },
    record: (run: RunId) => recordOf(database, run),
    dispose: async () => {
      for (const worker of workers) worker.process.kill('SIGKILL');
      for (const pid of toolsWith((word) => word.startsWith(folder))) signal(pid, 'SIGKILL');
      await queue.close().catch(() => {});
      await cluster.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The events of a run, as the database has them. */
async function recordOf(
  database: PgDatabase,
  run: RunId,
): Promise<readonly { type: string; worker: string }[]> {
  const { rows } = await database.query('SELECT worker, line FROM run_line WHERE run = $1 ORDER BY seq', [
    run,
  ]);
  return rows.map(({ worker, line }) => ({
    ...JSON.parse(String(line)).event,
    worker: String(worker),
  }));
}

/** The processes of the tool that have such a word among what they were started with. */
export const toolsWith = (isMeant: (word: string) => boolean): readonly number[] =>
  processesWith((words) => words.includes(tool) && words.some(isMeant));

/** Asks again until the answer is a good one; fails with what was answered last. */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value>,
  isGood: (value: Value) => boolean,
  ms = waitMs.process,
): Promise<Value> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await ask();
    if (isGood(value)) return value;
    if (Date.now() > end) throw new Error(`${what} did not come: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
