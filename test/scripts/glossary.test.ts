import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import { expect, test } from 'vitest';

const docs = join(import.meta.dirname, '..', '..', 'docs');
const read = (name: string): string => readFileSync(join(docs, name), 'utf8');
const page = read('glossary.md');

test('the words stand in the order of the alphabet, each once', () => {
  const words = [...page.matchAll(/^\| \*\*([^*]+)\*\*/gm)].map(([, word]) => word ?? '');
  expect(words.length).toBeGreaterThan(30);
  expect(words).toEqual([...new Set(words)].sort());
});

test.each(
  [...page.matchAll(/\]\(([\w-]+\.md)(?:#([^)]+))?\)/g)].map(
    ([, file = '', anchor]) => [file, anchor] as const,
  ),
)('the link to %s#%s leads somewhere', (file, anchor) => {
  const slugger = new GithubSlugger();
  const anchors = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => slugger.slug(title));
  expect(anchor === undefined || anchors.includes(anchor)).toBe(true);
});
