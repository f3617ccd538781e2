import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsedText, plainText } from '../../../src/runbook/markdown/parse-structure.ts';
import { withoutSimpleMarkup } from '../../../src/runbook/markdown/without-simple-markup.ts';
import { readCorpus } from '../../corpus.ts';

describe('withoutSimpleMarkup', () => {
  test.each([
    ['plain words', 'plain words'],
    ['Use `kubectl` now', 'Use kubectl now'],
    ['**Drain** the node: `a b`.', 'Drain the node: a b.'],
    ['snake_case & more > less', 'snake_case & more > less'],
    ['`<angle>` in code', '<angle> in code'],
    ['either `a`/`b` or **all of `c`**', 'either a/b or all of c'],
    ['Look *closely*, see [the page](a/b.md#c).', 'Look closely, see the page.'],
  ])('%j reads %j', (line, text) => {
    expect(withoutSimpleMarkup(line)).toBe(text);
  });

  test.each([
    'a\\*b',
    '[*a*](b)',
    '[a][b]',
    '![a](b)',
    '&amp;',
    '<br>',
    '`` ` ``',
    'a**b**c',
    '~~x~~',
    '_a_',
  ])('%j is for a parser', (line) => {
    expect(withoutSimpleMarkup(line)).toBe(undefined);
  });

  test('never reads a line otherwise than a parser', () => {
    const piece = fc.constantFrom(
      'a',
      'b c',
      ' ',
      '`',
      '``',
      '*',
      '**',
      '_',
      '__',
      '<',
      '>',
      '&',
      'amp;',
      '[',
      ']',
      '(',
      ')',
      '!',
      '~',
      '\\',
      '.',
      ':',
      '中',
      '🙂',
      '#',
      '1. ',
      '- ',
      '|',
      '@x.io',
      'https://x.io',
      '[a](b)',
      '](c)',
      '*d e*',
      '**f**',
      '`g`',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const line = pieces.join('').replace(/\s+/g, ' ').trim();
        const simple = withoutSimpleMarkup(line);
        if (simple !== undefined && !/#\s*$|^#/.test(line)) expect(simple).toBe(parsedText(line));
      }),
      { numRuns: 6_000 },
    );
  });

  test('never reads a heading of a real runbook otherwise than a parser', () => {
    for (const { text } of readCorpus()) {
      for (const [, line = ''] of text.matchAll(/^#{1,6} +(.*?)[ #]*$/gm)) {
        expect(plainText(line)).toBe(parsedText(line.replace(/\s+/g, ' ').trim()));
      }
    }
  });
});
