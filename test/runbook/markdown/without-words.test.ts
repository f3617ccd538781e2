// Tests that a page is the same for the parser when it is given no more words than it needs.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStructure } from '../../../src/runbook/markdown/parse-structure.ts';
import { isWhole, withoutWords } from '../../../src/runbook/markdown/without-words.ts';
import { structureOutline } from './structure-outline.ts';

test('words within a line of text are left out, and offsets lead back', () => {
  const text = '1. [ ] first the one and the other, then\n   > **go on** to where it all ends\n';
  const shorter = withoutWords(text);
  expect(shorter.text).toBe('1. [ ] first then\n   > **go ends\n');
  expect(shorter.gaps).toEqual([13, 28]);
  expect([0, 13, 14, 18, 28, 29, 33].map((at) => text.slice(shorter.whole(at)).slice(0, 4))).toEqual([
    ...['1. [', 'the ', 'hen\n', '   >', 'on**', 'nds\n', ''],
  ]);
  expect([isWhole(shorter, 0, 13), isWhole(shorter, 12, 14), isWhole(shorter, 14, 28)]).toEqual([
    ...[true, false, true],
  ]);
});

test.each([
  ['code', '```sh\necho one two three four\n```\n'],
  ['a heading', '# one two three four\n'],
  ['a definition', '[one]: two "three four\nfive six seven eight"\n'],
  ['a tag', '<p class="one two three four">\n'],
  ['a row of a table', '| one two | three four |\n'],
])('all of %s is kept', (_, text) => {
  expect(withoutWords(text).text).toBe(text);
});

const token = fc.constantFrom(
  ...[
    '-',
    '*',
    '+',
    '1.',
    '23)',
    '>',
    '#',
    '##',
    '```',
    '~~~',
    '```sh',
    '[ ]',
    '[x]',
    '[',
    ']',
    '[a]:',
    '[^1]:',
  ],
  ...[
    '<b>',
    '</b>',
    '<!--',
    '-->',
    '<div',
    '<pre>',
    '</pre>',
    '|',
    '\\',
    '---',
    '===',
    ':-:',
    '"',
    "'",
    '(',
    ')',
  ],
  ...[
    'word',
    'and',
    'so',
    'on',
    'they',
    'go',
    '**bold',
    'end**',
    '`code`',
    'x:',
    '   ',
    '    ',
    '\t',
    '',
    'é',
    '漢',
  ],
);
const line = fc.array(token, { maxLength: 9 }).map((tokens) => tokens.join(' '));
const ending = fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n', '\r');

/** Undefined where the development build of the task list's package fails an assertion of its own. */
function parsedWhole(text: string): string[] | undefined {
  try {
    return structureOutline(parseStructure(text, { shortcuts: false, chunkLength: text.length + 1 }));
  } catch {
    return undefined;
  }
}

test('a text means the same with and without', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(line, ending), { maxLength: 8 }), (lines) => {
      // A return alone keeps the other shortcuts out of it: they know no such ends of lines.
      const text = `${lines.map((parts) => parts.join('')).join('')}\rend`;
      const whole = parsedWhole(text);
      fc.pre(whole !== undefined);
      expect(structureOutline(parseStructure(text, { chunkLength: text.length }))).toEqual(whole);
    }),
    { numRuns: 1_000 },
  );
});
