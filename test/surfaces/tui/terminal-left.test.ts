// Tests that the terminal is left as it was found, whatever ends or stops the tool: its modes and what is on it.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { Rig, repositoryRoot } from '../../e2e/rig.ts';
import { keys, type RigTerminal } from '../../e2e/rig-terminal.ts';
import { ready } from './screen-rig.ts';

const book = '# Wait\n\n```sh {name=wait}\nread -r word; echo "heard $word"\n```\n';
const prompt = 'ready> ';

/** What a terminal is told to be when a program wants more than lines of text: DEC private modes, by number. */
const privateModes = /\x1b\[\?([\d;]+)([hl])/g;

/** Private modes that were switched on and not off again, or the other way round where on is usual. */
function modesLeft(bytes: string): string[] {
  const usuallyOn = new Set(['7', '25']);
  const state = new Map<string, string>();
  for (const [, numbers = '', switched = ''] of bytes.matchAll(privateModes)) {
    for (const number of numbers.split(';')) state.set(number, switched);
  }
  return [...state].flatMap(([number, switched]) =>
    (switched === 'h') === usuallyOn.has(number) ? [] : [`${number}${switched}`],
  );
}

/** A shell on a terminal, in which the tool is started as a person starts it: as a job. */
async function shellWith(): Promise<{
  rig: Rig;
  terminal: RigTerminal;
  modes: () => string;
  run: (before?: string) => void;
}> {
  const rig = await Rig.create();
  await rig.write('book.md', book);
  const terminal = rig.shell(prompt);
  await terminal.waitFor(prompt.trim());
  const modes = (): string => execFileSync('stty', ['-g', '-F', terminal.path], { encoding: 'utf8' });
  const run = (before = ''): void =>
    terminal.type(
      `${before}node ${repositoryRoot}dist/runsheet.js run book.md --log none; echo "ended: $?"\r`,
    );
  return { rig, terminal, modes, run };
}

const isPrompt = (lines: readonly string[]): boolean =>
  lines.findLast((line) => line !== '')?.trimEnd() === prompt.trim();

/** The tool's own process: the only one of that command line in the shell's session. */
function pidOfTool(terminal: RigTerminal): number {
  const found = execFileSync('pgrep', ['--session', String(terminal.pid), '--full', 'runsheet.js run'], {
    encoding: 'utf8',
  });
  return Number(found.trim().split('\n')[0]);
}

/** Waits for the shell's own screen and its words, which may come before the full screen is left, and go with it. */
const backAfter = (terminal: RigTerminal, said: RegExp): Promise<void> =>
  terminal.waitUntil(
    () => terminal.buffer === 'normal' && said.test(terminal.bytes()),
    'the screen of the shell',
  );

/** Throws where nobody catches, when it is told to. */
const crash = "process.on('SIGUSR2', () => { throw new Error('injected') });\n";

async function expectUsable({
  terminal,
  modes,
  before,
}: {
  terminal: RigTerminal;
  modes: () => string;
  before: string;
}) {
  await terminal.waitUntil(isPrompt, 'the prompt of the shell');
  expect(modes()).toBe(before);
  expect(terminal.buffer).toBe('normal');
  expect(modesLeft(terminal.bytes())).toEqual([]);
  // What is typed is seen again, and a line ends where it should.
  terminal.type('echo "still $((20 + 3))"\r');
  await terminal.waitUntil(
    (lines) =>
      lines.includes(`${prompt}echo "still $((20 + 3))"`) && lines.includes('still 23') && isPrompt(lines),
    'a shell that works',
  );
}

test('after a good run', async () => {
  const { terminal, modes, run } = await shellWith();
  const before = modes();
  run();
  await ready(terminal, 'Enter begin');
  // The first picture is there before the mouse is asked for.
  await terminal.waitUntil(() => terminal.bytes().includes('?1006h'), 'reports of the mouse');
  expect(modes()).not.toBe(before);
  expect(modesLeft(terminal.bytes())).toEqual(['1049h', '7l', '2004h', '25l', '1000h', '1006h']);
  terminal.type(keys.enter);
  await ready(terminal, 'Run `wait`?');
  terminal.type(`${keys.enter}word\r`);
  await ready(terminal, 'Enter close');
  terminal.type(keys.enter);
  await terminal.waitFor(/^ended: 0$/m);
  await expectUsable({ terminal, modes, before });
});

test.each([
  ['SIGTERM', 'ended: 5'],
  ['SIGHUP', 'ended: 5'],
  ['SIGINT', 'ended: 130'],
] as const)('after %s, at a question', async (signal, ended) => {
  const { terminal, modes, run } = await shellWith();
  const before = modes();
  run();
  await ready(terminal, 'Enter begin');
  terminal.type(keys.enter);
  await ready(terminal, 'Run `wait`?');
  process.kill(pidOfTool(terminal), signal);
  await terminal.waitFor(new RegExp(`^${ended}$`, 'm'));
  await expectUsable({ terminal, modes, before });
});

test.each(['SIGTERM', 'SIGHUP'] as const)('after %s, while a block has the keyboard', async (signal) => {
  const { terminal, modes, run } = await shellWith();
  const before = modes();
  run();
  await ready(terminal, 'Enter begin');
  terminal.type(keys.enter);
  await ready(terminal, 'Run `wait`?');
  terminal.type(keys.enter);
  await ready(terminal, '^G keys');
  process.kill(pidOfTool(terminal), signal);
  await terminal.waitFor(/^ended: \d/m);
  await expectUsable({ terminal, modes, before });
});

test('after an error that nobody catches, which is told below', async () => {
  const { rig, terminal, modes, run } = await shellWith();
  await rig.write('crash.cjs', crash);
  const before = modes();
  run('NODE_OPTIONS="--require ./crash.cjs" ');
  await ready(terminal, 'Enter begin');
  terminal.type(keys.enter);
  await ready(terminal, 'Run `wait`?');
  terminal.type(keys.enter);
  await ready(terminal, '^G keys');
  process.kill(pidOfTool(terminal), 'SIGUSR2');
  await terminal.waitFor(/^ended: \d/m);
  expect(terminal.scrolled().join('\n')).toContain('Error: injected');
  await expectUsable({ terminal, modes, before });
});

test('after SIGKILL, while a block has the keyboard', async () => {
  const { terminal, modes, run } = await shellWith();
  const before = modes();
  run();
  await ready(terminal, 'Enter begin');
  terminal.type(keys.enter);
  await ready(terminal, 'Run `wait`?');
  terminal.type(keys.enter);
  await ready(terminal, '^G keys');
  process.kill(pidOfTool(terminal), 'SIGKILL');
  await backAfter(terminal, /ended: 137[\s\S]*ready> /);
  terminal.type('\r');
  await expectUsable({ terminal, modes, before });
});

test('after SIGKILL, where nobody else sets the modes of the terminal again', async () => {
  const { rig, terminal, modes } = await shellWith();
  // A shell without job control, which waits for what is typed next.
  const tool = `node ${repositoryRoot}dist/runsheet.js run book.md --log none`;
  await rig.write('go.sh', `stty -g >modes\n${tool}\nread -r line\necho "<$line>"\n`);
  const before = modes();
  terminal.type('sh go.sh\r');
  await ready(terminal, 'Enter begin');
  terminal.type(keys.enter);
  await ready(terminal, 'Run `wait`?');
  const found = await rig.file('modes');
  expect(modes()).not.toBe(found);
  process.kill(pidOfTool(terminal), 'SIGKILL');
  await backAfter(terminal, /Killed/);
  expect(modes()).toBe(found);
  terminal.type('seen\r');
  await terminal.waitFor(/^seen\n<seen>$/m);
  await expectUsable({ terminal, modes, before });
});

test('while it is stopped, and the run goes on after fg', async () => {
  const { terminal, modes, run } = await shellWith();
  const before = modes();
  run();
  await ready(terminal, 'Enter begin');
  terminal.type(keys.enter);
  await ready(terminal, 'Run `wait`?');
  terminal.type(keys.ctrlZ);
  await terminal.waitFor(/Stopped/);
  await expectUsable({ terminal, modes, before });
  terminal.type('fg\r');
  await ready(terminal, 'Run `wait`?', 'Enter run it');
  expect(modesLeft(terminal.bytes())).toEqual(['1049h', '7l', '2004h', '25l', '1000h', '1006h']);
  terminal.type(`${keys.enter}again\r`);
  await ready(terminal, 'Enter close', '─ output');
  terminal.type(keys.enter);
  await terminal.waitFor('The run succeeded');
  await expectUsable({ terminal, modes, before });
});
