// Owns documents made at random, odd ones preferred.
import fc from 'fast-check';

type Lines = readonly string[];

const word = fc.constantFrom(
  'drain',
  'the node',
  'Ωμέγα',
  'a|b',
  '`code`',
  '🚀 go',
  '<b>x</b>',
  '[link](x.md)',
);
const sentence = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const trailing = fc.constantFrom('', '', '', ' ', '  ', '\t');

const codeLine = fc.constantFrom(
  'echo hello',
  '$ kubectl get pods',
  '  indented',
  '\ttabbed',
  '',
  '# a comment',
  '<!-- runsheet:result step -->',
  '<!-- /runsheet:result -->',
  '> quoted',
  '- item',
  '``',
);

const fence = fc
  .record({
    mark: fc.constantFrom('```', '````', '~~~', '~~~~~'),
    closing: fc.constantFrom('', '', '`', '~~'),
    info: fc.constantFrom('sh', 'bash', '', 'python', 'text', 'output', 'sh {name=same}', 'console'),
    indent: fc.constantFrom('', '', '', ' ', '   '),
    body: fc.array(codeLine, { maxLength: 4 }),
    end: trailing,
  })
  .map(({ mark, closing, info, indent, body, end }): Lines => {
    const longer = closing.startsWith(mark[0] ?? '') ? closing : '';
    return [
      `${indent}${mark}${info}`,
      ...body.map((line) => indent + line),
      `${indent}${mark}${longer}${end}`,
    ];
  });

const paragraph = fc
  .array(fc.tuple(sentence, trailing), { minLength: 1, maxLength: 3 })
  .map((lines): Lines => lines.map(([text, end]) => text + end));

const heading = fc
  .tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom(
      'Prerequisites',
      'Steps',
      '1. Drain',
      'Step 2: Go',
      'Verify',
      'Rollback',
      'Overview',
      'Restart',
    ),
  )
  .map(([depth, text]): Lines => [`${'#'.repeat(depth)} ${text}`]);

const oddments = fc.constantFrom<Lines>(
  ['---'],
  ['Setext', '==='],
  ['| a | b |', '| - | - |', '| 1 | 2 |'],
  ['    indented code'],
  ['<!-- a comment -->'],
  ['<!--', 'a long comment', '-->'],
  ['<div>', 'html', '</div>'],
  ['[ref]: https://example.com'],
  ['[^1]: a footnote'],
  ['![image](x.png)'],
  ['Call the DBA and wait for the answer.'],
  ['[Drain the node](drain-node.md)'],
);

const checklist = fc
  .array(fc.tuple(fc.constantFrom('[ ]', '[x]', '[X]', '[\t]'), sentence), { minLength: 1, maxLength: 3 })
  .map((items): Lines => items.map(([mark, text]) => `- ${mark} ${text}`));

/** Indents the lines below a list marker; empty lines stay empty, as people write them. */
function listItem(marker: string, indent: string, lines: Lines): Lines {
  const [first = '', ...rest] = lines;
  return [marker + first, ...rest.map((line) => (line === '' ? '' : indent + line))];
}

const { blocks } = fc.letrec<{ blocks: Lines; block: Lines; list: Lines; quote: Lines; details: Lines }>(
  (tie) => ({
    block: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'document' },
      { arbitrary: fence, weight: 5 },
      { arbitrary: paragraph, weight: 3 },
      { arbitrary: heading, weight: 3 },
      { arbitrary: oddments, weight: 2 },
      { arbitrary: checklist, weight: 2 },
      { arbitrary: tie('list'), weight: 4 },
      { arbitrary: tie('quote'), weight: 2 },
      { arbitrary: tie('details'), weight: 1 },
    ),
    blocks: fc
      .array(fc.tuple(tie('block'), fc.constantFrom<Lines>([], [''], [''], ['', ''], [' '])), {
        minLength: 1,
        maxLength: 5,
        depthIdentifier: 'document',
      })
      .map((parts): Lines => parts.flatMap(([block, gap]) => [...block, ...gap])),
    list: fc
      .tuple(
        fc.constantFrom<readonly [string, string]>(
          ['- ', '  '],
          ['* ', '  '],
          ['1. ', '   '],
          ['10. ', '    '],
          ['-   ', '    '],
          ['-\t', '\t'],
          ['1.\t', '\t'],
        ),
        fc.array(tie('blocks'), { minLength: 1, maxLength: 3 }),
      )
      .map(([[marker, indent], items]): Lines => items.flatMap((lines) => listItem(marker, indent, lines))),
    quote: tie('blocks').map((lines): Lines => lines.map((line) => (line === '' ? '>' : `> ${line}`))),
    details: tie('blocks').map(
      (lines): Lines => ['<details>', '<summary>More</summary>', '', ...lines, '', '</details>'],
    ),
  }),
);

/** Bytes of a document: any nesting, any newline, with and without a byte-order mark and a final newline. */
export const generatedDocument: fc.Arbitrary<Uint8Array> = fc
  .record({
    mark: fc.constantFrom('', '', '\ufeff'),
    frontMatter: fc.constantFrom<Lines>([], [], ['---', 'title: Drain', '---', '']),
    lines: blocks,
    ending: fc.constantFrom<Lines>([], [], [], ['```sh', 'never closed'], ['<!-- never closed'], ['', '']),
    newline: fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'),
    isEnded: fc.boolean(),
  })
  .map(({ mark, frontMatter, lines, ending, newline, isEnded }) => {
    const text = [...frontMatter, ...lines, ...ending].join(newline);
    return new TextEncoder().encode(mark + text + (isEnded ? newline : ''));
  });
