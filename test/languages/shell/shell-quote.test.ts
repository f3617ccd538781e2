import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { typedWord } from '../../../src/languages/shell/shell-quote.ts';

test.each([
  ['runbooks/disk-full.md', 'runbooks/disk-full.md'],
  ['/srv/a_b+c@1.2.md', '/srv/a_b+c@1.2.md'],
  ['backup.md~', 'backup.md~'],
  ['my page.md', "'my page.md'"],
  ['~/it', "'~/it'"],
  ["it's.md", "'it'\\''s.md'"],
  ['a&b$c.md', "'a&b$c.md'"],
  ['seite-ü.md', "'seite-ü.md'"],
  ['', "''"],
])('%j is typed as %s, and is that word to a shell', (text, word) => {
  expect(typedWord(text)).toBe(word);
  expect(execFileSync('sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' })).toBe(text);
});
