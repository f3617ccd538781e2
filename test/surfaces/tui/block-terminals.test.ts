// Tests blocks that want a terminal of a guided run, and that the terminal is given back as it was.
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keys, type RigTerminal } from '../../e2e/rig-terminal.ts';
import { guide, play, ready, screenOf } from './screen-rig.ts';
import { buildStillTool, type StillTool } from './still-tool.ts';

let still: StillTool;
beforeAll(async () => {
  still = await buildStillTool();
});
afterAll(() => still.remove());

const fence = (attributes: string, code: string): string => `\`\`\`sh {${attributes}}\n${code}\n\`\`\`\n\n`;
/** Waits for a line of a block's output: its code, which holds the same words, stands above it. */
async function printed(terminal: RigTerminal, line: string): Promise<void> {
  await terminal.waitUntil((lines) => lines.includes(line), `the line ${line}`);
}

const size = { cols: 80, rows: 24 };

test('a password that is read from the terminal is typed into the block, unseen', async () => {
  const asking =
    "stty -echo </dev/tty; printf 'Password: ' >/dev/tty; IFS= read -r p </dev/tty; stty echo </dev/tty; echo; echo got ${#p}";
  const { terminal } = await guide(`# Log in\n\n${fence('name=login', asking)}`, size);
  await play(terminal, ['Begin?', keys.enter], ['Run `login`?', keys.enter]);
  await printed(terminal, 'Password:');
  terminal.type('hunter2\r');
  await ready(terminal, 'The run succeeded', 'got 7');
  expect(terminal.bytes()).not.toContain('hunter2');
  expect(screenOf(terminal).split('\n').slice(-7, -4)).toEqual([
    '── output · 2 lines ────────────────────────────────────────────────────────────',
    'Password:',
    'got 7',
  ]);
  terminal.type(keys.enter);
  expect((await terminal.ended).exitCode).toBe(0);
});

test('what is typed before the block has its terminal is typed into the block', async () => {
  const code = 'read -r word; echo "heard $word"';
  const { terminal } = await guide(`# Talk\n\n${fence('name=talk', code)}`, size);
  await play(terminal, ['Begin?', keys.enter]);
  await ready(terminal, 'Run `talk`?');
  // In one piece with the key that lets it go, and with letters that mean something to the tool.
  terminal.type(`${keys.enter}pqn?\r`);
  await ready(terminal, 'The run succeeded', 'heard pqn?');
  terminal.type(keys.enter);
  expect((await terminal.ended).exitCode).toBe(0);
});

test('what is typed for a block that has just ended answers nothing', async () => {
  const code = 'mkfifo gate over; echo ready; read -r _ < gate; : > over; exit 3';
  const { rig, terminal } = await guide(`# Ended\n\n${fence('name=ended', code)}`, size);
  await play(terminal, ['Begin?', keys.enter], ['Run `ended`?', keys.enter]);
  await printed(terminal, 'ready');
  // The tool stands still from before the block's end until all has been typed, and then finds both.
  terminal.kill('SIGSTOP');
  await writeFile(rig.path('gate'), 'go\n');
  await readFile(rig.path('over'));
  terminal.type('rdsnq\ry\rc\r\x03');
  terminal.kill('SIGCONT');
  await ready(terminal, '`ended` failed. What now?', '› o  output', 'Enter do it');
  expect(screenOf(terminal)).not.toMatch(/Why is it|Sure\?|attempt 2/);
  await play(terminal, ['Enter do it', 'c'], ['The run failed', keys.enter]);
  expect((await terminal.ended).exitCode).toBe(1);
});

test('what is typed after a block that gets no terminal was let go is the tool’s', async () => {
  const code = '```python {name=other}\nimport time\nwhile True: time.sleep(1)\n```\n';
  const { terminal } = await guide(`# Other\n\n${code}`, size);
  await play(terminal, ['Begin?', keys.enter]);
  await ready(terminal, 'Run `other`?');
  terminal.type(`${keys.enter}n`);
  await ready(terminal, 'Note on `other`');
  terminal.type('hm\r');
  await play(terminal, ['noted', keys.ctrlC], ['`other` failed: interrupted', keys.ctrlC]);
  expect((await terminal.ended).exitCode).toBe(130);
});

test('the prefix key reaches the tool while a block has the keyboard, and Escape goes back to the block', async () => {
  const { terminal } = await guide(
    `# Talk\n\n${fence('name=talk', 'read -r word; echo "heard $word"')}`,
    size,
  );
  await play(
    terminal,
    ['Begin?', keys.enter],
    ['Run `talk`?', keys.enter],
    ['what you type goes to it', '\x07'],
  );
  await play(terminal, ['to the block', 'n'], ['Note on `talk`', 'odd\r'], ['noted', keys.escape]);
  await play(terminal, ['what you type goes to it', 'hello\r']);
  // Before its end, the key would go to the block.
  await ready(terminal, 'The run succeeded', 'heard hello');
  terminal.type(keys.enter);
  expect((await terminal.ended).exitCode).toBe(0);
});

test('an interactive block has the whole screen and gives it back', async () => {
  const { rig, terminal } = await guide(`# Read\n\n${fence('name=read interactive', 'less page.txt')}`, size);
  await rig.write('page.txt', 'the only line\n'.repeat(60));
  await play(terminal, ['Begin?', keys.enter], ['Run `read`?', keys.enter]);
  await terminal.waitUntil(
    (lines) =>
      lines.slice(0, -1).every((line) => line === 'the only line') &&
      lines.at(-1)?.includes('page.txt') === true,
    'less on the whole screen',
  );
  terminal.type('q');
  await play(terminal, ['The run succeeded', keys.enter]);
  expect((await terminal.ended).exitCode).toBe(0);
});

test('nothing that a block prints reaches the rest of the screen, the title or the clipboard', async () => {
  const evil =
    "printf '\\033]0;owned\\007\\033]52;c;aGk=\\007\\033[2J\\033[1;1H\\033[?1049hTOP\\033[?1049l\\033[99;1Hend\\n'";
  const { terminal } = await guide(`# Quiet\n\n${fence('name=evil', evil)}`, size);
  await play(terminal, ['Begin?', keys.enter], ['Run `evil`?', keys.enter]);
  await ready(terminal, 'The run succeeded', 'end');
  expect(terminal.screen()[0]?.startsWith('Quiet')).toBe(true);
  expect(terminal.bytes()).not.toContain('\x1b]');
  terminal.type(keys.enter);
  await terminal.ended;
});

test('follows the size of the terminal, and tells the block', async () => {
  const code =
    "trap 'stty size </dev/tty' WINCH; echo ready; until [ -e go ]; do sleep 0.05; done; echo over";
  const { rig, terminal } = await guide(`# Grow\n\n## Steps\n\n### Grow it\n\n${fence('name=grow', code)}`, {
    ...size,
    program: still.path,
  });
  await play(terminal, ['Begin?', keys.enter], ['Run `grow`?', keys.enter]);
  await printed(terminal, 'ready');
  terminal.resize(120, 40);
  await terminal.waitFor('22 82');
  await rig.write('go', '');
  await ready(terminal, 'The run succeeded', 'over');
  expect(screenOf(terminal)).toMatchInlineSnapshot(`
    "
    Grow                                                                                                                 1/1
    ada@host · 00:00 · 20260101-000000-abcd
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    Steps                               │ ✔ The run succeeded after 0 ms
     ✔ Grow it                     0 ms │ every step that was to run has passed
                                        │ 1 of 1 step done
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │ ── output · 3 lines ──────────────────────────────────────────────────────────────
                                        │ ready
                                        │ 22 82
                                        │ over
    ── ✔ grow passed in 0 ms · 3 lines ─────────────────────────────────────────────────────────────────────────────────────
    The run succeeded
    Enter close   o output   ← previous   → next   Tab steps   G guards   ? help
    "
  `);
  terminal.type(keys.enter);
  await terminal.ended;
});

test.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('gives the terminal back on %s', async (signal) => {
  const { terminal } = await guide(`# Wait\n\n${fence('name=wait', 'echo')}`, size);
  await play(terminal, ['Begin?', keys.enter]);
  await ready(terminal, 'Run `wait`?');
  terminal.kill(signal);
  await terminal.ended;
  expect(terminal.buffer).toBe('normal');
  expect(terminal.bytes().slice(terminal.bytes().lastIndexOf('\x1b[?1049l') - 40)).toContain(
    '\x1b[0m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l',
  );
});

test('leaves before anything was run, and the run can be begun later', async () => {
  const { terminal } = await guide(`# Wait\n\n${fence('name=wait', 'echo')}`, size);
  await play(terminal, ['Begin?', 'q']);
  expect((await terminal.ended).exitCode).toBe(5);
  expect(terminal.screen().join('\n')).toMatch(
    /Paused by .*\n0 of 1 step done.*\n`runsheet resume .*` comes back to this place\./,
  );
});
