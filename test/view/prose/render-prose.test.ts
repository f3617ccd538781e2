import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../../src/text/display-width.ts';
import { type ColourLevel, makePalette } from '../../../src/view/layout/palette.ts';
import { unstyledText } from '../../../src/view/layout/styled-line.ts';
import { highlightCode } from '../../../src/view/prose/highlight-code.ts';
import { parseProse } from '../../../src/view/prose/parse-prose.ts';
import { layOutProse, type ProseOptions, renderProse } from '../../../src/view/prose/render-prose.ts';

const render = (markdown: string, width = 40, level: ColourLevel = 0, more: Partial<ProseOptions> = {}) =>
  renderProse(parseProse(markdown), { width, palette: makePalette(level), ...more }).join('\n');

describe('prose without colours', () => {
  test('keeps the marks of emphasis and code, since no style can show them', () => {
    expect(render('Do **not** run `rm -rf` *here*, ~~or~~ there.', 60)).toBe(
      'Do **not** run `rm -rf` *here*, ~~or~~ there.',
    );
  });

  test('wraps paragraphs at the width and keeps forced breaks', () => {
    expect(render('one two three four five  \nsix seven\neight', 14)).toBe(
      'one two three\nfour five\nsix seven\neight',
    );
  });

  test('headings keep their level', () => {
    expect(render('# A\n\n## B *c*\n\ntext')).toBe('# A\n\n## B *c*\n\ntext');
  });

  test('wide characters break anywhere, but no line begins with a full stop', () => {
    expect(render('漢字とかなの文章は、改行できます。', 12)).toBe('漢字とかなの\n文章は、改行\nできます。');
    expect(render('一二三四五六。七', 12)).toBe('一二三四五\n六。七');
  });

  test('links show where they lead, unless the text says it or it is in this document', () => {
    expect(
      render('[docs](https://x.example/d), <https://y.example>, [top](#top), [ref][r]\n\n[r]: a.md', 80),
    ).toBe('docs (https://x.example/d), https://y.example, top, ref (a.md)');
  });

  test('lists nest, number and tick', () => {
    const markdown =
      '- one\n- two\n  1. inner\n  2. inner\n- [ ] open\n- [x] done and long enough to wrap around';
    expect(render(markdown, 24)).toBe(
      [
        '• one',
        '• two',
        '  1. inner',
        '  2. inner',
        '• [ ] open',
        '• [x] done and long',
        '      enough to wrap',
        '      around',
      ].join('\n'),
    );
  });

  test('loose lists keep their air, and numbers line up', () => {
    expect(render('9. a\n\n10. b\n\n    more')).toBe(' 9. a\n\n10. b\n\n    more');
  });

  test('quotes and call-outs have a bar', () => {
    expect(render('> said\n> so\n\n> [!WARNING]\n> Mind the gap.\n\n!!! tip "Do this"\n    first')).toBe(
      ['│ said so', '', '│ Warning', '│ Mind the gap.', '', '│ Do this', '│ first'].join('\n'),
    );
    expect(render(':::danger Hot\nDo not touch.\n:::')).toBe('│ Hot\n│ Do not touch.');
    expect(render('!!! this is no call-out')).toBe('!!! this is no call-out');
  });

  test('HTML leaves its text, comments and scripts leave nothing', () => {
    const html =
      '<details>\n<summary>More</summary>\n\nText <kbd>Ctrl</kbd><br>next\n\n</details>\n\n<!-- a\n\nb -->\n\n<script>alert(1)</script>\n\nend';
    expect(render(html)).toBe('More\n\nText Ctrl\nnext\n\nend');
  });

  test('images show their description', () => {
    expect(render('![the graph](a.png) ![](b.png)', 60)).toBe(
      '[image: the graph] [image: without description]',
    );
  });

  test('code is indented and keeps its blanks, tabs and long lines', () => {
    expect(render('```sh\nif x; then\n\techo   y # and a comment that is long\nfi\n```', 20)).toBe(
      '    if x; then\n            echo   y # and a comment that is long\n    fi',
    );
    expect(render('```sh\necho aaaaaaaaaaaaaaaaaaaa\n```', 20, 0, { wrapCode: true })).toBe(
      '    echo aaaaaaaaaaa\n    aaaaaaaaa',
    );
  });

  test('tables line up, wide characters too, and cells wrap', () => {
    const table = '| Name | Wert | 数 |\n|:--|--:|:-:|\n| a | 12 | 漢字 |\n| some longer words | 3 👍 | é |';
    expect(render(table, 40)).toBe(
      [
        'Name              │ Wert │  数',
        '──────────────────┼──────┼─────',
        'a                 │   12 │ 漢字',
        'some longer words │ 3 👍 │  é',
      ].join('\n'),
    );
    expect(render(table, 24)).toBe(
      [
        'Name       │ Wert │  数',
        '───────────┼──────┼─────',
        'a          │   12 │ 漢字',
        'some       │ 3 👍 │  é',
        'longer     │      │',
        'words      │      │',
      ].join('\n'),
    );
  });

  test('a table that cannot fit becomes a list', () => {
    expect(render('| Name | Meaning of it | Default |\n|-|-|-|\n| `timeout` | how long | 30 s |', 16)).toBe(
      ['• Name:', '    `timeout`', '  Meaning of it:', '    how long', '  Default: 30 s'].join('\n'),
    );
  });

  test('ASCII alone where the terminal knows no more', () => {
    const palette = makePalette(0, { unicode: false });
    const lines = renderProse(parseProse('- a\n\n> b\n\n---\n\n| c | d |\n|-|-|\n| e | f |'), {
      width: 20,
      palette,
    });
    expect(lines).toEqual(['* a', '', '| b', '', '-'.repeat(20), '', 'c | d', '--+--', 'e | f']);
  });

  test('footnotes stand where they were written', () => {
    expect(render('See[^n].\n\n[^n]: The note.')).toBe('See[n].\n\n[n] The note.');
  });
});

describe('prose with colours', () => {
  test('styles nest and end where they should', () => {
    expect(render('# A `b`\n\n**c *d***', 40, 1)).toBe(
      '\u001b[1;4mA\u001b[24;22m \u001b[1;4;36mb\u001b[39;24;22m\n\n\u001b[1mc\u001b[22m \u001b[1;3md\u001b[23;22m',
    );
  });

  test('links are hyperlinks only where asked for, and only to places that run nothing', () => {
    const palette = makePalette(1, { hyperlinks: true });
    const lines = renderProse(parseProse('[a](https://x.example/) [b](javascript:alert(1))'), {
      width: 40,
      palette,
    });
    expect(lines).toEqual([
      '\u001b]8;;https://x.example/\u001b\\\u001b[4;34ma\u001b[39;24m\u001b]8;;\u001b\\ \u001b[4;34mb\u001b[39;24m',
    ]);
  });

  test('code is coloured by its language', () => {
    expect(render('```sh\n# why\necho "$HOME"\n```', 40, 1, { highlight: highlightCode })).toBe(
      '    \u001b[2m# why\u001b[22m\n    \u001b[34mecho\u001b[39m \u001b[32m"\u001b[39m\u001b[36m$HOME\u001b[39m\u001b[32m"\u001b[39m',
    );
  });
});

describe('laws', () => {
  const pieces = fc.constantFrom(
    ...[
      '# h',
      'word',
      '**b**',
      '`c`',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '> ',
      '| a | b |\n|-|-|\n| c | d |',
      '漢字',
      '👩‍🚀',
      'é',
      '\t',
    ],
    ...[
      '<b>',
      '<!--',
      '[l](u)',
      '```',
      '\u001b[31m',
      '\u009b2J',
      '\u202e',
      '!!! note\n',
      '> [!TIP]\n',
      'averyveryverylongword',
    ],
  );
  const markdown = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(' '));

  test('no line of prose is wider than asked for, and nothing that a terminal would obey gets through', () => {
    fc.assert(
      fc.property(markdown, fc.integer({ min: 30, max: 90 }), (text, width) => {
        const lines = layOutProse(parseProse(text), {
          width,
          palette: makePalette(0),
          wrapCode: true,
        }).map(unstyledText);
        for (const line of lines) {
          expect(displayWidth(line), line).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('quotes nested a thousand deep are laid out', () => {
    expect(render(`${'> '.repeat(1000)}deep`, 60).split('\n').length).toBeGreaterThan(0);
  });
});
