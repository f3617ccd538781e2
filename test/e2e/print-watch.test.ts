// Tests a page that is drawn as its operator will see it whenever it is saved.
import { rename } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { expectExit, Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';

const page = (title: string, info = 'sh'): string =>
  `# ${title}\n\n## Steps\n\n### One\n\nFirst this.\n\n\`\`\`${info}\necho one\n\`\`\`\n`;

test('a page is drawn on every save, by whatever editor, and errors in its place', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', page('The first'));
  const terminal = rig.terminal(['print', '--watch', 'page.md'], { cols: 90, rows: 30 });
  // The line at the bottom is drawn last.
  await terminal.waitFor('redrawn on every save · q quits');
  expect(terminal.screen().filter((line) => line !== '')).toEqual([
    'The first',
    '1 step',
    'This runbook has no preconditions, no validation and no rollback section: nothing is',
    'checked before the first change, nothing is checked at the end and a failure cannot be',
    'undone from here.',
    expect.stringMatching(/^Step 1 of 1 {2}One ─+ Steps$/),
    'First this.',
    '    echo one',
    '  sh · no undo',
    'page.md · 15/15 · redrawn on every save · q quits',
  ]);

  await rig.write('page.md', page('The second'));
  await terminal.waitFor('The second');

  await rig.write('page.md.new', page('The third'));
  await rename(rig.path('page.md.new'), rig.path('page.md'));
  await terminal.waitFor('The third');

  await rig.write('page.md', page('The fourth', 'sh {timeot=1s}'));
  await terminal.waitFor('did you mean `timeout`?');
  await rig.write('page.md', page('The fifth'));
  await terminal.waitFor('The fifth');

  terminal.type('q');
  expect(await terminal.ended).toMatchObject({ exitCode: 0 });
  expect(terminal.buffer).toBe('normal');
});

test('Ctrl-C leaves, a page moves, and without a terminal there is nothing to draw on', async () => {
  const rig = await Rig.create();
  const steps = Array.from(
    { length: 20 },
    (_, at) => `### Step ${at + 1}\n\n\`\`\`sh\necho ${at + 1}\n\`\`\`\n`,
  );
  await rig.write('page.md', `# Long\n\n## Steps\n\n${steps.join('\n')}`);
  const terminal = rig.terminal(['print', '--watch', 'page.md'], { cols: 90, rows: 20 });
  await terminal.waitFor('Long');
  terminal.type('G');
  await terminal.waitFor('echo 20');
  terminal.type(keys.ctrlC);
  expect(await terminal.ended).toMatchObject({ exitCode: 0 });

  const ended = await rig.run(['print', '--watch', 'page.md']);
  expectExit(ended, 2);
  expect(ended.stderr).toBe(
    'error: `--watch` needs a terminal\n  = help: `runsheet print` alone prints the page once\n',
  );
});
