// Tests whole runs as their screens, at three sizes: each story is kept as a file that reads from top to bottom.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeAccounts, mayBeOthers } from '../../e2e/accounts.ts';
import { keys } from '../../e2e/rig-terminal.ts';
import { guide, proceed, ready, Story } from './screen-rig.ts';
import { buildStillTool, type StillTool } from './still-tool.ts';

const sizes = [
  { cols: 80, rows: 24 },
  { cols: 120, rows: 40 },
  { cols: 40, rows: 12 },
];

let tool: StillTool;
beforeAll(async () => {
  tool = await buildStillTool();
});
afterAll(() => tool.remove());

const lead = (book: string, size: (typeof sizes)[number], env: Readonly<Record<string, string>> = {}) =>
  guide(book, { ...size, env, program: tool.path });

const fence = (attributes: string, code: string): string => `\`\`\`sh {${attributes}}\n${code}\n\`\`\`\n\n`;

async function compare(story: Story, name: string, { cols, rows }: (typeof sizes)[number]): Promise<void> {
  await expect(story.text).toMatchFileSnapshot(`screens/${name}.${cols}x${rows}.txt`);
}

const goodRun = `---
title: Move the mirror 鏡
owner: team-web
severity: SEV3
estimate: 5m
inputs:
  ZONE: { default: eu-1 }
  TOKEN: { secret: { env: TOKEN } }
---
# Move the mirror

Moves the *mirror* to **another** zone; see [the map](https://example.org/map).

> [!NOTE]
> Readers notice nothing.

## Preconditions

${fence('name=reachable', 'echo "zone $ZONE answers"')}
## Steps

The order matters.

### Copy the data

1. Look first,
2. then copy.

| from | to |
|------|---:|
| 東京 | 12 |

${fence('name=copy expect=copied timeout=30s', 'curl() { echo "copied 3 files, é ü 日本"; }; curl --header "token: $TOKEN" "https://$ZONE.example.org/copy"')}
### Call the owner

Ring them, and tell them that it moved.

### Look around

- [ ] The page loads
- [ ] Nobody complains

## Validation

${fence('name=answers', 'echo 200')}
## Afterwards

Write to the list.
`;

/** What of the text is on the first screen, where there is room for it. */
const opening = ({ rows, cols }: (typeof sizes)[number]): readonly string[] => [
  ...(rows > 12 ? ['Readers notice'] : ['lines below']),
  // The steps beside the text come a moment after it.
  ...(cols > 100 ? ['· reachable'] : []),
];

test.each(sizes)('a good run at $cols × $rows', async (size) => {
  const story = new Story();
  const { terminal } = await lead(goodRun, size, { TOKEN: 'hunter2hunter2' });
  await story.sees(terminal, 'its inputs', 'Change what you need');
  terminal.type(keys.enter);
  await story.sees(terminal, 'before it begins', 'Begin?', ...opening(size));
  await proceed(terminal, 'Begin?');
  await story.sees(terminal, 'the first question', 'Run `copy`?', '─ output of `reachable`');
  await proceed(terminal, 'Run `copy`?');
  await story.sees(terminal, 'a step for a person', 'This is for you to do', '─ output of `copy`');
  terminal.type('w');
  await ready(terminal, 'How did it go?');
  terminal.type('rang twice');
  await story.sees(terminal, 'a note on it', '> rang twice');
  terminal.type(keys.enter);
  await ready(terminal, '0 of 2');
  terminal.type(' ');
  await story.sees(terminal, 'one of two is ticked', '1 of 2');
  terminal.type(' ');
  await story.sees(terminal, 'a finished list waits', '2 of 2', 'Enter done');
  terminal.type(keys.enter);
  await story.sees(terminal, 'the end', 'The run succeeded', 'Enter close', '─ output · 1 line');
  terminal.type('?');
  await story.sees(terminal, 'the help', 'leave this screen');
  terminal.type(`${keys.escape}`);
  await ready(terminal, 'Enter close');
  terminal.type(keys.enter);
  expect(await story.leaves(terminal, 'what stays')).toBe(0);
  expect(terminal.bytes()).not.toContain('hunter2');
  await compare(story, 'good-run', size);
});

const failures = `# Failures

## Steps

### Again

${fence('name=again', 'test -e tried || { touch tried; echo "not yet" >&2; exit 1; }; echo now')}
#### Rollback

${fence('name=undo-again', 'rm tried')}
### Mended

${fence('name=mended', 'exit 3')}
### By hand

${fence('name=by-hand', 'exit 4')}
### Left out

${fence('name=left-out', 'exit 5')}
### Passed over

${fence('name=passed-over', 'exit 6')}
### Last

${fence('name=last', 'echo broken; exit 7')}
`;

test.each(sizes)('a failing step, and each choice, at $cols × $rows', async (size) => {
  const story = new Story();
  const { terminal, takeUp } = await lead(failures, size);
  await proceed(terminal, 'Begin?');
  await proceed(terminal, 'Run `again`?');
  await story.sees(terminal, 'it failed', '`again` failed. What', '─ output · 1 line');
  terminal.type('r');
  await proceed(terminal, 'Run `mended`?');
  await ready(terminal, '`mended` failed. What');
  terminal.type('e');
  await ready(terminal, 'The command of `mended`');
  terminal.type(`${keys.backspace}0`);
  await story.sees(terminal, 'edit, run again', 'exit 0');
  terminal.type('\x13');
  await proceed(terminal, 'Run `by-hand`?');
  await ready(terminal, '`by-hand` failed. What');
  terminal.type('d');
  await ready(terminal, 'How was it done?');
  terminal.type('with a spanner');
  await story.sees(terminal, 'done by hand', '> with a spanner');
  terminal.type(keys.enter);
  await proceed(terminal, 'Run `left-out`?');
  await ready(terminal, '`left-out` failed. What');
  terminal.type('s\r');
  await story.sees(terminal, 'skipping needs a reason', 'give a reason');
  terminal.type('not here\r');
  await proceed(terminal, 'Run `passed-over`?');
  await ready(terminal, '`passed-over` failed. What');
  terminal.type('c');
  await proceed(terminal, 'Run `last`?');
  await story.sees(terminal, 'the last one failed', '`last` failed. What', '─ output · 1 line');
  terminal.type('b');
  await story.sees(terminal, 'roll back', 'Run 1 undo, the newest first?');
  terminal.type('x');
  await ready(terminal, '`last` failed. What');
  terminal.type('p');
  expect(await story.leaves(terminal, 'pause')).toBe(5);
  const resumed = takeUp();
  await ready(resumed, '`last` failed. What');
  resumed.type('q');
  await story.sees(resumed, 'stop', 'End the run here?', '─ output · 1 line');
  resumed.type('y');
  await story.sees(resumed, 'stopped', 'The run failed', 'Enter close', '─ output · 1 line');
  resumed.type(keys.enter);
  expect(await story.leaves(resumed, 'what stays')).toBe(1);
  await compare(story, 'failures', size);
});

const asking =
  "stty -echo </dev/tty; printf '[sudo] password: ' >/dev/tty; IFS= read -r p </dev/tty; stty echo </dev/tty; echo; echo got ${#p}";
const growing =
  "trap 'stty size </dev/tty' WINCH; echo ready; until [ -e go ]; do sleep 0.05; done; echo over";

test.each(sizes)('blocks that want a terminal at $cols × $rows', async (size) => {
  const story = new Story();
  const steps = `### Log in\n\n${fence('name=login', asking)}### Read\n\n${fence('name=read interactive', 'less page.txt')}### Grow\n\n${fence('name=grow', growing)}`;
  const { rig, terminal } = await lead(`# Terminals\n\n## Steps\n\n${steps}`, size);
  await rig.write('page.txt', `${'a line of the page\n'.repeat(100)}`);
  await proceed(terminal, 'Begin?');
  await proceed(terminal, 'Run `login`?');
  await story.sees(terminal, 'a password is asked for', '─ output · running', '^G keys');
  terminal.type('hunter2\r');
  await story.sees(terminal, 'it was typed unseen', 'Run `read`?', '─ output of `login` · 2 lines');
  await proceed(terminal, 'Run `read`?');
  await terminal.waitUntil(
    (lines) => lines[0] === 'a line of the page' && lines.at(-1)?.includes('page.txt') === true,
    'less on the whole screen',
  );
  terminal.type('q');
  await story.sees(terminal, 'the screen is back from less', 'Run `grow`?');
  await proceed(terminal, 'Run `grow`?');
  await terminal.waitUntil(
    (lines) => lines.some((line) => line.endsWith('ready') && !line.includes('echo')),
    'ready',
  );
  terminal.resize(90, 20);
  await terminal.waitFor('9 90');
  await story.sees(terminal, 'the terminal is another size', '9 90', '^G keys');
  await rig.write('go', '');
  await story.sees(terminal, 'the end', 'The run succeeded', '─ output · 3 lines');
  terminal.type(keys.enter);
  expect(await story.leaves(terminal, 'what stays')).toBe(0);
  expect(terminal.bytes()).not.toContain('hunter2');
  await compare(story, 'terminals', size);
});

const gates = `# Gates

## Steps

### Sure

${fence('name=sure confirm="Is the room quiet?"', 'echo quiet')}
### Agreed

${fence('name=agreed approve=1', 'echo agreed')}
### Wipe

${fence('name=wipe risk=destructive', 'echo wiped')}
### Slow

${fence('name=slow', 'echo $PPID > slow.pid; echo started; exec sleep 1000')}
`;

// An approval is another account's, which only root can be.
test.skipIf(!mayBeOthers).each(sizes)('questions before and after a block at $cols × $rows', async (size) => {
  const story = new Story();
  const { rig, terminal, takeUp } = await lead(gates, size);
  const { grace } = makeAccounts();
  await rig.share(grace);
  await proceed(terminal, 'Begin?');
  await story.sees(terminal, 'a confirmation', 'Is the room quiet?');
  terminal.type('y');
  await story.sees(
    terminal,
    'an approval is missing',
    'waits for 1 approval',
    'p pause',
    '─ output of `sure`',
  );
  const run = /\d{8}-\d{6}-\w{4}/.exec(terminal.screen()[1] ?? '')?.[0] ?? '';
  const { stdout } = await rig.run(['approve', run], { as: grace });
  const of = /has the digest (\w+)/.exec(stdout)?.[1] ?? '';
  expect(await rig.run(['approve', run, '--of', of], { as: grace })).toMatchObject({ exitCode: 0 });
  await proceed(terminal, 'Run `agreed`?');
  await story.sees(terminal, 'something destructive', 'Run `wipe`?', 'help', '─ output of `agreed`');
  // On a small screen its question is read on to first.
  if (terminal.screen().some((line) => line.includes('read on'))) terminal.type(keys.enter);
  await ready(terminal, 'type its name');
  terminal.type(keys.enter);
  await ready(terminal, 'Type wipe to run it');
  terminal.type('wpie\r');
  await story.sees(terminal, 'another name was typed', 'that is not `wipe`');
  terminal.type('wipe\r');
  await proceed(terminal, 'Run `slow`?');
  await ready(terminal, '^G keys', 'started');
  terminal.kill('SIGKILL');
  await terminal.ended;
  const resumed = takeUp();
  await story.sees(resumed, 'how it ended is not known', 'How did `slow` end?', '── In doubt');
  resumed.type('d');
  await story.sees(resumed, 'the end', 'The run succeeded');
  resumed.type(keys.enter);
  expect(await story.leaves(resumed, 'what stays')).toBe(0);
  await compare(story, 'gates', size);
});

test.each(sizes)('a block that did not print what it should, at $cols × $rows', async (size) => {
  const story = new Story();
  const { terminal } = await lead(
    `# Check\n\n${fence('name=check expect="all is fine"', 'echo "nothing is fine"')}`,
    size,
  );
  await proceed(terminal, 'Begin?');
  await proceed(terminal, 'Run `check`?');
  await story.sees(terminal, 'not as expected', '`check` failed. What', '─ output · 1 line');
  terminal.type('!');
  await terminal.waitFor(/^runsheet .* [#$] ?$/m);
  terminal.type('echo $((20 + 3)); exit\r');
  // Keys count from the question on. Where there is no line for a message, it alone is back.
  await ready(terminal, '`check` failed. What now?', ...(size.rows > 12 ? ['the shell was closed'] : []));
  // A key takes the message away, so that the screens of all sizes tell the same.
  terminal.type(keys.down);
  await story.sees(terminal, 'after a shell', '› r  run again', '─ output · 1 line');
  terminal.type('?');
  await story.sees(terminal, 'the help', 'any key');
  terminal.type(`${keys.escape}`);
  await ready(terminal, 'What now?');
  terminal.type(keys.ctrlC);
  expect((await terminal.ended).exitCode).toBe(130);
  expect(terminal.bytes()).toContain('23');
  await compare(story, 'not-as-expected', size);
});

test.each(sizes)(
  'without colours the screens hold none, and say the same, at $cols × $rows',
  async (size) => {
    const story = new Story();
    const { terminal } = await lead(goodRun, size, { TOKEN: 'hunter2hunter2', NO_COLOR: '1' });
    await story.sees(terminal, 'its inputs', 'Change what you need');
    terminal.type(keys.enter);
    await story.sees(terminal, 'before it begins', 'Begin?', ...opening(size));
    await proceed(terminal, 'Begin?');
    await story.sees(terminal, 'the first question', 'Run `copy`?', '─ output of `reachable`');
    // What a search has found is in reverse video, which is no colour.
    terminal.type('/copy\r');
    await ready(terminal, 'N previous');
    expect(terminal.bytes()).toMatch(/\x1b\[7m[Cc]opy\x1b\[27m/);
    terminal.type('\x1b');
    await ready(terminal, 'Run `copy`?');
    terminal.type(keys.ctrlC);
    expect((await terminal.ended).exitCode).toBe(130);
    expect(terminal.bytes()).not.toMatch(/\x1b\[(?!2?7m)[1-9][\d;]*m/);
    await compare(story, 'without-colours', size);
  },
);
