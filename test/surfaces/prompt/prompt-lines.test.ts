import { spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LinePrompter } from '../../../src/surfaces/prompt/line-prompter.ts';
import { OperatorLeft, QuestionWithdrawn } from '../../../src/surfaces/prompt/prompter.ts';
import { buildGuidedProgram, writeRunbook } from './guided-terminal.ts';

let program: Awaited<ReturnType<typeof buildGuidedProgram>>;
beforeAll(async () => {
  program = await buildGuidedProgram();
});
afterAll(() => program.remove());

/** Runs the guided program with its answers on a pipe; gives what people read and how the run rests. */
async function answer(
  markdown: string,
  answers: string,
): Promise<{ readonly page: string; readonly rests: unknown }> {
  const path = await writeRunbook(program.folder, 'piped.md', markdown);
  const child = spawn(process.execPath, [program.path, path], {
    env: { ...process.env, TERM: 'dumb', LANG: 'C.UTF-8' },
  });
  let page = '';
  let result = '';
  child.stderr.on('data', (data) => (page += data));
  child.stdout.on('data', (data) => (result += data));
  child.stdin.end(answers);
  await new Promise((resolve) => child.on('close', resolve));
  const { items, notes: _, ...rest } = JSON.parse(result) as { items: string[][]; notes: unknown };
  return { page, rests: { ...rest, items: items.map(([address, status]) => `${address} ${status}`) } };
}

const steps =
  '# P\n\n## Steps\n\n### One\n\n```sh\necho one\n```\n\n### Two\n\n```sh\necho two >&2; exit 1\n```\n\n### Look\n\n- [ ] a\n  - [ ] b\n';

test('the values that a text for people names stand with it', async () => {
  const named = '# P\n\n## Steps\n\n### Meet\n\n- [ ] Say `$GREETING`\n\n### Ask\n\nSay it:\n$GREETING.\n';
  const { page } = await answer(named, 'all\n\n\n');
  expect(
    page.slice(page.indexOf('Step 1'), page.indexOf('Done?')),
  ).toBe(`Step 1 of 2  Meet ──────────────────────────────────────────────────────── Steps

  GREETING=Welcome

Tick what is done (Meet)
  1. [ ] Say $GREETING
numbers to tick or untick, \`all\`, or Enter when done: all
  1. [x] Say $GREETING
numbers to tick or untick, \`all\`, or Enter when done: 
  ✔ \`meet\` done, confirmed by ada@bastion

Step 2 of 2  Ask ───────────────────────────────────────────────────────── Steps

Say it: $GREETING.

  GREETING=Welcome

This is for you to do. `);
});

test('a whole run answered by pipe reads as a page, without a single escape', async () => {
  const { page, rests } = await answer(steps, '\nr\ns\nknown\n2\n1\n\n');
  expect(rests).toEqual({
    lifecycle: 'ended',
    outcome: 'succeeded',
    items: ['one passed', 'two skipped', 'look done'],
  });
  expect(
    page.slice(page.indexOf('Step 2')),
  ).toBe(`Step 2 of 3  Two ───────────────────────────────────────────────────────── Steps

    echo two >&2; exit 1

  sh · no undo

Run this block?
  Enter = run it, s = skip, e = edit, d = done by hand, n = note, a = run all, g = go to, b = roll back, p = pause, q = stop, ? = help
> r
  │ two
  ✘ failed: exit 1 after 1.3 s

It failed. What now?
  o = output: show the end of its output again
  r = run again: the same command once more
  e = edit, run again: change the command, then run it; the change is recorded
  d = done by hand: you did it yourself; the run goes on, your note is kept
  s = skip: skip it and go on; say why
  c = go on: go on with the next step; the run counts as failed
  b = roll back: show what would be undone, and ask
  p = pause: leave now; \`runsheet resume\` comes back to this question
  q = stop: end the run as failed; nothing is undone
  n = note: write something down for the record
> s
Why is it skipped? known

Step 3 of 3  Look ──────────────────────────────────────────────────────── Steps

Tick what is done (Look)
  1. [ ] a
  2.   [ ] b
numbers to tick or untick, \`all\`, or Enter when done: 2
  1. [ ] a
  2.   [x] b
numbers to tick or untick, \`all\`, or Enter when done: 1
  1. [x] a
  2.   [x] b
numbers to tick or untick, \`all\`, or Enter when done: 
  ✔ \`look\` done, confirmed by ada@bastion

✔ the run succeeded after 0 ms
  every step that was to run has passed
  2 of 3 steps done and 1 skipped
`);
  expect(page).not.toContain('\u001b');
});

test('an input that ends pauses the run, at whichever question, and nothing is asked in circles', async () => {
  for (const [answers, items] of [
    ['', ['one pending', 'two pending', 'look pending']],
    ['r\n', ['one passed', 'two pending', 'look pending']],
    ['r\nr\n', ['one passed', 'two failed', 'look pending']],
    ['r\nr\ns\n', ['one passed', 'two failed', 'look pending']],
    ['r\nr\ns\nwhy\n1\n', ['one passed', 'two skipped', 'look pending']],
    ['r\nr\ns\nwhy\n1\n\n', ['one passed', 'two skipped', 'look pending']],
    ['e\nhalf of', ['one pending', 'two pending', 'look pending']],
    ['g\n', ['one pending', 'two pending', 'look pending']],
  ] as const) {
    const { rests } = await answer(steps, answers);
    expect({ answers, rests }).toEqual({ answers, rests: { lifecycle: 'paused', pause: 'hangup', items } });
  }
});

test('a command is edited line by line, a note kept, another step gone to, help read', async () => {
  const { page, rests } = await answer(
    steps,
    '?\nn\nslow today\ng\n9\ng\n1\ne\necho edited\n.\n\ng\n3\nall\n\n',
  );
  expect(rests).toEqual({
    lifecycle: 'ended',
    outcome: 'succeeded',
    items: ['one passed', 'two skipped', 'look done'],
  });
  expect(page).toContain('  g  go to  go to another step; what is passed over counts as skipped\n');
  expect(page).toContain('there is no step `9`\n');
  expect(page).toContain('\n    echo edited\n\n  edited · sh · no undo\n');
  expect(page).toContain('  │ edited\n');
});

describe('LinePrompter', () => {
  const ask = (text?: string) => {
    const input = new PassThrough();
    let written = '';
    const prompter = new LinePrompter({ input, write: (piece) => (written += piece) });
    if (text !== undefined) input.end(text);
    return { prompter, input, written: () => written };
  };
  const signal = new AbortController().signal;

  test('takes the key or the label of a choice, whatever its case', async () => {
    const { prompter } = ask('YES\ny\n n \n');
    const choices = [
      { key: 'y', label: 'yes', value: 1 },
      { key: 'n', label: 'no', value: 2 },
    ];
    const menu = { message: 'Go?', choices, layout: 'keys' } as const;
    expect([
      await prompter.choose(menu, signal),
      await prompter.choose(menu, signal),
      await prompter.choose(menu, signal),
    ]).toEqual([1, 1, 2]);
    await expect(prompter.choose(menu, signal)).rejects.toThrow(OperatorLeft);
  });

  test('a question that no longer stands is withdrawn, and the line typed later answers the next one', async () => {
    const { prompter, input } = ask();
    const controller = new AbortController();
    const first = prompter.askText('First?', controller.signal);
    controller.abort();
    await expect(first).rejects.toThrow(QuestionWithdrawn);
    const second = prompter.askText('Second?', signal);
    input.write('answer\n');
    expect(await second).toBe('answer');
  });

  test('Enter keeps what is there', async () => {
    const { prompter, written } = ask('\nother\n');
    expect([
      await prompter.askText('Host?', signal, 'db1'),
      await prompter.askText('Host?', signal, 'db1'),
    ]).toEqual(['db1', 'other']);
    expect(written()).toBe('Host? (Enter keeps: db1) \nHost? (Enter keeps: db1) other\n');
  });

  test('boxes are ticked by number; wrong numbers are said to be wrong', async () => {
    const { prompter, written } = ask('1 4\n1,2\nall\n3\n\n');
    const boxes = ['a', 'b', 'c'].map((text) => ({ text, ticked: text === 'b' }));
    expect(await prompter.tick('Which?', boxes, signal)).toEqual([true, true, false]);
    expect(written()).toContain('please give numbers from 1 to 3\n');
  });

  test('a secret that comes by pipe is not written back, and text cannot move the cursor', async () => {
    const { prompter, written } = ask('hunter2\nx\n');
    expect(await prompter.askSecret('Token?', signal)).toBe('hunter2');
    await prompter.askText('a\u001b[2Jb', signal);
    expect(written()).toBe('Token?\na␛[2Jb x\n');
  });

  test('askers of one input share its lines', async () => {
    const { prompter, input } = ask('one\ntwo\n');
    expect(await prompter.askText('1?', signal)).toBe('one');
    prompter.close();
    const next = new LinePrompter({ input, write: () => undefined });
    expect(await next.askText('2?', signal)).toBe('two');
  });
});

test('an update is sent from any question, and one that is due is asked for', async () => {
  const page = await answer(
    `---\nupdates: { to: [ops], every: 1ms }\n---\n${steps}`,
    'u\nwe look into it\n?\np\n',
  );
  expect(page.rests).toMatchObject({ lifecycle: 'paused' });
  expect(page.page).toMatch(/\nupdate overdue for \d+ min \(u\)\nRun this block\?\n/);
  expect(page.page).toContain(', u = update\n> u\nUpdate: we look into it\n');
  expect(page.page).toContain('  u  update  send news to those who wait for it\n');
});
