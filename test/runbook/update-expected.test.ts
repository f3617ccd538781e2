import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { address } from '../../src/basics/address.ts';
import { parseRunbook } from '../../src/runbook/parse-runbook.ts';
import { blocksByAddress, updateExpected } from '../../src/runbook/update-expected.ts';
import { decodeSource } from '../../src/text/source-file.ts';

function update(document: string, updates: Readonly<Record<string, readonly string[]>>) {
  const { source } = decodeSource('book.md', new TextEncoder().encode(document));
  const { runbook } = parseRunbook(source);
  const wanted = Object.entries(updates).map(([name, lines]) => ({ address: address(name), lines }));
  const { bytes, unplaced } = updateExpected(runbook, wanted);
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), unplaced };
}

describe('an output in a document', () => {
  test('is rewritten, and nothing else', () => {
    const document =
      '# T\r\n\r\n```sh {name=a expect=output}\r\nx\r\n```\r\n\r\n```output\r\nold\r\n```\r\n  end  ';
    expect(update(`\uFEFF${document}`, { a: ['new', '', '  two'] })).toEqual({
      text: `\uFEFF${document.replace('old\r\n', 'new\r\n\r\n  two\r\n')}`,
      unplaced: [],
    });
  });

  test.each([
    ['> ```sh {name=a}\n> x\n> ```\n>\n> ```output\n> old\n> ```\n', '> ```output\n> 1\n>\n>  2\n> ```\n'],
    [
      '1. Do\n\n   ```sh {name=a}\n   x\n   ```\n   ```output\n   old\n   ```\n',
      '   ```output\n   1\n\n    2\n   ```\n',
    ],
    [
      '- > ```sh {name=a}\n  > x\n  > ```\n  > ~~~output\n  > ~~~\n',
      '  > ~~~output\n  > 1\n  >\n  >  2\n  > ~~~\n',
    ],
    ['```sh {name=a}\nx\n```\n  ```output\nold\n  ```\n', '  ```output\n  1\n\n   2\n  ```\n'],
    ['* ```sh {name=a}\n\tx\n\t```\n\t```output\n\told\n\t```\n', '\t```output\n\t1\n\n\t 2\n\t```\n'],
  ])('keeps its container: %j', (document, end) => {
    const { text, unplaced } = update(document, { a: ['1', '', ' 2'] });
    expect([text.slice(-end.length), unplaced]).toEqual([end, []]);
  });

  test('gets a longer fence where its lines would close it', () => {
    const document = '```sh {name=a}\nx\n```\n```output\nold\n```\nprose\n';
    expect(update(document, { a: ['````', 'x'] }).text).toBe(
      '```sh {name=a}\nx\n```\n`````output\n````\nx\n`````\nprose\n',
    );
  });

  test('of a block that shows none is left alone', () => {
    const document = '```sh {name=a}\nx\n```\n\n```sh {name=b}\n$ y\nold\n```\n';
    expect(update(document, { a: ['1'], b: ['2'], c: [] })).toEqual({
      text: document,
      unplaced: ['a', 'b', 'c'],
    });
  });

  test('takes any lines in any container, and reads back as they are', () => {
    const container = fc.constantFrom('', '> ', '   ', '> > ', '>   ');
    const line = fc.oneof(
      fc.constantFrom('```', '~~~~', '> x', '- y', '# z', '<!-- a -->', '    deep', '', '$ x', '```output'),
      fc.string({ unit: 'grapheme' }).map((text) => text.replace(/\s+/g, ' ').trimEnd()),
    );
    const lines = fc.array(line, { maxLength: 5 });
    const fence = fc.constantFrom('```', '~~~', '````');
    fc.assert(
      fc.property(container, fence, lines, lines, fc.boolean(), (prefix, mark, before, after, crlf) => {
        const marker = prefix === '   ' ? '1. ' : prefix;
        const body = [
          '```sh {name=a expect=output}',
          'true',
          '```',
          '',
          `${mark}output`,
          'old',
          mark,
          '',
          'end',
        ];
        const written = body.map((text, index) => (index === 0 ? marker : prefix) + text);
        const document = written.join(crlf ? '\r\n' : '\n');
        const first = update(document, { a: before });
        const second = update(first.text, { a: after });
        expect([first.unplaced, second.unplaced]).toEqual([[], []]);
        const { source } = decodeSource('book.md', new TextEncoder().encode(second.text));
        const block = blocksByAddress(parseRunbook(source).runbook).get(address('a'));
        expect(block?.expectedOutput?.text).toBe(after.join('\n'));
        expect(second.text.endsWith(`${prefix}end`)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
