// Tests what a run says at its end where not all is well: background blocks that end, undos that nobody wrote, tidying.
import { expect, it } from 'vitest';
import { namedUser } from './named-user.ts';
import { Rig } from './rig.ts';
import { storyOf } from './told-story.ts';

const runbook = `# Ends

## Steps

### Serve

\`\`\`sh {background name=serve on-failure=continue}
until test -e go; do sleep 0.05; done; echo gone; test -e good || exit 3
\`\`\`

### Watch

\`\`\`sh {background name=watch}
exec tail -f /dev/null
\`\`\`

### Plain

\`\`\`sh {name=plain}
touch go
\`\`\`

### Work

\`\`\`sh {name=work check="test -s log"}
echo worked >> log
\`\`\`

#### Rollback

\`\`\`sh {name=undo-work}
rm log
\`\`\`

## Validation

\`\`\`sh {name=served retries=400 interval=1ms..20ms}
test -e served-by-nobody || grep -qs '' good
\`\`\`

## Cleanup

\`\`\`sh {name=tidy}
touch tidied
\`\`\`
`;

async function rigOf(...files: readonly string[]) {
  const rig = await Rig.create();
  await rig.write('ends.md', runbook.replace('retries=400', 'retries=6'));
  for (const file of files) await rig.write(file, 'x\n');
  return rig;
}

const env = namedUser('ada');

it('tells how a block in the background ended by itself, and what nobody undid', async () => {
  const rig = await rigOf();
  const run = await rig.run(['run', 'ends.md', '--yes', '--on-failure', 'rollback'], { env });
  expect(run.exitCode).toBe(3);
  const story = await storyOf(rig);
  expect(story.filter((line) => /serve`|watch`/.test(line))).toEqual([
    '`serve` started',
    '`serve` goes on in the background',
    '`watch` started',
    '`watch` goes on in the background',
    expect.stringMatching(/^`serve` in the background failed after \d.* \(1 line\): exit 3$/),
    expect.stringMatching(/^`watch` in the background was ended with the run after/),
  ]);
  expect(story.find((line) => line.startsWith('the run '))).toBe(
    'the run failed and was rolled back: the rollback is complete; no undo is written for `plain`; its clean-up section was not run',
  );
  expect((await rig.exec('ls', ['tidied'])).exitCode).not.toBe(0);
  expect(await rig.file('ends.md')).toMatch(/✘ \*\*failed\*\* in \d.*? · in the background, exit 3 ·/);
});

it('is rolled back later as somebody wished, and not called a failure', async () => {
  const rig = await rigOf('good');
  expect(await rig.run(['run', 'ends.md', '--yes'], { env })).toMatchObject({ exitCode: 0 });
  expect(await rig.file('tidied')).toBe('');
  expect(await rig.run(['rollback', 'ends.md', '--yes'], { env })).toMatchObject({ exitCode: 0 });
  expect((await storyOf(rig)).at(-1)).toBe(
    'the run was rolled back: the rollback is complete; no undo is written for `plain`',
  );
});

it('tidies up after a failure where the operator wants it', async () => {
  const rig = await rigOf();
  await rig.write('ends.md', (await rig.file('ends.md')).replace('name=serve', 'name=serve exit=3'));
  const answers = { input: 'a\nq\ny\n', env };
  const run = await rig.run(['run', 'ends.md', '--surface', 'prompt'], answers);
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain('The run has failed, and its clean-up section has not run yet: `tidy`.');
  expect(await rig.file('tidied')).toBe('');
  expect((await storyOf(rig)).filter((line) => /clean-up|tidy/.test(line))).toEqual([
    'clean-up chosen by ada',
    'clean-up',
    '`tidy` started',
    '`tidy` passed',
  ]);
});
