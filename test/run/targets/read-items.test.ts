import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readItems } from '../../../src/run/targets/read-items.ts';
import { anyCharacter } from '../../any-character.ts';

describe('the items of a list', () => {
  test.each([
    ['', 'lines', []],
    ['\n \n\t\n', 'lines', []],
    ['a\nb\n', 'lines', ['a', 'b']],
    ['  one two \r\nthree\r\n', 'lines', ['one two', 'three']],
    ['#general\n-x\n$(id)\n', 'lines', ['#general', '-x', '$(id)']],
    ['a  b\tc\nd', 'blanks', ['a', 'b', 'c', 'd']],
    [
      'constructor __proto__ toString 01 1e3',
      'blanks',
      ['constructor', '__proto__', 'toString', '01', '1e3'],
    ],
    ['é 漢字', 'blanks', ['é', '漢字']],
  ] as const)('of %j between %s', (text, between, items) => {
    expect(readItems(text, between)).toEqual({ ok: true, items });
  });

  test.each([
    ['a\nb\na\n', 'has `a` twice'],
    ['a\n\u001b[31mb\n', 'has an item with invisible characters'],
    ['a\tb\n', 'has an item with invisible characters'],
    ['a\u202eb\n', 'has an item with invisible characters'],
    ['user:***\n', 'has an item that holds a secret'],
    [`${'x'.repeat(1001)}\n`, 'has an item of more than 1000 characters'],
    [Array.from({ length: 1001 }, (_, index) => `${index}\n`).join(''), 'has 1001 items, more than 1000'],
  ])('are none where one is doubtful: %#', (text, message) => {
    expect(readItems(text)).toEqual({ ok: false, message });
  });

  test('come back as they were written, whatever they are', () => {
    const word = fc
      .string({ unit: anyCharacter, minLength: 1, maxLength: 20 })
      .filter((text) => text.trim() === text && text !== '' && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text))
      .filter((text) => !text.includes('***'));
    const words = fc.uniqueArray(word, { maxLength: 12 });
    fc.assert(
      fc.property(words, (items) => {
        expect(readItems(items.join('\n'))).toEqual({ ok: true, items });
        expect(readItems(items.map((item) => `\t ${item}  \n\n`).join(''))).toEqual({ ok: true, items });
      }),
    );
  });

  test('are never anything that a line cannot show, or twice the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.constantFrom('lines', 'blanks'), (text, between) => {
        const read = readItems(text, between);
        if (!read.ok) return;
        expect(new Set(read.items).size).toBe(read.items.length);
        for (const item of read.items) {
          expect(item).not.toMatch(/^\s|\s$|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
          expect(item).not.toBe('');
          if (between === 'blanks') expect(item).not.toMatch(/\s/);
        }
      }),
    );
  });
});
