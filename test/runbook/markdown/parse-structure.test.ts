import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseStructure, plainText, soleLink } from '../../../src/runbook/markdown/parse-structure.ts';
import { readCorpus } from '../../corpus.ts';
import { structureOutline as outline } from './structure-outline.ts';

/** One parse by micromark of all of the text. */
const whole = (text: string) =>
  outline(parseStructure(text, { chunkLength: text.length + 1, shortcuts: false }));

describe('parseStructure', () => {
  test.each(
    ['', ' ', '   '].flatMap((blanks) =>
      [
        ['<!--', '-->'],
        ['<?php', '?>'],
        ['<![CDATA[', ']]>'],
        ['<!DOCTYPE a', 'b>'],
        ['<pre>', '</pre>'],
        ['<SCRIPT>', '</script>'],
      ].map(([begin = '', end = '']) => [`${blanks}${begin}`, end] as const),
    ),
  )('what begins with `%s` goes on behind a blank line, up to `%s`', (begin, end) => {
    const html = `${begin}\n\n\`\`\`sh\nx\n\`\`\`\n\n${end}`;
    const at = 3 + html.length;
    expect(outline(parseStructure(`a\n\n${html}\n\nb\n`))).toEqual([
      ...['  paragraph 0-1 ', `  html 3-${at} ${JSON.stringify(html)}`, `  paragraph ${at + 2}-${at + 3} `],
    ]);
  });

  test('keeps inline text raw and remembers fences', () => {
    expect(outline(parseStructure('# *a* `b`\n\n1. x\n   ~~~sh {n}\n   y\n   ~~~\n'))).toEqual([
      '  heading 0-9 ',
      '    text 2-9 ',
      '  list 11-40 ',
      '    listItem 11-40 ',
      '      paragraph 14-15 ',
      '      code 19-40 {"opening":[19,22],"closing":[37,40]}"y"',
    ]);
  });

  test('knows a fence that is never closed', () => {
    expect(outline(parseStructure('```sh\nx\n'))).toEqual(['  code 0-7 {"opening":[0,3]}"x"']);
  });

  const pieces = fc.constantFrom(
    '# heading\n',
    '## two\n',
    '\n',
    '\n\n',
    'text\n',
    'text\r\n',
    'text\r',
    '```sh\n',
    '```\n',
    '````\n',
    '~~~\n',
    '  ```\n',
    '- item\n',
    '  nested\n',
    '1. one\n',
    '   ```\n',
    '> quote\n',
    '> ```\n',
    '<!-- open\n',
    '-->\n',
    '<!-- whole -->\n',
    '<div>\n',
    '</div>\n',
    '<script>\n',
    '</script>\n',
    '<?php\n',
    '?>\n',
    '    indented\n',
    '| a | b |\n|---|---|\n',
    '| 1 | 2 |\n',
    '[^1]: note\n',
    '[ref]: /url\n',
    '===\n',
    '---\n',
    '- [ ] task\n',
    '\ttab\n',
    '#no heading\n',
    '+++\n',
    'a\u2028# b\n',
    '#\n',
    '**bold** text  \n',
    '`code` text\n',
    '# closed #  \n',
    '1) paren\n',
    '2. two\n',
    '2024 was a year\n',
    '* star\n',
    '*emphasis* \n',
    '***\n',
    '_ _ _\n',
    '<!-- a --> b\n',
    '    \n',
    'a | b\n',
    '--|--\n',
    '\\escaped\n',
    '![image](x)\n',
    '$ prompt\n',
    '-\n',
    '+ \n',
    '＃ full\n',
    '\u00a0nbsp\n',
    '\u00a0\n',
    'text\u00a0\n',
    '~~~ `a`\n',
    '``` `a`\n',
    '- [x] done\n',
    '1. [ ] no\n',
    '3. three \n',
    '-     far\n',
    '-  two \n',
    '  - nested\n',
    '    - deeper\n',
    '   - between\n',
    '  1. first\n',
    '  2. second\n',
    '  more\n',
    '- a\n  - b\n    more\n',
    '1. a\n   - b\n2. c\n',
    '\ufeff',
    '[a](b) c\n',
    '[a][b]\n',
    '- [a](b)\n',
    '- ✅ ok\n',
    ':::note\n',
    '> [!NOTE]\n',
    '>no space\n',
    '> text\n>\n',
    '>\n',
    '> - item\n',
    '|a|b|\n|-|-|\n',
    '|a|\n|---|---|\n',
    '| only |\n',
    '- item\n- two\n',
    'last',
  );

  test('gives in chunks what it gives of the whole', () => {
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 40 }),
        fc.integer({ min: 0, max: 60 }),
        fc.boolean(),
        (parts, chunkLength, shortcuts) => {
          const text = parts.join('');
          expect(outline(parseStructure(text, { chunkLength, shortcuts }))).toEqual(whole(text));
        },
      ),
      { numRuns: 1_500 },
    );
  });

  const piecesOfLists = fc.constantFrom(
    '1. one\n',
    '2. two\n',
    '10. ten\n',
    '- a\n',
    '* b\n',
    '- [ ] task\n',
    '-   far\n',
    '1.  far\n',
    '   - below\n',
    '  - below\n',
    '   1. first\n',
    '    - deep\n',
    '\n',
    '\n',
    '   \n',
    '\r\n',
    '   ```sh\n',
    '   ```\n',
    '   ```  \n',
    '  ```\n',
    '    ```\n',
    '    ~~~ {x}\n',
    '    ~~~\n',
    '   ````\n',
    '```\n',
    '   code\n',
    '     code\n',
    '    code\n',
    '      ```\n',
    '   \ttab\n',
    '\ttab\n',
    ' \n',
    '     \n',
    '   text\n',
    '    text\n',
    '  text\r\n',
    'lazy\n',
    'a | b\n',
    '   a | b\n',
    '- a | b\n',
    '   --|--\n',
    '--|--\n',
    '- | -\n',
    '   - | -\n',
    ': |\n',
    '   ---\n',
    '---\n',
    '   > quote\n',
    '   # heading\n',
    '# heading\n',
    '***\n',
    '**strong** text\n',
    '2024 was\n',
  );

  test('finds in lists what micromark finds', () => {
    fc.assert(
      fc.property(fc.array(piecesOfLists, { maxLength: 14 }), (parts) => {
        const text = `- a\n${parts.join('')}`;
        expect(outline(parseStructure(text))).toEqual(whole(text));
      }),
      { numRuns: 4_000 },
    );
  });

  test('finds lists below a thematic break that begins the document', () => {
    expect(outline(parseStructure('---\n\n- a\n'))[1]).toBe('  list 5-8 ');
  });

  test('reads a front matter that holds lines like headings', () => {
    const text = '---\n# comment\na: 1\n\nb: 2\n---\n\n# Title\n';
    expect(outline(parseStructure(text, { chunkLength: 5 }))).toEqual(whole(text));
    expect(outline(parseStructure(text, { chunkLength: 5 }))[0]).toBe(
      '  yaml 0-28 "# comment\\na: 1\\n\\nb: 2"',
    );
  });

  test('parses many blocks that hide headings in linear time', () => {
    const text = '```\n# a\n```\n'.repeat(20_000);
    const started = performance.now();
    expect(parseStructure(text).children.length).toBe(20_000);
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  test('gives in chunks what it gives of the whole, for every real runbook', () => {
    for (const { path, text } of readCorpus()) {
      const expected = whole(text);
      expect(outline(parseStructure(text)), path).toEqual(expected);
      expect(outline(parseStructure(text, { chunkLength: 700, shortcuts: false })), path).toEqual(expected);
    }
  });
});

describe('plainText', () => {
  test.each([
    ['plain words', 'plain words'],
    ['Use `kubectl` **now**', 'Use kubectl now'],
    ['a\n   b', 'a b'],
    ['[text](x.md) &amp; <br> more', 'text & more'],
    ['1. not a list', '1. not a list'],
    ['snake_case_name', 'snake_case_name'],
    ['', ''],
  ])('%j reads as %j', (written, read) => {
    expect(plainText(written)).toBe(read);
  });
});

describe('soleLink', () => {
  test('is the link of a text that is nothing else', () => {
    expect(soleLink('[Drain *it*](drain-node.md#now "why")')).toEqual({
      url: 'drain-node.md#now',
      text: 'Drain it',
    });
  });

  test.each(['see [a](b.md)', '[a](b.md) and [c](d.md)', '[a]', 'text', '![a](b.md)'])(
    '%j is more or less',
    (text) => {
      expect(soleLink(text)).toBe(undefined);
    },
  );
});
