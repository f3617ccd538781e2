// Tests that expectations are held against what was printed, and that what is told of it is masked all the same.
import { expect, test } from 'vitest';
import { Rig } from './rig.ts';

const page = (block: string): string =>
  `---\ninputs: { PGPASSWORD: { secret: true } }\n---\n# Ready\n\n## Steps\n\n### Look\n\n${block}`;

const fence = (attributes: string, code: string): string => `\`\`\`bash {${attributes}}\n${code}\n\`\`\`\n`;

test.each([
  ['what it needs', fence('expect=/^database pending is ready$/', 'echo "database $PGPASSWORD is ready"'), 0],
  ['what must not be there', fence('expect=/^(?!.*pending)/', 'echo "state: $PGPASSWORD"'), 1],
  [
    'an item of a list',
    fence('each=NAME of="one two" expect=/^(?!.*pending)/', 'echo "$NAME: $PGPASSWORD"'),
    1,
  ],
  [
    'what is captured, too',
    fence('capture=API_TOKEN expect=/^tok-12345-pending$/', 'echo "tok-12345-$PGPASSWORD"'),
    0,
  ],
])('%s', async (_, block, exitCode) => {
  const rig = await Rig.create();
  await rig.write('e.md', page(block));
  const run = await rig.run(['run', 'e.md', '--yes'], { env: { PGPASSWORD: 'pending' } });
  expect(run).toMatchObject({ exitCode });
  expect(`${run.stdout}${run.stderr}${await rig.file('e.md')}`.replace(block, '')).not.toContain(': pending');
});
