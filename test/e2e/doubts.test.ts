// Tests that what is doubtful of a page is never run by guess: refused without a person, asked with one, and recorded.
import { expect, it } from 'vitest';
import { ready } from '../surfaces/tui/screen-rig.ts';
import { Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';

const page = `# Install

## Steps

### Option A: by package

\`\`\`sh
echo package >> ran
\`\`\`

### Option B: from source

\`\`\`sh
echo source >> ran
\`\`\`

### Start it

\`\`\`sh
echo start >> ran
\`\`\`
`;

const refusal = `error[doubt/alternative]: \`Option A: by package\` and \`Option B: from source\` read like alternatives
 --> page.md:5:1
  |
5 | ### Option A: by package
  | ^^^^^^^^^^^^^^^^^^^^^^^^
  = help: write \`{choose}\` after the heading right above them if one of them is to be run, \`{choose=all}\` if all of them are; \`--choose steps=option-a-by-package\` runs that one; \`--accept alternative\` runs all of them
`;

async function rigWith(text = page): Promise<Rig> {
  const rig = await Rig.create();
  await rig.write('page.md', text);
  return rig;
}

it('an unattended run is refused before anything runs, with every doubt at its place', async () => {
  const rig = await rigWith();
  for (const surface of ['plain', 'ndjson']) {
    const { exitCode, stderr } = await rig.run(['run', 'page.md', '--yes', '--surface', surface]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: refusal });
  }
  await expect(rig.file('ran')).rejects.toThrow('ENOENT');
});

it('steps that are left out are nobody in doubt of', async () => {
  const rig = await rigWith();
  const { exitCode } = await rig.run(['run', 'page.md', '--yes', '--step', 'start-it']);
  expect([exitCode, await rig.file('ran')]).toEqual([0, 'start\n']);
});

it.each([
  ['an option', page, ['--accept', 'alternative']],
  ['the front matter', `---\naccept: [alternative]\n---\n${page}`, []],
])('%s takes all of them, and the record says so', async (_, text, options) => {
  const rig = await rigWith(text);
  const { exitCode } = await rig.run(['run', 'page.md', '--yes', ...options]);
  expect([exitCode, await rig.file('ran')]).toEqual([0, 'package\nsource\nstart\n']);
  const { stdout } = await rig.run(['show', '--json']);
  const made = stdout.split('\n').filter((line) => line.includes('ChoiceMade'));
  expect(made.map((line) => JSON.parse(line).event)).toMatchObject([
    { choice: 'steps', branches: ['option-a-by-package', 'option-b-from-source'], automatic: true },
  ]);
});

it('the heading above says that all of them are to be run', async () => {
  const rig = await rigWith(page.replace('## Steps', '## Steps {choose=all}'));
  const { exitCode } = await rig.run(['run', 'page.md', '--yes']);
  expect([exitCode, await rig.file('ran')]).toEqual([0, 'package\nsource\nstart\n']);
});

it('a run that is taken up without a person is refused in the same way, and goes on with what is accepted', async () => {
  const rig = await rigWith(`# Install

## Steps

### Start

\`\`\`sh {name=start}
echo start >> ran
\`\`\`

### Try it

For example:

\`\`\`sh {name=first}
echo first >> ran
\`\`\`

### Go on

If you use a proxy, run:

\`\`\`sh {name=second}
echo second >> ran
\`\`\`
`);
  const terminal = rig.terminal(['run', 'page.md', '--surface', 'prompt', '--log', 'none']);
  await terminal.waitFor('Run this block?');
  terminal.type('p');
  expect((await terminal.ended).exitCode).toBe(5);
  const before = (await rig.run(['show', '--json'])).stdout;
  const refused = await rig.run(['resume', '--yes']);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr.replaceAll(/--> .*\//g, '--> ').match(/^error.*\n.*$/gm)).toEqual([
    'error[doubt/condition]: the words before it say that it is an example, or run only sometimes\n  --> page.md:15:1',
    'error[doubt/condition]: the words before it say that it is an example, or run only sometimes\n  --> page.md:23:1',
  ]);
  expect((await rig.run(['show', '--json'])).stdout).toBe(before);
  await expect(rig.file('ran')).rejects.toThrow('ENOENT');
  expect((await rig.run(['resume', '--yes', '--accept', 'condition'])).exitCode).toBe(0);
  expect(await rig.file('ran')).toBe('start\nfirst\nsecond\n');
});

it('a code that is none is refused with the one that was meant', async () => {
  const rig = await rigWith();
  const { exitCode, stderr } = await rig.run(['run', 'page.md', '--yes', '--accept', 'alternativ']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('error: --accept: there is no doubt `alternativ`; did you mean `alternative`?\n');
});

it('a word that stands for a value is no command of an unattended run, and changed before a guided one runs it', async () => {
  const rig = await rigWith('# Wipe\n\n## Steps\n\n```sh {name=wipe}\necho /dev/sdX >> ran\n```\n');
  const refused = await rig.run(['run', 'page.md', '--yes']);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain(
    'error[doubt/to-replace]: `/dev/sdX` reads like a word that stands for a value\n --> page.md:6:1\n',
  );
  const terminal = rig.terminal(['run', 'page.md', '--log', 'none']);
  await ready(terminal, 'Begin?');
  terminal.type(keys.enter);
  await ready(terminal, 'Does `wipe` belong to this run?');
  terminal.type('e');
  await ready(terminal, 'The command of `wipe`');
  terminal.type('\x15echo /dev/vdb >> ran\x13');
  await ready(terminal, 'was edited by');
  terminal.type('r');
  await ready(terminal, 'The run succeeded', 'Enter close');
  terminal.type(keys.enter);
  expect([(await terminal.ended).exitCode, await rig.file('ran')]).toEqual([0, '/dev/vdb\n']);
  expect((await rig.run(['show', '--json'])).stdout).toContain('"type":"CommandEdited","address":"wipe"');
});

it('line by line, too, and the command is shown as it will run', async () => {
  const rig = await rigWith('# Wipe\n\n## Steps\n\n```sh {name=wipe}\necho /dev/sdX >> ran\n```\n');
  const terminal = rig.terminal(['run', 'page.md', '--surface', 'prompt', '--log', 'none']);
  await terminal.waitFor('Does it belong to this run?');
  terminal.type('e');
  await terminal.waitFor('Command:');
  terminal.type('\x15echo /dev/vdb >> ran\r');
  await terminal.waitFor(/ {4}echo \/dev\/vdb >> ran[\s\S]*Does it belong to this run\?/);
  terminal.type('r');
  expect([(await terminal.ended).exitCode, await rig.file('ran')]).toEqual([0, '/dev/vdb\n']);
});

it('print and a dry run show it', async () => {
  const rig = await rigWith();
  const printed = await rig.run(['print', 'page.md', '--json']);
  const { steps } = JSON.parse(printed.stdout);
  expect(steps.map((step: { parts: { doubts?: string[] }[] }) => step.parts[0]?.doubts)).toEqual([
    ['alternative'],
    ['alternative'],
    undefined,
  ]);
  const dry = await rig.run(['run', 'page.md', '--dry-run']);
  expect(dry.stdout).toContain('  option-a-by-package  sh (change, doubtful: alternative)\n');
});
