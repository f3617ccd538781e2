// Tests blocks in the background: those that end by themselves are told from those that are ended with the run.
import { expect, test } from 'vitest';
import { Rig } from './rig.ts';

const block = (attributes: string, code: string): string => `\`\`\`sh {${attributes}}\n${code}\n\`\`\`\n\n`;

/** The last block waits until the test has heard of the end of the first two. */
const book = `# Background

## Steps

${block('name=short background', 'echo over > short.txt')}
${block('name=broken background', 'echo over > broken.txt; exit 3')}
${block('name=long background', 'exec sleep 1000')}
${block('name=wait', 'until [ -e go ]; do sleep 0.05; done')}`;

test('each is told of once, as it ended', async () => {
  const rig = await Rig.create();
  await rig.write('book.md', book);
  const running = rig.start(['run', 'book.md', '--yes', '--surface', 'ndjson']);
  await running.waitFor(/("background-ended"[\s\S]*){2}/);
  await rig.write('go', '');
  const { stdout, exitCode } = await running.ended;
  expect(exitCode).toBe(0);
  const ended = stdout
    .split('\n')
    .filter((line) => line.includes('"background-ended"'))
    .map((line) => JSON.parse(line))
    .map(({ address, ended, result }) => ({ address, ended, exit: result.exitCode }));
  expect(ended.sort((left, right) => left.address.localeCompare(right.address))).toEqual([
    { address: 'broken', ended: 'itself', exit: 3 },
    { address: 'long', ended: 'by-run', exit: null },
    { address: 'short', ended: 'itself', exit: 0 },
  ]);
  const page = await rig.file('book.md');
  expect(page).toContain('in the background, exit 3');
  expect(page).toContain('in the background, ended with the run');
});
