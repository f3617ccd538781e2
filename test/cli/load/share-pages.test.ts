// Tests what becomes of pages where no other thread can begin.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadForList } from '../../../src/cli/load/load-runbook.ts';
import { sharePages, takePages } from '../../../src/cli/load/share-pages.ts';

test('pages that another thread has taken and not read are read all the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'share-'));
  const paths = Array.from({ length: 100 }, (_, page) => join(folder, `${page}.md`));
  for (const [page, path] of paths.entries())
    writeFileSync(path, `# Page ${page}\n\n## Steps\n\n\`\`\`sh\necho ${page}\n\`\`\`\n`);
  // The file of the thread is one of the built tool, and is not there beside the source.
  const read = await sharePages(paths, undefined, loadForList, 'skim-worker.js');
  expect(read).toEqual(paths.map((_, page) => ({ title: `Page ${page}`, steps: 1, blocks: 1 })));
  const next = new Int32Array(new SharedArrayBuffer(4)).fill(99);
  expect(takePages({ paths, task: undefined, next }, loadForList)).toEqual([[99, read[99]]]);
  rmSync(folder, { recursive: true });
});
