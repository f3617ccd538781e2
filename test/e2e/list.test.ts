// Tests that a list of many pages, which several threads read, is the same as lists of few.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { Rig, repositoryRoot } from './rig.ts';

const pagesInFolder = 45;
const folders = ['a', 'b', 'c'];

async function rigWithPages(): Promise<Rig> {
  const rig = await Rig.create();
  for (const folder of folders)
    for (let page = 0; page < pagesInFolder; page++) {
      const blocks = Array.from({ length: page % 4 }, (_, block) => `\`\`\`sh\necho ${block}\n\`\`\`\n`);
      await rig.write(`${folder}/${page}.md`, `# ${folder} ${page}\n\n## Steps\n\n${blocks.join('\n')}`);
    }
  return rig;
}

test('a list of many pages is that of few, one after the other', async () => {
  const rig = await rigWithPages();
  const together = await rig.run(['list', '--json', '.']);
  const apart = [];
  for (const folder of folders) {
    const rows = JSON.parse((await rig.run(['list', '--json', folder])).stdout);
    apart.push(...rows);
  }
  expect(JSON.parse(together.stdout)).toEqual(apart);
  expect(apart).toHaveLength(folders.length * pagesInFolder - folders.length * Math.ceil(pagesInFolder / 4));
  expect(apart[0]).toEqual({ path: 'a/1.md', title: 'a 1', steps: 1, blocks: 1, stale: [] });
});

test('a thread reads the pages that nobody has taken', async () => {
  const rig = await rigWithPages();
  const paths = ['a/1.md', 'a/4.md', 'b/3.md'].map((path) => rig.path(path));
  const next = new Int32Array(new SharedArrayBuffer(4));
  next[0] = 1;
  const worker = new Worker(`${repositoryRoot}/dist/skim-worker.js`, { workerData: { paths, next } });
  const [skimmed] = await once(worker, 'message');
  expect(skimmed).toEqual([
    [1, undefined],
    [2, { title: 'b 3', steps: 1, blocks: 3 }],
  ]);
});
