import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatEntries, formatNames } from '../../../src/cli/commands/read-format-page.ts';
import { ownNames } from '../../../src/runbook/attributes/read-attribute.ts';
import { frontMatterJsonSchema } from '../../../src/runbook/front-matter/front-matter-json-schema.ts';

const page = readFileSync(new URL('../../../docs/format.md', import.meta.url), 'utf8');

test('every attribute is explained', () => {
  const names = formatNames(page);
  expect(ownNames.filter((name) => !names.includes(name))).toEqual([]);
});

test('every key of the front matter is explained', () => {
  const { properties } = frontMatterJsonSchema() as { properties: Record<string, unknown> };
  const names = formatNames(page);
  expect(Object.keys(properties).filter((name) => !names.includes(name))).toEqual([]);
});

test('an attribute is its row, a key its lines and what is said of it', () => {
  expect(formatEntries(page, 'timeout')[0]).toEqual({
    kind: 'attribute',
    syntax: '`timeout=30s`',
    text: 'the whole process tree is ended (INT, TERM, KILL)',
  });
  expect(formatEntries(page, 'hosts')).toEqual([
    {
      kind: 'front matter key',
      syntax: '```yaml\nhosts: { web: [web1, web2] } # groups, for `host=web`\n```',
      text: expect.any(String),
    },
  ]);
  expect(formatEntries(page, 'errexit').map(({ kind }) => kind)).toEqual(['attribute', 'front matter key']);
  expect(formatEntries(page, 'nosuch')).toEqual([]);
});
