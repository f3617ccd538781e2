import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildGuidedProgram, GuidedTerminal } from './guided-terminal.ts';

let program: Awaited<ReturnType<typeof buildGuidedProgram>>;
beforeAll(async () => {
  program = await buildGuidedProgram('inputs-program.ts');
});
afterAll(() => program.remove());

const expected =
  '{"PGHOST":"db1","PORT":"5432","TARGET":"staging","ZONES":"a,b","FORCE":"false","TOKEN":"hunter2"}';

test.each([
  ['with single keys', {}, '1  staging (Enter)\n  2  production'],
  ['line by line', { TERM: 'dumb' }, 'Enter = staging\n  1 = staging\n  2 = production'],
])('a person is asked for each value until it may be used, %s', async (_, env, choice) => {
  const fancy = !('TERM' in env);
  const terminal = new GuidedTerminal(program.path, '', { env });
  try {
    await terminal.waitFor(/This runbook needs 6 values:[\s\S]*PGHOST \(Database server\): /);
    terminal.type(fancy ? '\u0015db1\r' : 'db1\r');
    await terminal.waitFor(/PORT:$/);
    terminal.type('many\r');
    await terminal.waitFor(/! input `PORT`: expected a number; got `many`[\s\S]*PORT:$/);
    terminal.type('5432\r');
    await terminal.waitFor(/production\n?(?:\n>)?$/);
    expect(terminal.text()).toContain(choice);
    terminal.type('\r');
    await terminal.waitFor(fancy ? /submit$/ : /Enter when done:$/);
    terminal.type(fancy ? ' \r' : '1\r');
    if (!fancy) {
      await terminal.waitFor(/\[x\] a[\s\S]*Enter when done:$/);
      terminal.type('\r');
    }
    await terminal.waitFor(/FORCE\?[\s\S]*no(?:\n>)?$/);
    terminal.type(fancy ? 'n' : 'n\r');
    await terminal.waitFor(/TOKEN:[^\n]*$/);
    terminal.type('hunterX\u007f2\r');
    await terminal.waitForExit();
    const [result] =
      terminal
        .text()
        .replaceAll('\n', '')
        .match(/\{"PGHOST.*\}/) ?? [];
    expect(result).toBe(expected);
    // The secret stands in what the program gives back, and nowhere before it.
    expect(terminal.raw.slice(0, terminal.raw.indexOf('{"PGHOST'))).not.toMatch(/hunter/);
  } finally {
    terminal.kill();
  }
});

test('whoever leaves gives no values', async () => {
  const terminal = new GuidedTerminal(program.path, '');
  try {
    await terminal.waitFor(/PGHOST/);
    terminal.type('\u0003');
    await terminal.waitForExit();
    expect(terminal.text()).toMatch(/undefined$/);
  } finally {
    terminal.kill();
  }
});

test('values come by pipe too, and a pipe that ends gives none', async () => {
  const give = async (text: string): Promise<string> => {
    const child = spawn(process.execPath, [program.path], { stdio: ['pipe', 'pipe', 'ignore'] });
    let out = '';
    child.stdout.on('data', (data) => {
      out += data;
    });
    child.stdin.end(text);
    await new Promise((resolve) => child.on('close', resolve));
    return out;
  };
  expect(await give('db1\n5432\n\n1\n\nn\nhunter2\n')).toBe(`${expected}\n`);
  expect(await give('db1\n')).toBe('undefined\n');
});
