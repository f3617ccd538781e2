// Tests that no shortcut of the parser reads other code or another heading than micromark does, however odd the page.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStructure } from '../../../src/runbook/markdown/parse-structure.ts';
import { readCorpus } from '../../corpus.ts';
import { structureOutline } from './structure-outline.ts';

const before = fc.constantFrom(
  ...[
    '',
    '',
    '',
    ' ',
    '  ',
    '   ',
    '    ',
    '      ',
    '- ',
    '  - ',
    '1. ',
    '   1. ',
    '2) ',
    '* ',
    '> ',
    '>  ',
  ],
  ...['- [ ] ', '\t', '\u00a0', '\f', '\ufeff', '>\t', '   > ', '-\t', '10.  ', '+   '],
);
const rest = fc.constantFrom(
  ...['```', '```sh', '~~~', '````', 'text here', 'word', '# Head', '', 'a | b', '--- | ---', '| a | b |'],
  ...['|---|---|', '<!-- c -->', '<!--', '-->', '**bold** go', '`x` y', '---', '===', 'echo hi', '[a]: b'],
  ...[
    'end:',
    '<div>',
    '</div>',
    '1',
    '-',
    '<!-->',
    '<!--->',
    '<?x',
    '?>',
    '<!X',
    '<pre>',
    '</pre>',
    '<script',
    '~~~~',
  ],
  ...[
    '```sh `',
    '[^1]: note',
    '\\',
    '+++',
    '#',
    '####### x',
    '# a #',
    '\u00a0',
    ' ',
    'a\u2028b',
    '``` sh {name=x}  ',
  ],
);
const newline = fc.constantFrom('\n', '\n', '\n', '\n', '\r\n', '\r');
/** RUNSHEET_DOCUMENTS=100000 looks longer. */
const wanted = Number(process.env.RUNSHEET_DOCUMENTS ?? 2_500);
const patienceMs = 60_000 + wanted * 100;
const line = fc.tuple(before, rest).map(([blanks, text]) => blanks + text);

/** Code and headings, with their places; undefined where a package's own development build fails an assertion. */
function whatCounts(text: string, whole: boolean): string[] | undefined {
  const options = whole ? { shortcuts: false, chunkLength: text.length + 1 } : {};
  try {
    const lines = structureOutline(parseStructure(text, options)).map((one) => one.trim());
    return lines.filter((one) => /^(?:code|heading)/.test(one));
  } catch {
    return undefined;
  }
}

function expectSame(text: string): void {
  const whole = whatCounts(text, true);
  fc.pre(whole !== undefined);
  expect(whatCounts(text, false)).toEqual(whole);
}

test(
  'code and headings are the same with shortcuts and without',
  () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(line, newline), { minLength: 1, maxLength: 12 }), (lines) => {
        expectSame(lines.flat().join(''));
      }),
      { numRuns: wanted },
    );
  },
  patienceMs,
);

const change = fc.record({
  at: fc.nat({ max: 1_000_000 }),
  remove: fc.constantFrom(0, 0, 1, 1, 3, 40),
  insert: fc.constantFrom(
    ...[
      '',
      '',
      '\n',
      '\n\n',
      ' ',
      '    ',
      '\t',
      '> ',
      '- ',
      '1. ',
      '#',
      '`',
      '```',
      '\n```\n',
      '~~~\n',
      '<!--',
      '-->',
      '<!-->\n',
    ],
    ...['|', '<div>\n', '\r', '\\', '[', '](x)', '===\n', '---\n', '\u00a0', '*'],
  ),
});
const changes = fc.array(change, { minLength: 1, maxLength: 4 });

/** Some lines of a text, changed at places of them. */
function changed(
  text: string,
  from: number,
  made: readonly { at: number; remove: number; insert: string }[],
): string {
  const lines = text.split(/(?<=\n)/);
  let piece = lines.slice(from % lines.length, (from % lines.length) + 60).join('');
  for (const { at, remove, insert } of made) {
    const place = at % (piece.length + 1);
    piece = piece.slice(0, place) + insert + piece.slice(place + remove);
  }
  return piece;
}

test(
  'and so they are where a real page was changed in some places',
  (context) => {
    const pages = readCorpus();
    context.skip(pages.length === 0, 'real pages are not here');
    fc.assert(
      fc.property(fc.constantFrom(...pages), fc.nat(), changes, ({ text }, from, made) => {
        expectSame(changed(text, from, made));
      }),
      { numRuns: wanted },
    );
  },
  patienceMs,
);

test('a paragraph that a list with a marker in its first line ends is read as micromark reads it', () => {
  const markers = ['-', '+', '*', '2.', '1)', '- x', '2. x', '+ x'];
  for (const first of ['1. ', '1) ', '- ', '+ ', '* '])
    for (const second of markers)
      for (const below of ['\t---', '    ---', '  ===', '   ```', ''])
        expectSame(`a\n${first}${second}\n${below}\n`);
});
