// Tests what people answer from another terminal to what a run asks, of runs that rest and of one that goes on.
import { expect, it, test } from 'vitest';
import { ready } from '../surfaces/tui/screen-rig.ts';
import type { Ended } from './rig.ts';
import { Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';
import { runsOf } from './told-story.ts';

/** What a command says, with the id of the run named RUN. */
async function said(rig: Rig, ended: Promise<Ended>): Promise<[number | null, string]> {
  const { exitCode, stdout, stderr } = await ended;
  const [newest] = await runsOf(rig);
  return [exitCode, (stdout + stderr).replaceAll(newest?.id ?? '', 'RUN')];
}

/** What the record says of answers and of what followed. */
async function recordOf(rig: Rig, types: RegExp): Promise<unknown[]> {
  const { stdout } = await rig.run(['show', 'page.md', '--json']);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).event)
    .filter(({ type }) => types.test(type))
    .map(
      ({
        type,
        address,
        question,
        as,
        decision,
        note,
        answer,
        reason,
        ticked,
        index,
        choice,
        branches,
        wanted,
      }) =>
        JSON.parse(
          JSON.stringify({
            type,
            address,
            question,
            as,
            decision,
            note,
            answer,
            reason,
            ticked,
            index,
            choice,
            branches,
            wanted,
          }),
        ),
    );
}

const step = (title: string, body: string): string => `### ${title}\n\n${body}\n\n`;
const block = (attributes: string, code: string): string => `\`\`\`sh {${attributes}}\n${code}\n\`\`\``;

test('a manual step and a checklist are answered where the run rests, and the run goes on with that', async () => {
  const rig = await Rig.create();
  await rig.write(
    'page.md',
    `# Page\n\n## Steps\n\n${step('Call the DBA', 'Call her.')}${step('Look', '- [ ] graphs\n- [ ] logs')}${step('After', block('name=after', 'echo after >> log'))}`,
  );
  expect((await rig.run(['run', 'page.md', '--yes'])).exitCode).toBe(5);
  expect(await said(rig, rig.run(['answer', 'page.md']))).toEqual([
    0,
    'run RUN waits at `call-the-dba`: a person has to do this\n\n' +
      `Step 1 of 3  Call the DBA ${'─'.repeat(48)} Steps\n\nCall her.\n\n` +
      'answers: done, skip --note WHY\n' +
      'for example: runsheet answer RUN call-the-dba done\n',
  ]);
  expect(await said(rig, rig.run(['answer', 'page.md', 'call-the-dba', 'yes']))).toEqual([
    2,
    'error: `yes` is not an answer here; expected `done`, `skip`\n',
  ]);
  expect(await said(rig, rig.run(['answer', 'page.md', 'look', 'done']))).toEqual([
    2,
    'error: run `RUN` does not wait at `look` but at `call-the-dba`\n' +
      '  = help: `runsheet answer RUN` tells what it asks\n',
  ]);
  expect(
    await said(rig, rig.run(['answer', 'page.md', 'call-the-dba', 'done', '--note', 'she knows'])),
  ).toEqual([0, 'answered `call-the-dba` of run RUN: done; `runsheet resume RUN` goes on with it\n']);
  expect((await rig.run(['resume', 'page.md', '--yes'])).exitCode).toBe(5);

  expect(await said(rig, rig.run(['answer', 'page.md', 'look', 'done']))).toEqual([
    2,
    'error: 2 of 2 items are not ticked\n',
  ]);
  expect((await rig.run(['answer', 'page.md', 'look', 'tick', '--items', '2'])).exitCode).toBe(0);
  expect((await rig.run(['answer', 'page.md', 'look', 'tick', '--items', '0'])).exitCode).toBe(2);
  expect((await said(rig, rig.run(['answer', 'page.md'])))[1]).toContain(
    '  1. [ ] graphs\n  2. [x] logs\nanswers: tick, untick, done, skip --note WHY\n',
  );
  expect((await rig.run(['answer', 'page.md', 'look', 'tick'])).exitCode).toBe(0);
  expect((await rig.run(['answer', 'page.md', 'look', 'skip', '--note', 'not today'])).exitCode).toBe(0);
  expect((await rig.run(['answer', 'page.md', 'look', 'done'])).exitCode).toBe(0);
  expect((await said(rig, rig.run(['answer', 'page.md'])))[1]).toMatch(
    /\nanswered: done, by \S+; another answer has replaced it\nanswers: /,
  );
  expect(await rig.run(['resume', 'page.md', '--yes'])).toMatchObject({ exitCode: 0 });
  expect(await rig.file('log')).toBe('after\n');
  expect(await recordOf(rig, /^(?:ManualStepDone|ChecklistItemSet|AnswerTaken)$/)).toEqual([
    { type: 'ManualStepDone', address: 'call-the-dba', note: 'she knows' },
    { type: 'AnswerTaken', question: 'manual:call-the-dba:0', answer: 'done' },
    { type: 'ChecklistItemSet', address: 'look', index: 1, ticked: true },
    { type: 'AnswerTaken', question: 'checklist:look:0', answer: 'tick' },
    { type: 'ChecklistItemSet', address: 'look', index: 0, ticked: true },
    { type: 'AnswerTaken', question: 'checklist:look:0', answer: 'tick' },
    { type: 'ManualStepDone', address: 'look' },
    { type: 'AnswerTaken', question: 'checklist:look:0', answer: 'done' },
  ]);
});

test('a choice and a doubt are answered where the run rests', async () => {
  const rig = await Rig.create();
  await rig.write(
    'page.md',
    `# Page\n\n## Steps\n\n### Restart {choose}\n\n#### Fast\n\n${block('name=fast', 'echo fast >> log')}\n\n#### Slow\n\n${block(
      'name=slow',
      'echo slow >> log',
    )}\n\n### More\n\nFor example:\n\n${block('name=more', 'echo more >> log')}\n`,
  );
  const run = await rig.run(['run', 'page.md', '--surface', 'ndjson', '--yes']);
  // Nothing runs before all is settled that can be.
  expect(run.exitCode).toBe(2);
  const terminal = rig.terminal(['run', 'page.md', '--surface', 'prompt']);
  await terminal.waitFor('Which way');
  terminal.type('p');
  expect((await terminal.ended).exitCode).toBe(5);
  expect((await said(rig, rig.run(['answer', 'page.md'])))[1]).toContain('answers: fast, slow, all\n');
  expect((await rig.run(['answer', 'page.md', 'fast', 'slow'])).exitCode).toBe(0);
  const resumed = await rig.run(['resume', 'page.md', '--yes', '--accept', 'condition']);
  expect(resumed).toMatchObject({ exitCode: 0 });
  expect(await rig.file('log')).toBe('slow\nmore\n');
});

test('a block that nobody saw end is answered for, once, and never for its next attempt', async () => {
  const rig = await Rig.create();
  await rig.write(
    'page.md',
    `# Page\n\n## Steps\n\n${step('Cut', block('name=cut', 'echo began | tee -a log\ntest -e go || exec tail -f /dev/null'))}`,
  );
  const first = rig.start(['run', 'page.md', '--yes']);
  await first.waitFor('began');
  first.kill('SIGKILL');
  await first.ended;
  expect((await said(rig, rig.run(['answer', 'page.md'])))[1]).toContain(
    'answers: run-again, done, failed, skip\n',
  );
  expect((await rig.run(['answer', 'page.md', 'cut', 'run-again'])).exitCode).toBe(0);
  const again = rig.start(['resume', 'page.md', '--yes']);
  await again.waitFor('began');
  again.kill('SIGKILL');
  await again.ended;
  // What was said of the first attempt says nothing of the second one.
  expect((await rig.run(['resume', 'page.md', '--yes'])).exitCode).toBe(5);
  expect(await rig.file('log')).toBe('began\nbegan\n');
  await rig.write('go', '');
  expect((await rig.run(['answer', 'page.md', 'cut', 'run-again', '--note', 'looked'])).exitCode).toBe(0);
  expect(await rig.run(['resume', 'page.md', '--yes'])).toMatchObject({ exitCode: 0 });
  expect(await rig.file('log')).toBe('began\nbegan\nbegan\n');
  expect(await recordOf(rig, /^(?:DoubtResolved|AnswerTaken)$/)).toEqual([
    { type: 'DoubtResolved', address: 'cut', as: 'run-again' },
    { type: 'AnswerTaken', question: expect.stringMatching(/^in-doubt:cut:1:/), answer: 'run-again' },
    { type: 'DoubtResolved', address: 'cut', as: 'run-again', note: 'looked' },
    { type: 'AnswerTaken', question: expect.stringMatching(/^in-doubt:cut:2:/), answer: 'run-again' },
  ]);
});

it('answers a guided run that waits at a failure, and its screen goes on', async () => {
  const rig = await Rig.create();
  await rig.write(
    'page.md',
    `# Page\n\n## Steps\n\n${step(
      'Change',
      `${block('name=change', 'echo changed >> log')}\n\n#### Rollback\n\n${block('name=undo', 'echo undone >> log')}`,
    )}${step('Break', block('name=break', 'exit 3'))}`,
  );
  const terminal = rig.terminal(['run', 'page.md']);
  await ready(terminal, 'Begin?');
  terminal.type(keys.enter);
  await ready(terminal, 'Run `change`?');
  terminal.type('a');
  await ready(terminal, 'Run all without asking');
  terminal.type('y');
  await terminal.waitFor('`break` failed');
  expect(await said(rig, rig.run(['answer', 'page.md']))).toEqual([
    0,
    'run RUN waits at `break`: it failed: exit 3\n' +
      `\nStep 2 of 2  Break ${'─'.repeat(55)} Steps\n\n    exit 3\n\n  sh · no undo\n\nIt printed nothing.\n\n` +
      'answers: retry, skip --note WHY, done --note WHY, continue, rollback, stop\n' +
      'for example: runsheet answer RUN break retry\n',
  ]);
  expect(await said(rig, rig.run(['answer', 'page.md', 'break', 'rollback']))).toEqual([
    0,
    'answered `break` of run RUN: rollback\n',
  ]);
  await terminal.waitFor('Run 1 undo');
  expect((await said(rig, rig.run(['answer', 'page.md'])))[1]).toContain('answers: roll-back, back\n');
  expect((await rig.run(['answer', 'page.md', 'rollback', 'roll-back'])).exitCode).toBe(0);
  await ready(terminal, 'Run `undo`?');
  terminal.type(keys.enter);
  await ready(terminal, 'rolled back', 'Enter close');
  terminal.type(keys.enter);
  expect((await terminal.ended).exitCode).toBe(3);
  expect(await rig.file('log')).toBe('changed\nundone\n');
});

it('says so where nothing is asked that can be answered from elsewhere', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', `# Page\n\n## Steps\n\n${step('One', block('name=one', 'true'))}`);
  expect((await rig.run(['run', 'page.md', '--yes'])).exitCode).toBe(0);
  expect(await said(rig, rig.run(['answer', 'page.md', 'one', 'run']))).toEqual([
    2,
    'error: run `RUN` waits for no answer\n',
  ]);
});

it('answers a run that waits at the line prompt, which goes on', async () => {
  const rig = await Rig.create();
  await rig.write(
    'page.md',
    `# Page\n\n## Steps\n\n${step('Call the DBA', 'Call her.')}${step('Drop', block('name=drop risk=destructive', 'echo dropped >> log'))}`,
  );
  const terminal = rig.terminal(['run', 'page.md', '--surface', 'prompt']);
  await terminal.waitFor('Call her.');
  expect((await rig.run(['answer', 'page.md', 'call-the-dba', 'done'])).exitCode).toBe(0);
  await terminal.waitFor('Type drop');
  expect((await said(rig, rig.run(['answer', 'page.md', 'drop', 'yes'])))[1]).toBe(
    'error: type `drop` to confirm; got ``\n',
  );
  expect((await rig.run(['answer', 'page.md', 'drop', 'yes', '--value', 'drop'])).exitCode).toBe(0);
  expect((await terminal.ended).exitCode).toBe(0);
  expect(await rig.file('log')).toBe('dropped\n');
});

it('answers for a block that is cut off on hosts, and for one item of a step that goes item by item', async () => {
  const rig = await Rig.create();
  await rig.write(
    'page.md',
    `# Page\n\n## Steps\n\n### Each {each=NODE of="a b"}\n\n${block('name=first', 'echo "first $NODE" >> log')}\n\n${block(
      'name=second',
      'echo "second $NODE" | tee -a log\n[ "$NODE" = a ] || test -e go || exec tail -f /dev/null',
    )}\n`,
  );
  const run = rig.start(['run', 'page.md', '--yes', '--log', 'none']);
  await run.waitFor('second b');
  run.kill('SIGKILL');
  await run.ended;
  expect((await said(rig, rig.run(['answer', 'page.md'])))[1]).toContain('waits at `second`: it started');
  await rig.write('go', '');
  expect((await rig.run(['answer', 'page.md', 'second', 'run-again'])).exitCode).toBe(0);
  expect(await rig.run(['resume', 'page.md', '--yes'])).toMatchObject({ exitCode: 0 });
  expect(await rig.file('log')).toBe('first a\nsecond a\nfirst b\nsecond b\nsecond b\n');
});
