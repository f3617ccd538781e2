import { expect, it } from 'vitest';
import { Rig, repositoryRoot } from './rig.ts';

it('a reader that goes away ends the writing quietly', async () => {
  const rig = await Rig.create();
  const blocks = Array.from({ length: 3_000 }, (_, index) => `## Step ${index}\n\n\`\`\`sh\ntrue\n\`\`\`\n`);
  await rig.write('long.md', `# Long\n\n${blocks.join('\n')}`);
  const tool = `${repositoryRoot}/dist/runsheet.js`;
  const ended = await rig.exec('bash', ['-c', `"${process.execPath}" "${tool}" print long.md | head -n 1`]);
  expect(ended).toMatchObject({ exitCode: 0, stdout: 'Long\n', stderr: '' });
});
