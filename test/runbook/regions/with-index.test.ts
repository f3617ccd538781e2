import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type IndexedPage, withIndex } from '../../../src/runbook/regions/with-index.ts';
import { decodeSource } from '../../../src/text/source-file.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const renew = (text: string, pages: readonly IndexedPage[]): string => {
  const renewed = withIndex(decodeSource('README.md', new TextEncoder().encode(text)).source, pages);
  return renewed.ok ? decoder.decode(renewed.bytes) : renewed.why;
};
const table = (...rows: readonly string[]): string =>
  [
    '<!-- runsheet:index -->',
    '',
    '| Runbook | Owner | Service | Severity | Tags |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    '<!-- /runsheet:index -->',
  ].join('\n');
const drain = { path: 'ops/drain.md', title: 'Drain' };
const row = '| [Drain](ops/drain.md) |  |  |  |  |';
const torn =
  '`<!-- runsheet:index -->` and `<!-- /runsheet:index -->` must be there once each, in this order, alone on their lines';

test.each<[string, string, readonly IndexedPage[], string]>([
  ['a page of nothing', '', [drain], `# Runbooks\n\n${table(row)}\n`],
  ['words', '# Ours\n', [drain], `# Ours\n\n${table(row)}\n`],
  ['words without an end', '# Ours', [drain], `# Ours\n\n${table(row)}\n`],
  ['words and a blank line', 'Hello.\n\n', [], `Hello.\n\n${table()}\n`],
  ['a table of before', `A\n\n${table('| old |')}\n\nB\n`, [drain], `A\n\n${table(row)}\n\nB\n`],
  ['markers alone', `<!-- runsheet:index -->\n<!-- /runsheet:index -->\n`, [], `${table()}\n`],
  [
    'all that a page can say, and what Markdown would read',
    '',
    [
      {
        path: 'a (b)/c#d|e f.md',
        title: 'A | *B* [x]',
        owner: '<b>',
        services: ['shop', 'pay'],
        severity: 'SEV1',
        tags: ['a', 'b'],
      },
    ],
    `# Runbooks\n\n${table('| [A &#124; \\*B\\* \\[x\\]](a%20%28b%29/c%23d%7Ce%20f.md) | &lt;b\\> | shop, pay | SEV1 | a, b |')}\n`,
  ],
  ['the lines of another system', 'A\r\n', [drain], `A\r\n\r\n${table(row).replaceAll('\n', '\r\n')}\r\n`],
  ['a byte-order mark', '\ufeffA\n', [drain], `\ufeffA\n\n${table(row)}\n`],
  [
    'markers that are code',
    '```\n<!-- runsheet:index -->\n```\n',
    [],
    `\`\`\`\n<!-- runsheet:index -->\n\`\`\`\n\n${table()}\n`,
  ],
  ['one marker', '<!-- runsheet:index -->\n', [drain], torn],
  ['the other way round', '<!-- /runsheet:index -->\n\n<!-- runsheet:index -->\n', [drain], torn],
  ['two tables', `${table()}\n\n${table()}\n`, [drain], torn],
])('%s', (_, before, pages, after) => {
  expect(renew(before, pages)).toBe(after);
});

test('a page that was renewed is left as it is, and what stands around the table too', () => {
  const words = fc.stringMatching(/^[a-z #*`>\n-]{0,40}$/);
  fc.assert(
    fc.property(
      words,
      words,
      fc.array(fc.record({ path: fc.string(), title: fc.string() })),
      (above, below, pages) => {
        const once = renew(`${above}\n\n${table('| old |')}\n\n${below}`, pages);
        fc.pre(once !== torn);
        expect(renew(once, pages)).toBe(once);
        expect([once.startsWith(`${above}\n\n`), once.endsWith(`\n\n${below}`)]).toEqual([true, true]);
      },
    ),
  );
});
