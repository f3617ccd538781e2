// Tests that blocks of a run that is guided line by line read what the operator types.
import { expect, test } from 'vitest';
import { namedUser } from './named-user.ts';
import { Rig } from './rig.ts';
import { keys, type RigTerminal } from './rig-terminal.ts';

async function begin(code: string): Promise<{ rig: Rig; terminal: RigTerminal }> {
  const rig = await Rig.create();
  await rig.write('page.md', `# Page\n\n\`\`\`bash {name=one}\n${code}\n\`\`\`\n`);
  const env = namedUser('ada');
  const terminal = rig.terminal(['run', 'page.md', '--surface', 'prompt'], { rows: 40, cols: 100, env });
  await terminal.waitFor('Run this block?');
  terminal.type(keys.enter);
  return { rig, terminal };
}

test('a block reads what is typed, from its input and from the terminal, and is told what the terminal can', async () => {
  const { rig, terminal } = await begin(
    [
      "read -r -p 'Which database? ' database",
      "read -rs -p 'Password: ' password </dev/tty; echo",
      'echo "$database ${#password} $TERM $(stty size </dev/tty) ${PAGER}"',
    ].join('\n'),
  );
  await terminal.waitFor(/│ Which database\? $/m);
  terminal.type('shop\r');
  await terminal.waitFor(/│ Password: $/m);
  terminal.type('sesame\r');
  await terminal.waitFor('│ shop 6 dumb 40 96 cat');
  expect((await terminal.ended).exitCode).toBe(0);
  expect(await rig.file('page.md')).toContain(
    '```text\nWhich database? shop\nPassword:\nshop 6 dumb 40 96 cat\n```\n',
  );
  expect(terminal.bytes()).not.toContain('sesame');
});

test('Ctrl-C ends the block, and the tool asks what next', async () => {
  const { terminal } = await begin("trap '' INT; echo ready; while :; do sleep 0.05; done");
  await terminal.waitFor('│ ready');
  terminal.type(keys.ctrlC);
  await terminal.waitFor('failed: interrupted');
  await terminal.waitFor(/What now\?/);
  terminal.type('q');
  expect((await terminal.ended).exitCode).toBe(1);
});

test('a run that waits for an approval says how it is given, and what else there is', async () => {
  const rig = await Rig.create();
  await rig.write(
    'page.md',
    '# Page\n\n```sh {name=one approve=1}\necho one\n```\n\n```sh {name=two}\necho two\n```\n',
  );
  const terminal = rig.terminal(['run', 'page.md', '--surface', 'prompt'], {
    rows: 40,
    cols: 100,
    env: namedUser('ada'),
  });
  await terminal.waitFor(
    /`runsheet approve \S+` gives it, from another account\.[\s\S]*What now\?[\s\S]*skip.*pause.*stop/,
  );
  terminal.type('s');
  await terminal.waitFor(/Why is it skipped\?/);
  terminal.type('not today\r');
  await terminal.waitFor('Run this block?');
  expect(terminal.screen().join('\n')).toContain('`one` skipped: by ada@');
  terminal.type('p');
  expect((await terminal.ended).exitCode).toBe(5);
});

test('on a dumb terminal the question after a block is waited for as the first was', async () => {
  const rig = await Rig.create();
  await rig.write(
    'page.md',
    '## Steps\n\n```sh {name=one}\necho first\n```\n\n```sh {name=two}\necho second\n```\n',
  );
  const terminal = rig.terminal(['run', 'page.md'], { env: { TERM: 'dumb' } });
  await terminal.waitFor(/Run this block\?[^>]*\n> /);
  terminal.type('\r');
  await terminal.waitFor(/│ first[\s\S]*Run this block\?[^>]*\n> /);
  terminal.type('\r');
  await terminal.waitFor('│ second');
  expect((await terminal.ended).exitCode).toBe(0);
});
