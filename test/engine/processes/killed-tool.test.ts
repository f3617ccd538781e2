import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitMs } from '../../budgets.ts';
import { buildSmallTool } from './small-tool.ts';

const folder = mkdtempSync(join(tmpdir(), 'runsheet-killed-'));
const program = join(folder, 'program.mjs');
const hastyProgram = join(folder, 'hasty.mjs');
const backgroundProgram = join(folder, 'background.mjs');
const terminalProgram = join(folder, 'terminal.mjs');

/** Kills the tool as soon as the block runs, or half a second after all was ready, before it hears anything more. */
const killItself = `
import { existsSync } from 'node:fs';
await run('true');
await run(code, { language }, {
  beforeCode: async () => {
    setImmediate(() => {
      const deadline = performance.now() + 500;
      while (!existsSync(runFolder + '/pid') && performance.now() < deadline);
      process.kill(process.pid, 'SIGKILL');
    });
  },
});`;

beforeAll(async () => {
  await buildSmallTool(
    program,
    "await run('true'); await run(code, { language }); await run('echo >over'); setInterval(() => {}, 1000);",
  );
  await buildSmallTool(hastyProgram, killItself);
  await buildSmallTool(
    backgroundProgram,
    "await run(code, { language, background: true }); await run('true'); setInterval(() => {}, 1000);",
  );
  symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'));
  await buildSmallTool(
    terminalProgram,
    "await run(code, { language }, { terminal: { type: 'own', columns: 80, rows: 24, attach() {} } });",
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + waitMs.change;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('it did not come to hold in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The living processes that a tool with this run folder started, itself left out. */
function startedIn(runFolder: string, tool: ChildProcess): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === tool.pid) return false;
    try {
      if (/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))) return false;
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`RUNSHEET_TEST_OF=${runFolder}\0`);
    } catch {
      return false;
    }
  });
}

const hasWatchdog = (tool: ChildProcess): boolean =>
  readdirSync('/proc').some((pid) => {
    try {
      const parent = / (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) ./s, ''))?.[1];
      return (
        Number(parent) === tool.pid && readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('groups=')
      );
    } catch {
      return false;
    }
  });

function startTool(
  name: string,
  language: string,
  code: string,
  file = program,
): { tool: ChildProcess; runFolder: string } {
  const runFolder = mkdtempSync(join(folder, name));
  writeFileSync(join(runFolder, 'keep'), '');
  const tool = spawn(process.execPath, [file, runFolder, language, code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { tool, runFolder };
}

test.runIf(existsSync('/proc/self/environ'))(
  'a tool that is killed while idle leaves no shell behind',
  async () => {
    const { tool, runFolder } = startTool('idle', 'sh', 'true');
    await until(() => existsSync(join(runFolder, 'keep')) && startedIn(runFolder, tool).length > 0);
    tool.kill('SIGKILL');
    await until(() => startedIn(runFolder, tool).length === 0);
    expect(startedIn(runFolder, tool)).toEqual([]);
  },
);

test.runIf(existsSync('/proc/self/environ')).each([
  ['sh', "trap '' INT TERM; echo $$ >pid; sh -c 'sleep 100' & sleep 100"],
  ['python', 'import time\nopen("pid", "w").write("1")\ntime.sleep(100)'],
])('a tool that is killed takes its running %s block with it', async (language, code) => {
  const { tool, runFolder } = startTool('running', language, code);
  await until(() => existsSync(join(runFolder, 'pid')) && hasWatchdog(tool));
  const pipes = readdirSync(runFolder).find((name) => name.startsWith('.pipes-')) ?? '';
  const memory = readlinkSync(join(runFolder, pipes, 'code'));
  expect(existsSync(memory)).toBe(true);
  tool.kill('SIGKILL');
  await until(() => startedIn(runFolder, tool).length === 0);
  expect(startedIn(runFolder, tool)).toEqual([]);
  // Its code is not left in memory.
  await until(() => !existsSync(memory));
});

test.runIf(existsSync('/proc/self/environ'))(
  'no block begins before what ends it is told of it',
  async () => {
    const code = 'echo $$ >pid; sleep 100';
    const { tool, runFolder } = startTool('hasty', 'sh', code, hastyProgram);
    await once(tool, 'exit');
    await until(() => startedIn(runFolder, tool).length === 0);
    expect(startedIn(runFolder, tool)).toEqual([]);
  },
);

/** What leaves its group and its parent, ignores the gentle signals, and starts something of that kind itself. */
const daemons = [
  "trap '' INT TERM HUP",
  "( setsid sh -c 'setsid sleep 100 & echo >escaped; sleep 100' & )",
  // Without a mark it can be told by its descent.
  "env -i setsid sh -c 'echo >stripped; while :; do sleep 0.1; done' & echo $! >stripped-pid",
  'until [ -e escaped ] && [ -e stripped ]; do sleep 0.02; done; echo >pid; sleep 100',
].join('\n');

test.runIf(existsSync('/proc/self/environ')).each([
  ['a block', program],
  ['a block in the background', backgroundProgram],
  ['a block on a terminal', terminalProgram],
])('a tool that is killed takes along what has left the group of %s', async (_, file) => {
  const { tool, runFolder } = startTool('daemons', 'sh', daemons, file);
  await until(() => existsSync(join(runFolder, 'pid')) && hasWatchdog(tool));
  const stripped = readFileSync(join(runFolder, 'stripped-pid'), 'utf8').trim();
  expect(isThere(stripped)).toBe(true);
  tool.kill('SIGKILL');
  await until(() => startedIn(runFolder, tool).length === 0 && !isThere(stripped));
});

test.runIf(existsSync('/proc/self/environ'))('what earlier blocks have left behind stays', async () => {
  const code = 'setsid sleep 100 & echo $! >left-pid';
  const { tool, runFolder } = startTool('left', 'sh', code, program);
  await until(() => existsSync(join(runFolder, 'over')) && hasWatchdog(tool));
  tool.kill('SIGKILL');
  const left = readFileSync(join(runFolder, 'left-pid'), 'utf8').trim();
  await until(() => startedIn(runFolder, tool).join() === left);
  process.kill(Number(left), 'SIGKILL');
});

function isThere(pid: string): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}
