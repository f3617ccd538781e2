// Blocks that print much on a terminal, on a machine that has better things to do than to read it. How many are run can
// be chosen: RUNSHEET_TERMINAL_BLOCKS=200.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildSmallTool } from './small-tool.ts';

const blocks = Number(process.env.RUNSHEET_TERMINAL_BLOCKS ?? 3);
const lines = 20_000;
const folder = mkdtempSync(join(tmpdir(), 'runsheet-load-'));
const program = join(folder, 'program.mjs');
const load: ChildProcess[] = [];

beforeAll(async () => {
  symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'));
  await buildSmallTool(
    program,
    `import { createHash } from 'node:crypto';
const attach = () => {};
for (let block = 0; block < ${blocks}; block++) {
  const shown = createHash('sha256');
  const ran = await run('seq -f "line %.0f of ${lines}" ${lines}', { language: ['bash', 'dash', 'zsh'][block % 3] }, {
    terminal: { type: 'own', columns: 80, rows: 24, attach },
    onOutput: ({ bytes }) => shown.update(bytes),
  });
  const { stdoutBytes } = ran.result.output;
  const stored = createHash('sha256').update(ran.stdout.readStdout(stdoutBytes));
  console.log(ran.ok, ran.result.output.lines, shown.digest('hex'), stored.digest('hex'));
}
await executor.close();`,
  );
  for (let core = 0; core < availableParallelism(); core++)
    load.push(spawn('nice', ['-n', '5', 'sh', '-c', 'while :; do :; done'], { stdio: 'ignore' }));
});

afterAll(() => {
  for (const one of load) one.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test(
  'nothing of what blocks print on terminals is lost',
  async () => {
    const text = Array.from({ length: lines }, (_, index) => `line ${index + 1} of ${lines}`);
    const hash = (end: string): string =>
      createHash('sha256')
        .update(text.map((line) => line + end).join(''))
        .digest('hex');
    const { stdout } = await promisify(execFile)('nice', ['-n', '19', process.execPath, program, folder]);
    const whole = `true ${lines} ${hash('\r\n')} ${hash('\n')}`;
    expect(stdout.trimEnd().split('\n')).toEqual(Array.from({ length: blocks }, () => whole));
  },
  60_000 * Math.max(1, blocks / 3),
);
