import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildGuidedProgram, type GuidedOptions, GuidedTerminal, writeRunbook } from './guided-terminal.ts';

let program: Awaited<ReturnType<typeof buildGuidedProgram>>;
const open: GuidedTerminal[] = [];

beforeAll(async () => {
  program = await buildGuidedProgram();
});
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.kill();
});
afterAll(() => program.remove());

let count = 0;
async function guide(markdown: string, options: GuidedOptions = {}): Promise<GuidedTerminal> {
  count += 1;
  const path = await writeRunbook(program.folder, `runbook-${count}.md`, markdown);
  const terminal = new GuidedTerminal(program.path, path, { columns: 200, ...options });
  open.push(terminal);
  return terminal;
}

/** What the program says of the run after it: how it rests, and each item with its note. */
async function verdict(terminal: GuidedTerminal): Promise<Record<string, unknown>> {
  // What was printed last may come after the news of the end.
  await terminal.waitFor(/\{"lifecycle"[\s\S]*\}$/);
  await terminal.waitForExit();
  const json = /\{"lifecycle"[\s\S]*\}/.exec(terminal.text())?.[0].replaceAll('\n', '') ?? '';
  const { items, notes, ...rest } = JSON.parse(json) as {
    items: [string, string, string | null][];
    notes: unknown[];
  };
  const listed = items.map(([address, status, note]) => `${address} ${status}${note ? `: ${note}` : ''}`);
  return { ...rest, items: listed, ...(notes.length > 0 && { notes }) };
}

const pageOf = (terminal: GuidedTerminal): string => terminal.text().replace(/\{"lifecycle"[\s\S]*/, '');

const good = `# Restart the cache

Why: the cache **leaks**.

## Preconditions

### It is up

\`\`\`sh
echo up
\`\`\`

## Steps

### Restart

Use \`systemctl\`:

\`\`\`sh {name=restart estimate=5s}
echo "restarted"
\`\`\`

The graphs show it.

### Tell them

Write to #ops.

## Summary

Done.
`;

test('a good run, as it stands on the screen', async () => {
  const terminal = await guide(good, { columns: 60 });
  await terminal.waitFor('? help');
  expect(pageOf(terminal).split('\n').slice(-5)).toEqual([
    '',
    '? Run this block?',
    '  Enter run it · s skip · e edit · d done by hand · n note',
    '  a run all · g go to · ! shell · b roll back · p pause',
    '  q stop · ? help',
  ]);
  terminal.type('\r');
  await terminal.waitFor(/Done\?[\s\S]*\? help$/);
  terminal.type('w');
  await terminal.waitFor(/How did it go\?$/);
  terminal.type('they know\r');
  expect(await verdict(terminal)).toEqual({
    lifecycle: 'ended',
    outcome: 'succeeded',
    items: ['it-is-up passed', 'restart passed', 'tell-them done: they know'],
  });
  expect(pageOf(terminal)).toBe(`
Restart the cache
3 steps

This runbook has no validation and no rollback section:
nothing is checked at the end and a failure cannot be undone
from here.

run 20261121-021322-test
Ctrl-C ends a block, or pauses the run.

Why: the cache leaks.

It is up
  │ up
  ✔ passed in 1.3 s
  ✔ every precondition holds

Step 2 of 3  Restart ───────────────────────────────── Steps

Use systemctl:

    echo "restarted"

  sh · takes about 5 s · no undo

? Run this block? run it
  │ restarted
  ✔ passed in 1.3 s, estimated 5 s

The graphs show it.

Step 3 of 3  Tell them ─────────────────────────────── Steps

Write to #ops.

? This is for you to do. Done? done, with a note
✔ How did it go? they know
  ✔ \`tell-them\` done, confirmed by ada@bastion (they know)

Summary

Done.

✔ the run succeeded after 0 ms
  every step that was to run has passed
  3 of 3 steps done
`);
});

const failing = `# Fail

## Steps

### First

\`\`\`sh
echo first
\`\`\`

#### Rollback

\`\`\`sh {name=undo-first}
echo first undone
\`\`\`

### Second

\`\`\`sh
echo working; echo broken >&2; exit 3
\`\`\`

#### Rollback

\`\`\`sh {name=undo-second}
echo second undone
\`\`\`

### Third

\`\`\`sh
echo third
\`\`\`
`;

describe('a failure', () => {
  const toTheMenu = async (): Promise<GuidedTerminal> => {
    const terminal = await guide(failing);
    await terminal.waitFor('? help');
    terminal.type('a');
    await terminal.waitFor('for the record');
    return terminal;
  };

  test('says what each choice does', async () => {
    const terminal = await toTheMenu();
    expect(pageOf(terminal).split('\n').slice(-21)).toEqual([
      'Second',
      '  │ working',
      '  │ broken',
      '  ✘ failed: exit 3 after 1.3 s',
      '',
      '    echo working; echo broken >&2; exit 3',
      '',
      '  sh · undone by `undo-second`',
      '',
      '? It failed. What now?',
      '  o  output           show the end of its output again',
      '  r  run again        the same command once more',
      '  e  edit, run again  change the command, then run it; the change is recorded',
      '  d  done by hand     you did it yourself; the run goes on, your note is kept',
      '  s  skip             skip it and go on; say why',
      '  c  go on            go on with the next step; the run counts as failed',
      '  b  roll back        show what would be undone, and ask',
      '  p  pause            leave now; `runsheet resume` comes back to this question',
      '  q  stop             end the run as failed; nothing is undone',
      "  !  shell            a shell in the run's environment; its changes carry on",
      '  n  note             write something down for the record',
    ]);
    terminal.type('o');
    await terminal.waitFor(/output\n {2}│ working\n {2}│ broken\n\? It failed/);
  });

  test.each([
    ['q', '', { lifecycle: 'ended', outcome: 'failed', items: ['failed', 'pending'] }],
    ['c', '', { lifecycle: 'ended', outcome: 'failed', items: ['failed-continued', 'passed'] }],
    [
      's',
      'not today\r',
      { lifecycle: 'ended', outcome: 'succeeded', items: ['skipped: not today', 'passed'] },
    ],
    ['d', '\rby hand\r', { lifecycle: 'ended', outcome: 'succeeded', items: ['done: by hand', 'passed'] }],
    ['p', '', { lifecycle: 'paused', pause: 'failure', items: ['failed', 'pending'] }],
  ])('%s', async (key, more, expected) => {
    const terminal = await toTheMenu();
    terminal.type(key);
    if (more !== '') {
      await terminal.waitFor(/(Why is it skipped|How was it done)\?$/);
      for (const piece of more.split(/(?<=\r)/)) {
        terminal.type(piece);
        // An empty reason is asked for once more.
        if (piece === '\r') await terminal.waitFor(/Give a reason[\s\S]*How was it done\?$/);
      }
    }
    if (expected.items[1] === 'passed') {
      await terminal.waitFor(/Third[\s\S]*\? help$/);
      terminal.type('\r');
    }
    const { items, ...rest } = await verdict(terminal);
    expect({
      ...rest,
      items: (items as string[]).slice(1, 3).map((item) => item.replace(/^\S+ /, '')),
    }).toEqual(expected);
  });

  test('is run again after an edit', async () => {
    const terminal = await toTheMenu();
    terminal.type('e');
    await terminal.waitFor(/Command: echo working.*exit 3$/);
    terminal.type('\u007f0\r');
    await terminal.waitFor(/Third[\s\S]*\? help$/);
    terminal.type('\r');
    const { items } = await verdict(terminal);
    expect(items).toEqual([
      'first passed',
      'second passed',
      'third passed',
      'undo-first excluded',
      'undo-second excluded',
    ]);
  });

  test('is rolled back, newest first, without what was unticked', async () => {
    const terminal = await toTheMenu();
    terminal.type('b');
    await terminal.waitFor(/submit$/);
    expect(pageOf(terminal)).toMatch(
      /❯◉ undo-second \(undoes second\): Rollback\n ◉ undo-first \(undoes first\): Rollback/,
    );
    terminal.type('\u001b[B \r');
    await terminal.waitFor(/Run 1 undo\?[\s\S]*pause$/);
    terminal.type('y');
    await terminal.waitFor(/Undo 1 of 1 {2}Rollback[\s\S]*\? help$/);
    terminal.type('\r');
    const { outcome, items } = await verdict(terminal);
    expect({ outcome, undos: (items as string[]).slice(-2) }).toEqual({
      outcome: 'rolled-back',
      undos: ['undo-first excluded', 'undo-second passed'],
    });
  });
});

test('nothing destructive happens on a single key: the target is typed', async () => {
  const terminal = await guide(
    '# D\n\n## Steps\n\n### Drop\n\n```sh {name=drop-db risk=destructive}\necho dropped\n```\n',
  );
  await terminal.waitFor(/Type drop-db to run it, or nothing to go back:$/);
  terminal.type('y\r');
  await terminal.waitFor(/that is not `drop-db`\n\? Not confirmed\. What now\?[\s\S]*help$/);
  terminal.type('y');
  await terminal.waitFor(/Not confirmed\. What now\? type it[\s\S]*go back:$/);
  terminal.type('drop-db\r');
  expect(await verdict(terminal)).toEqual({
    lifecycle: 'ended',
    outcome: 'succeeded',
    items: ['drop-db passed'],
  });
  expect(pageOf(terminal)).toContain('  destructive · sh · no undo\n');
});

test('a checklist is ticked, in parts too', async () => {
  const terminal = await guide('# C\n\n## Steps\n\n### Look\n\n- [ ] one\n- [ ] two\n- [x] three\n');
  await terminal.waitFor(/three \(ticked in the page\)[\s\S]*submit$/);
  terminal.type(' \u001b[B\u001b[B \r');
  await terminal.waitFor(/1 of 3 items is open\. What now\?[\s\S]*help$/);
  terminal.type('n');
  await terminal.waitFor(/Note:$/);
  terminal.type('two is slow\r');
  await terminal.waitFor(/two is slow[\s\S]*submit$/);
  terminal.type('\u001b[B \r');
  expect(await verdict(terminal)).toEqual({
    lifecycle: 'ended',
    outcome: 'succeeded',
    items: ['look done'],
    notes: [['look', 'two is slow']],
  });
});

describe('leaving', () => {
  const slow =
    '# S\n\n## Steps\n\n### Wait\n\n```sh\necho waiting; sleep 60\n```\n\n### Next\n\n```sh\necho next\n```\n';

  test('Ctrl-C ends the running block and not the run; at a question it pauses the run', async () => {
    const terminal = await guide(slow);
    await terminal.waitFor('? help');
    terminal.type('\r');
    await terminal.waitFor(/│ waiting$/);
    terminal.type('\u0003');
    await terminal.waitFor(/failed: interrupted[\s\S]*for the record$/);
    terminal.type('\u0003');
    expect(await verdict(terminal)).toEqual({
      lifecycle: 'paused',
      pause: 'interrupt',
      items: ['wait failed', 'next pending'],
    });
    expect(pageOf(terminal)).toMatch(
      /‖ paused by ada\n {2}`runsheet answer 20261121-021322-test \S+ ANSWER` answers it from elsewhere: `retry`, .*\n {2}`runsheet resume 20261121-021322-test` comes back to this place\n$/,
    );
  });

  test('Ctrl-D at a question pauses the run', async () => {
    const terminal = await guide(slow);
    await terminal.waitFor('? help');
    terminal.type('\u0004');
    expect(await verdict(terminal)).toMatchObject({ lifecycle: 'paused', pause: 'operator' });
  });

  test('what was typed while a block ran answers no question', async () => {
    const go = join(program.folder, 'go');
    const terminal = await guide(
      `# T\n\n## Steps\n\n\`\`\`sh {name=a}\necho ready; until [ -e ${go} ]; do sleep 0.02; done\n\`\`\`\n\n\`\`\`sh {name=b}\necho b\n\`\`\`\n`,
    );
    await terminal.waitFor('? help');
    terminal.type('\r');
    await terminal.waitFor(/│ ready$/);
    terminal.type('\r\rr\r');
    // The terminal's echo shows that the keys have arrived.
    await terminal.waitFor(/│ ready\s+r$/);
    await writeFile(go, '');
    await terminal.waitFor(/passed in[\s\S]*\? help$/);
    terminal.type('p');
    expect(await verdict(terminal)).toMatchObject({ lifecycle: 'paused', items: ['a passed', 'b pending'] });
  });
});

test('a longer command is edited in the editor of the operator, who may also give up', async () => {
  const two = '# E\n\n## Steps\n\n```sh {name=two}\necho one\necho two\n```\n';
  const terminal = await guide(two, { env: { EDITOR: 'sed -i s/one/edited/' } });
  await terminal.waitFor('? help');
  terminal.type('e');
  await terminal.waitFor(/echo edited\n {4}echo two\n\n {2}edited · sh · no undo\n[\s\S]*\? help$/);
  terminal.type('\r');
  await verdict(terminal);
  expect(pageOf(terminal)).toContain('  │ edited\n  │ two\n');

  const kept = await guide(two, { env: { EDITOR: 'false' } });
  await kept.waitFor('? help');
  kept.type('e');
  await kept.waitFor(/The command stays as it is\.\n[\s\S]*\? help$/);
  kept.type('q');
  expect(await verdict(kept)).toMatchObject({ outcome: 'stopped' });
});

test('hostile output moves nothing and forges nothing', async () => {
  const terminal = await guide(
    "# H\n\n## Steps\n\n```sh {name=h}\nprintf '\\033[2J\\033[1;1H\\033]0;owned\\007\\r✔ the run succeeded\\n\\033[?1049h\\033[31mred'\n```\n",
  );
  await terminal.waitFor('? help');
  terminal.type('\r');
  await verdict(terminal);
  expect(pageOf(terminal)).toContain(
    '? Run this block? run it\n  │ ✔ the run succeeded\n  │ red\n  ✔ passed in 1.3 s\n',
  );
  expect(terminal.raw).not.toMatch(/\u001b\[2J|\u001b\[\?1049h|\u001b\]0/);
});

test('a person who cannot see colours, or things moving, gets lines', async () => {
  const terminal = await guide(good, { env: { NO_COLOR: '1' } });
  await terminal.waitFor(/\? = help\n>$/);
  expect(terminal.raw).not.toContain('\u001b');
  terminal.type('\r');
  await terminal.waitFor(/Done\?\n[^\n]*\n>$/);
  terminal.type('x\r');
  await terminal.waitFor(/please answer with Enter, or one of d, w, s, n, g, !, b, p, q, \?\n>$/);
  terminal.type('d\r');
  expect(await verdict(terminal)).toMatchObject({ outcome: 'succeeded' });
  expect(terminal.raw).not.toContain('\u001b');
});

describe('what is pasted', () => {
  const page = '# P\n\n## Steps\n\n### One\n\n```sh\necho one\n```\n\n### Two\n\n```sh\necho two\n```\n';
  const marked = (text: string): string => `\u001b[200~${text}\u001b[201~`;

  test.each([
    ['with the marks of the terminal', marked('ana says: go slowly\r')],
    ['in one piece', 'ana says: go slowly\r'],
    ['with an empty line, marked', marked('\r')],
    ['a letter and a newline', 'a\r'],
  ])('answers no question: %s', async (_, paste) => {
    const terminal = await guide(page);
    await terminal.waitFor('? help');
    expect(terminal.raw).toContain('\u001b[?2004h');
    terminal.type(paste);
    await terminal.waitFor('pasted text answers nothing here: press one key');
    terminal.type('p');
    expect(await verdict(terminal)).toEqual({
      lifecycle: 'paused',
      pause: 'operator',
      items: ['one pending', 'two pending'],
    });
    expect(terminal.raw.lastIndexOf('\u001b[?2004l')).toBeGreaterThan(
      terminal.raw.lastIndexOf('\u001b[?2004h'),
    );
  });

  test.each([
    ['with the marks of the terminal', marked('ana says:\r\r  go slowly\r')],
    ['in one piece', 'ana says:\r\r  go slowly\r'],
  ])('into a note is all of the note, and ends no line of it: %s', async (_, paste) => {
    const terminal = await guide(page);
    await terminal.waitFor('? help');
    terminal.type('n');
    await terminal.waitFor(/Note:$/);
    terminal.type(paste);
    await terminal.waitFor(/Note: ana says: go slowly$/);
    terminal.type('\r');
    await terminal.waitFor(/go slowly[\s\S]*\? help$/);
    terminal.type('p');
    expect(await verdict(terminal)).toEqual({
      lifecycle: 'paused',
      pause: 'operator',
      items: ['one pending', 'two pending'],
      notes: [['one', 'ana says: go slowly']],
    });
  });

  test('ticks nothing of a list', async () => {
    const terminal = await guide('# C\n\n## Steps\n\n### Look\n\n- [ ] one\n- [ ] two\n');
    await terminal.waitFor(/submit$/);
    terminal.type(`${marked('ana\r')} \r`);
    await terminal.waitFor(/1 of 2 items is open\. What now\?[\s\S]*help$/);
  });

  test('on a dumb terminal neither', async () => {
    const terminal = await guide(page, { env: { TERM: 'dumb' } });
    await terminal.waitFor(/Run this block\?[^>]*\n>$/);
    terminal.type('ana says:\r\rgo slowly\r');
    await terminal.waitFor(/several lines came at once: pasted text answers nothing here\n>$/);
    terminal.type('n\r');
    await terminal.waitFor(/Note:$/);
    terminal.type('ana says:\r\rgo slowly\r');
    await terminal.waitFor(/Run this block\?[^>]*\n>$/);
    terminal.type('p\r');
    expect(await verdict(terminal)).toEqual({
      lifecycle: 'paused',
      pause: 'operator',
      items: ['one pending', 'two pending'],
      notes: [['one', 'ana says:  go slowly']],
    });
  });
});
