// Tests what becomes of pages where no other thread can begin.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { skimPages, takePages } from '../../../src/cli/load/skim-pages.ts';

test('pages that another thread has taken and not read are read all the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'skim-'));
  const paths = Array.from({ length: 100 }, (_, page) => join(folder, `${page}.md`));
  for (const [page, path] of paths.entries())
    writeFileSync(path, `# Page ${page}\n\n## Steps\n\n\`\`\`sh\necho ${page}\n\`\`\`\n`);
  // The file of the thread is one of the built tool, and is not there beside the source.
  const skimmed = await skimPages(paths);
  expect(skimmed).toEqual(paths.map((_, page) => ({ title: `Page ${page}`, steps: 1, blocks: 1 })));
  const next = new Int32Array(new SharedArrayBuffer(4)).fill(99);
  expect(takePages({ paths, next })).toEqual([[99, skimmed[99]]]);
  rmSync(folder, { recursive: true });
});
