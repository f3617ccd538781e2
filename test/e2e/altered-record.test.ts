// Tests that nothing of a run is taken up whose record is not as it was left, and that whoever tells of it says so.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { Rig } from './rig.ts';

const book = `# Book

## Steps

### One

\`\`\`sh {name=one}
big=$(printf '%9000s' x)
echo one
\`\`\`

#### Rollback

\`\`\`sh {name=undo}
echo undone >> undone
\`\`\`

### Human

Look at it.

### Two

\`\`\`sh {name=two}
echo two
\`\`\`
`;

/** A run that waits for a person, with a shell state in a file of its own. */
async function paused(page = book) {
  const rig = await Rig.create();
  await rig.write('book.md', page);
  expect((await rig.run(['run', 'book.md', '--yes'])).exitCode).toBe(5);
  const [id = ''] = await readdir(join(rig.stateFolder, 'runs'));
  const folder = join(rig.stateFolder, 'runs', id);
  const edit = async (name: string, change: (text: string) => string) =>
    writeFile(join(folder, name), change(await readFile(join(folder, name), 'utf8')));
  const [state = ''] = (await readdir(join(folder, 'state'))).map((name) => `state/${name}`);
  return { rig, id, folder, edit, state };
}

const unsigned = (id: string) =>
  `note: ${id}: it is not signed: whoever can write to the state folder and the page could have made all of it anew\n`;

const refusal = (id: string, what: string) =>
  `error: run \`${id}\` cannot be resumed: ${what}\n` +
  `  = help: \`runsheet verify ${id}\` says what else is not as it was recorded; put it back, or run the runbook again\n`;

it('says first of a run that is taken up which of its outputs are not what was printed, and shows none of them', async () => {
  const { rig, id, folder, edit } = await paused();
  const [output = ''] = await readdir(join(folder, 'outputs'));
  const resultOfOne = async () =>
    /<!-- runsheet:result one [^>]*-->\n>[^\n]*\n([\s\S]*?)<!--/.exec(
      await readFile(rig.path('book.md'), 'utf8'),
    )?.[1];
  expect(await resultOfOne()).toBe('\n```text\none\n```\n');
  await edit(`outputs/${output}`, (text) => text.replace(/[a-z]/, '#'));
  const { exitCode, stderr } = await rig.run(['resume', '--yes', '--manual', 'skip']);
  expect([exitCode, stderr.split('\n')[0], await resultOfOne()]).toEqual([
    0,
    `warning: ${id}: \`outputs/${output}\` is not what \`one\` printed`,
    '\nIts stored output is not what was recorded, and is not shown.\n',
  ]);
});

describe.each(['resume', 'rollback'])('%s', (verb) => {
  const command = [verb, '--yes', '--manual', 'skip'];

  it('runs nothing of a plan that was edited', async () => {
    const { rig, id, edit } = await paused();
    await edit('plan.json', (text) => text.replace(/echo (two|undone)/g, 'touch forged; echo $1'));
    const run = await rig.run(command);
    expect([run.exitCode, run.stdout, run.stderr]).toEqual([
      2,
      '',
      refusal(id, '`plan.json` is not the plan that the run was started with'),
    ]);
    expect(await readdir(rig.path())).toEqual(['book.md']);
    // As long as it stands there; put back, the run is as it was.
    await edit('plan.json', (text) => text.replaceAll('touch forged; ', ''));
    expect((await rig.run(command)).exitCode).toBe(0);
  });

  it('runs nothing in a state that was edited, or is gone', async () => {
    const { rig, id, edit, state, folder } = await paused();
    await edit(state, (text) => text.replace('x', 'y'));
    const run = await rig.run(command);
    expect([run.exitCode, run.stderr]).toEqual([
      2,
      refusal(id, `\`${state}\` is not the shell state that the run left`),
    ]);
    await rm(join(folder, state));
    expect(await rig.run(command)).toMatchObject({
      exitCode: 2,
      stderr: refusal(id, `\`${state}\` is gone: the shell state that the run left`),
    });
  });

  it('runs nothing in a state whose key is another, or is gone', async () => {
    // A small state stands in the journal; its key alone has a file.
    const { rig, id, folder } = await paused(book.replace("big=$(printf '%9000s' x)", 'small=x'));
    await writeFile(join(folder, 'state', 'key'), Buffer.alloc(32));
    expect(await rig.run(command)).toMatchObject({
      exitCode: 2,
      stderr: refusal(id, 'the saved shell state cannot be read: it, or its key, was changed'),
    });
    await rm(join(folder, 'state'), { recursive: true });
    expect(await rig.run(command)).toMatchObject({
      exitCode: 2,
      stderr: refusal(id, 'the saved shell state cannot be read: its key is gone'),
    });
    expect(await readFile(join(folder, 'journal.ndjson'), 'utf8')).not.toMatch('RunResumed');
  });

  it('does not begin where the copy of the runbook is another', async () => {
    const { rig, id, edit } = await paused();
    await edit('runbook.md', (text) => `${text}\n`);
    const run = await rig.run(command);
    expect([run.exitCode, run.stderr]).toEqual([
      2,
      refusal(id, '`runbook.md` is not the runbook that the run was started with'),
    ]);
  });
});

test('show, report and verify say what is not as it was recorded', async () => {
  const { rig, id, edit, state, folder } = await paused();
  const [output = ''] = await readdir(join(folder, 'outputs'));
  await edit(`outputs/${output}`, (text) => text.replace('one', 'two'));
  await edit(state, (text) => text.replace('x', 'y'));
  await edit('runbook.md', (text) => text.replace('echo', 'ecko'));
  await edit('meta.json', (text) => text.replace('unattended', 'guided'));
  const complaints = [
    '`runbook.md` is not the runbook that the run was started with',
    '`meta.json` does not say what the journal says',
    `\`outputs/${output}\` is not what \`one\` printed`,
    `\`${state}\` is not the shell state that \`one\` left`,
  ].map((text) => `error: ${id}: ${text}\n`);
  for (const command of ['show', 'report', 'verify']) {
    const told = await rig.run([command]);
    expect([command, told.exitCode, told.stderr]).toEqual([command, 1, complaints.join('')]);
  }
  await edit('plan.json', (text) => text.replace('echo two', 'echo 2'));
  expect(await rig.run(['report'])).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr:
      `error: run \`${id}\`: \`plan.json\` is not the plan that the run was started with\n` +
      `  = help: \`runsheet verify ${id}\` says what else is not as it was recorded\n`,
  });
});

test('a torn end is damage once the run has ended, and a note before', async () => {
  const { rig, id, edit } = await paused();
  const torn = (text: string) => text.slice(0, -1);
  await edit('journal.ndjson', torn);
  const early = await rig.run(['verify']);
  expect([early.exitCode, early.stderr]).toEqual([
    0,
    expect.stringMatching(
      new RegExp(
        `^note: ${id}: the last write to the journal was torn \\(\\d+ bytes\\); the \\d+ records before it hold\n${unsigned(id)}$`,
      ),
    ),
  ]);
  expect((await rig.run(['resume', '--yes', '--manual', 'skip'])).exitCode).toBe(0);
  expect(await rig.run(['verify'])).toMatchObject({ exitCode: 0, stderr: unsigned(id) });
  await edit('journal.ndjson', torn);
  const late = await rig.run(['verify']);
  expect([late.exitCode, late.stderr]).toEqual([
    1,
    expect.stringMatching(
      /^error: .* was torn \(\d+ bytes\); the \d+ records before it hold, though the run had ended\n$/,
    ),
  ]);
});
