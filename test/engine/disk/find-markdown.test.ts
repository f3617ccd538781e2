import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { findMarkdown } from '../../../src/engine/disk/find-markdown.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

function treeOf(files: Readonly<Record<string, string>>): readonly string[] {
  const top = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), text);
  }
  return findMarkdown(top, () => {}).map((path) => relative(top, path));
}

test('leaves out what .gitignore does, and takes back what a deeper one does', () => {
  expect(
    treeOf({
      '.gitignore': 'drafts/\n*.old.md\n',
      'a.md': '',
      'b.old.md': '',
      'c.txt': '',
      'drafts/d.md': '',
      'kept/.gitignore': '!*.old.md\n',
      'kept/e.old.md': '',
      'node_modules/f/README.md': '',
    }),
  ).toEqual(['a.md', 'kept/e.old.md']);
});

test('leaves out the copies that kept runs hold, where the state folder lies below', () => {
  expect(
    treeOf({
      'a.md': '',
      'state/runs/20260101-000000-abcd/journal.ndjson': '',
      'state/runs/20260101-000000-abcd/runbook.md': '',
      'state/runs/notes.md': '',
    }),
  ).toEqual(['a.md', 'state/runs/notes.md']);
});
