import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runId } from '../../../src/basics/address.ts';
import { EmbeddedQueue } from '../../../src/engine/queue/embedded-queue.ts';
import { builtScript } from '../../built-script.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { alert, request } from './example-event.ts';
import { countingIds } from './run-queue-contract.ts';

/** Below the project, so that the program finds the native package. */
const root = join(import.meta.dirname, '..', '..', '..', '.runsheet-tmp');
let programs: string;
let program: string;

beforeAll(async () => {
  mkdirSync(root, { recursive: true });
  programs = mkdtempSync(join(root, 'acceptor-'));
  program = await builtScript(new URL('endless-acceptor.ts', import.meta.url), programs);
});
afterAll(() => rmSync(programs, { recursive: true, force: true }));

const open = (stateDir: string) =>
  EmbeddedQueue.open({ stateDir, use: 'write', makeRunId: countingIds(), leaseMs: 1_000 });

/** Lets the program go on until it has said `lines` numbers, kills it, and gives all that it said. */
async function acceptAndKill(stateDir: string, lines: number): Promise<readonly number[]> {
  const child = spawn(process.execPath, [program, stateDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    said += part;
    if (said.split('\n').length > lines) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  return said.split('\n').slice(0, -1).map(Number);
}

/** Everything that the queue holds: the keys of its events, and how many runs each led to. */
async function held(stateDir: string): Promise<ReadonlyMap<number, number>> {
  const queue = await open(stateDir);
  const runs = new Map<number, number>();
  for (let from: number | undefined = Number.MAX_SAFE_INTEGER; from !== undefined; ) {
    const page = await queue.events({}, { from, limit: 500 });
    for (const { told } of page.entries) if (told.type === 'event') runs.set(Number(told.key), 0);
    from = page.next;
  }
  for (let from: number | undefined = Number.MAX_SAFE_INTEGER; from !== undefined; ) {
    const page = await queue.runs({}, { from, limit: 500 });
    for (const { origin } of page.entries) {
      const key = origin.type === 'event' ? origin.event : 0;
      runs.set(key, (runs.get(key) ?? Number.NaN) + 1);
    }
    from = page.next;
  }
  await queue.close();
  return runs;
}

test('killed again and again, the server loses nothing that it had promised, and starts nothing twice', async () => {
  const stateDir = temporaryFolder();
  const promised: number[] = [];
  for (let round = 1; round <= 6; round++) {
    promised.push(...(await acceptAndKill(stateDir, 5 + round * 9)));
    const runs = await held(stateDir);
    const numbers = [...runs.keys()].sort((a, b) => a - b);
    // Deliveries have the numbers of their events, without a gap, and each event has one run.
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(promised.filter((number) => !runs.has(number))).toEqual([]);
    expect(new Set(runs.values())).toEqual(new Set([1]));
  }
});

test('what was promised stands in the file, wherever the rest of it is cut off', async () => {
  const stateDir = temporaryFolder();
  const path = join(stateDir, 'queue', 'queue.db');
  const queue = await open(stateDir);
  const lengths: number[] = [];
  for (let number = 1; number <= 6; number++) {
    const event = alert({ key: String(number) });
    const decisions = [{ type: 'start', rule: 'on[0]', request: request() } as const];
    await queue.accept({ events: [{ event, decisions }], raw: new Uint8Array(9_000), at: number });
    lengths.push(statSync(`${path}-wal`).size);
  }
  for (const [index, length] of lengths.entries()) {
    const next = lengths[index + 1] ?? length;
    // Nothing behind it has reached the device, a part of it has, and all but its last byte.
    for (const cut of [length, Math.floor((length + next) / 2), Math.max(length, next - 1)]) {
      const copy = temporaryFolder();
      mkdirSync(join(copy, 'queue'), { mode: 0o700 });
      for (const end of ['', '-wal']) copyFileSync(path + end, join(copy, 'queue', `queue.db${end}`));
      truncateSync(join(copy, 'queue', 'queue.db-wal'), cut);
      const expected = Array.from({ length: index + 1 }, (_, number) => [number + 1, 1] as const);
      expect([...(await held(copy))].sort(([a], [b]) => a - b)).toEqual(expected);
    }
  }
  await queue.close();
});

test('a run is where its worker last said that it is, wherever the power was cut', async () => {
  const stateDir = temporaryFolder();
  const path = join(stateDir, 'queue', 'queue.db');
  const queue = await open(stateDir);
  const claim = (epoch: number) => ({ run: runId('run-1'), epoch });
  const decisions = [{ type: 'start', rule: 'on[0]', request: request() } as const];
  const steps: readonly (() => Promise<unknown>)[] = [
    () => queue.accept({ events: [{ event: alert(), decisions }], raw: new Uint8Array(9_000), at: 1 }),
    () => queue.claim('w', ['default'], 2),
    () => queue.rest(claim(1), { reason: 'it waits', machineMs: 10 }),
    () => queue.wake(claim(1).run, 3),
    () => queue.claim('w', ['default'], 4),
    () => queue.putBack(claim(2), { dueAt: 5, machineMs: 20 }),
    () => queue.claim('w', ['default'], 6),
    () => queue.finish(claim(3), { exit: 0, at: 7, machineMs: 30 }),
  ];
  const known: { readonly length: number; readonly stands: unknown }[] = [];
  for (const step of steps) {
    await step();
    known.push({ length: statSync(`${path}-wal`).size, stands: await queue.run(claim(1).run) });
  }
  const cuts = known.flatMap(({ length, stands }, index) => {
    const next = known[index + 1]?.length ?? length;
    return [length, Math.floor((length + next) / 2), Math.max(length, next - 1)].map((cut) => ({
      cut,
      stands,
    }));
  });
  for (const { cut, stands } of cuts) {
    const copy = temporaryFolder();
    mkdirSync(join(copy, 'queue'), { mode: 0o700 });
    for (const end of ['', '-wal']) copyFileSync(path + end, join(copy, 'queue', `queue.db${end}`));
    truncateSync(join(copy, 'queue', 'queue.db-wal'), cut);
    const after = await open(copy);
    expect(await after.run(claim(1).run)).toEqual(stands);
    // Told again, it leads to no second run; a server that takes it up goes on from there, and says so.
    await after.accept({ events: [{ event: alert(), decisions }], raw: new Uint8Array(), at: 8 });
    const isOver = stands === known.at(-1)?.stands;
    expect((await after.runs({}, { limit: 9 })).entries).toHaveLength(1);
    await after.wake(claim(1).run, 9);
    const taken = await after.claim('w2', ['default'], 10_000);
    expect(taken?.how).toBe(isOver ? undefined : stands === known[0]?.stands ? 'start' : 'needs-resume');
    await after.close();
  }
  await queue.close();
  expect(known.map(({ stands }) => (stands as { status: string }).status)).toEqual([
    ...['queued', 'running', 'resting', 'resting', 'running', 'queued', 'running', 'ended'],
  ]);
});
