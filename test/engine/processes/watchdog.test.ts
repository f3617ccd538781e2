// Tests that the watchdog knows what runs, however it has been told: of much, of little, and of one after the other.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listTree } from '../../../src/engine/processes/process-tree.ts';
import { waitMs } from '../../budgets.ts';

const folder = mkdtempSync(join(tmpdir(), 'runsheet-watchdog-'));
const program = join(folder, 'tool.mjs');
const programOfLeft = join(folder, 'left.mjs');

/** Watches over a shell that ends at once and leaves a job in a group of its own, which `timeout` makes. */
const contentsOfLeft = `
import { spawn } from 'node:child_process';
import { Watchdog } from './watchdog.ts';
const watchdog = new Watchdog(process.argv[2]);
const shell = spawn('sh', ['-c', 'timeout 101 sleep 100 >&- & echo $!'], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
watchdog.watch(shell.pid);
let job = '';
shell.stdout.on('data', (bytes) => { job += bytes; });
shell.on('close', () => setTimeout(() => console.log(shell.pid + ' ' + job.trim()), 200));
setInterval(() => {}, 1000);
`;

/** Watches over three sleeping groups, lets go of some when that is wanted, says their numbers, and waits to be killed. */
const contents = `
import { spawn } from 'node:child_process';
import { Watchdog } from './watchdog.ts';
const [folder, markLength, kept] = process.argv.slice(2);
const watchdog = new Watchdog(folder);
const groups = [0, 1, 2].map(() => spawn('sleep', ['100'], { detached: true, stdio: 'ignore' }).pid);
const ends = groups.map((group, index) => watchdog.watch(group, index + 'x'.repeat(Number(markLength))));
for (const end of ends.slice(Number(kept))) end();
// Told with the next, or a little later.
setTimeout(() => console.log(groups.join(' ')), 200);
setInterval(() => {}, 1000);
`;

beforeAll(async () => {
  const resolveDir = join(import.meta.dirname, '../../../src/engine/processes');
  const common = { bundle: true, platform: 'node', format: 'esm' } as const;
  const sources = { [program]: contents, [programOfLeft]: contentsOfLeft };
  for (const [outfile, source] of Object.entries(sources))
    await build({ ...common, outfile, stdin: { contents: source, resolveDir, loader: 'ts' } });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The watchdogs that a process has started. */
function watchersOf(parent: number | undefined): number[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=', '-o', 'ppid=', '-o', 'args='], { encoding: 'utf8' });
  return [...listed.matchAll(/^ *(\d+) +(\d+) +\/bin\/sh -c folder=/gm)].flatMap(([, pid, above]) =>
    Number(above) === parent ? [Number(pid)] : [],
  );
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + waitMs.change;
  while (!holds() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
}

test.each([
  ['of little', 10, 3],
  ['of more than a page', 2000, 3],
  ['of more than a page, and then of less', 2000, 1],
  ['of some, and then of none', 10, 0],
])('is told %s', async (_, markLength, kept) => {
  const tool = spawn(process.execPath, [program, folder, String(markLength), String(kept)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(tool.stdout, 'data');
  const groups = String(said).trim().split(' ').map(Number);
  const watchers = watchersOf(tool.pid);
  expect(watchers).toHaveLength(1);
  tool.kill('SIGKILL');
  // To see that it has done no more, it has to have come to its end.
  await until(() => !watchers.some(isThere));
  expect(groups.map(isThere)).toEqual(groups.map((_group, index) => index >= kept));
  for (const group of groups.slice(kept)) process.kill(group, 'SIGKILL');
});

test('ends what a shell has left in its session when it went first', async () => {
  const tool = spawn(process.execPath, [programOfLeft, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(tool.stdout, 'data');
  const [leader = 0, job = 0] = String(said).trim().split(' ').map(Number);
  let left: number[] = [];
  const look = async (): Promise<number[]> => {
    left = (await listTree({ leader })).map(({ pid }) => pid);
    return left;
  };
  await expect.poll(look).toEqual([job, expect.any(Number)]);
  const watchers = watchersOf(tool.pid);
  tool.kill('SIGKILL');
  await until(() => !watchers.some(isThere));
  expect([leader, ...left].map(isThere)).toEqual([false, false, false]);
});
