// Tests that of several ways a run takes the one that it was told, undoes only that, and keeps to it when taken up again.
import { expect, it } from 'vitest';
import { Rig } from './rig.ts';

const page = `---
inputs: { SYSTEM: { default: red hat } }
---
# Install

## Install it {choose}

### On Debian

\`\`\`sh
echo debian >> ran
\`\`\`

#### Rollback

\`\`\`sh
echo undo debian >> ran
\`\`\`

### On Red Hat

\`\`\`sh
echo redhat >> ran
\`\`\`

#### Rollback

\`\`\`sh
echo undo redhat >> ran
\`\`\`

## Start it

\`\`\`sh
test -e ready && echo start >> ran
\`\`\`
`;

async function rigWith(text = page): Promise<Rig> {
  const rig = await Rig.create();
  await rig.write('page.md', text);
  return rig;
}

it('what the author calls a choice is not made by accepting anything', async () => {
  const rig = await rigWith();
  const { exitCode, stderr } = await rig.run(['run', 'page.md', '--yes', '--accept', 'alternative']);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: `error[doubt/alternative]: one of \`On Debian\` and \`On Red Hat\` is to be run, and it is not said which
 --> page.md:8:1
  |
8 | ### On Debian
  | ^^^^^^^^^^^^^
  = help: say it with \`--choose install-it=on-debian\`, or bind the choice to an input with \`{choose=NAME}\`
`,
  });
});

it.each([
  ['its name', 'install-it=on-red-hat'],
  ['words of its title', 'install-it=red hat'],
])('a way is chosen by %s, and only that is undone', async (_, choose) => {
  const rig = await rigWith();
  const run = await rig.run([
    ...['run', 'page.md', '--yes', '--choose', choose],
    ...['--on-failure', 'rollback', '--log', 'none'],
  ]);
  expect([run.exitCode, await rig.file('ran')]).toEqual([3, 'redhat\nundo redhat\n']);
  expect(run.stderr).toContain(
    'of `install-it`: `on-red-hat`, chosen beforehand, by `--choose` or the page\n',
  );
  expect(run.stderr).toContain('`on-debian` skipped: another way was chosen\n');
});

it('all of them are run in their order', async () => {
  const rig = await rigWith();
  await rig.write('ready', '');
  const { exitCode } = await rig.run(['run', 'page.md', '--yes', '--choose', 'install-it=all']);
  expect([exitCode, await rig.file('ran')]).toEqual([0, 'debian\nredhat\nstart\n']);
  expect(await rig.file('page.md')).not.toContain('another way');
});

it('a run that is taken up again keeps to the way that was chosen', async () => {
  const rig = await rigWith();
  const choose = ['--choose', 'install-it=debian'];
  await rig.write('page.md', page.replace('### On Debian', '### On Debian\n\n- [ ] They were called'));
  const first = await rig.run(['run', 'page.md', '--yes', ...choose]);
  await rig.write('ready', '');
  const second = await rig.run(['resume', '--yes', '--manual', 'skip']);
  expect([first.exitCode, second.exitCode, await rig.file('ran')]).toEqual([5, 0, 'debian\nstart\n']);
});

it('an input names the way, and a value that names none is refused before anything runs', async () => {
  const rig = await rigWith(page.replace('{choose}', '{choose=SYSTEM}'));
  await rig.write('ready', '');
  const refused = await rig.run(['run', 'page.md', '--yes', '--set', 'SYSTEM=plan9']);
  expect([refused.exitCode, refused.stderr]).toEqual([
    2,
    'error: `SYSTEM` is `plan9`, which names none of the ways of `install-it`\n' +
      '  = help: they are `on-debian`, `on-red-hat`; `--choose install-it=on-debian` chooses one regardless\n',
  ]);
  const { exitCode } = await rig.run(['run', 'page.md', '--yes']);
  expect([exitCode, await rig.file('ran')]).toEqual([0, 'redhat\nstart\n']);
});

it.each([
  [
    'instal-it=debian',
    '--choose: the runbook has no choice `instal-it`; did you mean `install-it`?',
    'it has `install-it`',
  ],
  [
    'install-it=suse',
    '--choose: `suse` is not one of the ways of `install-it`',
    'they are `on-debian`, `on-red-hat`, and `all`',
  ],
])('--choose %s is refused', async (choose, message, help) => {
  const rig = await rigWith();
  const { exitCode, stderr } = await rig.run(['run', 'page.md', '--yes', '--choose', choose]);
  expect([exitCode, stderr]).toEqual([2, `error: ${message}\n  = help: ${help}\n`]);
});

it('a guided run asks once for all that stands in the choice', async () => {
  const rig = await rigWith();
  await rig.write('ready', '');
  const terminal = rig.terminal(['run', 'page.md', '--surface', 'prompt', '--log', 'none']);
  await terminal.waitFor('SYSTEM         red hat (default)');
  terminal.type('g');
  await terminal.waitFor('Which way: Install it?');
  terminal.type('2');
  await terminal.waitFor('Run this block?');
  terminal.type('a');
  expect((await terminal.ended).exitCode).toBe(0);
  expect(await rig.file('ran')).toBe('redhat\nstart\n');
});

const asking = `# Fail over

## Steps

### Which role has it? {ask=ROLE choices=primary,replica}

Look at the dashboard.

### Do it {choose=ROLE}

#### On the primary

\`\`\`sh
echo "was $ROLE" >> ran
\`\`\`

#### On a replica

\`\`\`sh
echo "is $ROLE" >> ran
\`\`\`
`;

it('what a person answers is a variable, which names the way and which blocks see', async () => {
  const rig = await rigWith(asking);
  const terminal = rig.terminal(['run', 'page.md', '--surface', 'prompt', '--log', 'none']);
  await terminal.waitFor('What is ROLE?');
  terminal.type('2');
  await terminal.waitFor('Run this block?');
  terminal.type('r');
  expect((await terminal.ended).exitCode).toBe(0);
  expect(await rig.file('ran')).toBe('is replica\n');
});

it('an input of that name answers where nobody is there, and a run without one waits for a person', async () => {
  const rig = await rigWith(`---\ninputs: { ROLE: {} }\n---\n${asking}`);
  const run = await rig.run(['run', 'page.md', '--yes', '--log', 'none', '--set', 'ROLE=primary']);
  expect([run.exitCode, await rig.file('ran')]).toEqual([0, 'was primary\n']);
  const without = await rigWith(asking);
  const { exitCode } = await without.run(['run', 'page.md', '--yes', '--log', 'none']);
  expect(exitCode).toBe(5);
});

it('a question on a step that runs something is an error', async () => {
  const rig = await rigWith('## Steps\n\n### Run it {ask=ROLE}\n\n```sh\ntrue\n```\n');
  const { exitCode, stderr } = await rig.run(['check', 'page.md']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    'error[idle-attribute]: there is something to run or to tick in this step, so that `ask` asks nothing\n',
  );
});
