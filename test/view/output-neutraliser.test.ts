import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OutputNeutraliser } from '../../src/view/output-neutraliser.ts';

const encoder = new TextEncoder();
const filter = (text: string, keepColours = true): string => {
  const neutraliser = new OutputNeutraliser({ keepColours });
  return neutraliser.push(encoder.encode(text)) + neutraliser.end();
};

describe('OutputNeutraliser', () => {
  test.each([
    ['plain text, tabs and line ends stay', 'a\tb\r\nc\n', 'a\tb\r\nc\n'],
    ['colours stay', '\u001b[1;31mred\u001b[0m \u001b[32mgreen', '\u001b[1;31mred\u001b[0m \u001b[32mgreen'],
    [
      'moving, erasing and scrolling vanish',
      'a\u001b[2J\u001b[1;1H\u001b[?1049h\u001b[1Kb\u001b[10Ac',
      'abc',
    ],
    ['titles and clipboard vanish', 'a\u001b]0;owned\u0007b\u001b]52;c;ZWNobw==\u001b\\c', 'abc'],
    ['hyperlinks leave their text', '\u001b]8;;https://x\u001b\\text\u001b]8;;\u001b\\', 'text'],
    [
      'device strings vanish',
      'a\u001bP1$r0m\u001b\\b\u001b_G=1;\u001b\\c\u001b^x\u001b\\d\u001bXy\u001b\\e',
      'abcde',
    ],
    ['the eight-bit forms vanish too', 'a\u009b2Jb\u009d0;t\u009cc\u0090x\u009cd', 'abcd'],
    ['charset switches and resets vanish', '\u001b(0a\u001bcb\u001b#8c\u001b=d', 'abcd'],
    ['bells, backspaces and shifts vanish', 'a\u0007b\bc\u000e\u000fd\u007f', 'abcd'],
    ['text is not turned around', 'a\u202eb\u2066c', 'abc'],
    ['a title without an end does not eat the next line', '\u001b]0;never\nnext', '\nnext'],
    ['colour with private or intermediate marks is no colour', '\u001b[>4;2ma\u001b[1 mb\u001b[?1mc', 'abc'],
    ['CAN ends a sequence', '\u001b[3\u0018a', 'a'],
  ])('%s', (_, input, output) => {
    expect(filter(input)).toBe(output);
  });

  test('colours vanish where none are wanted', () => {
    expect(filter('\u001b[31mred\u001b[0m', false)).toBe('red');
  });

  test('bytes that are no UTF-8 are seen as such', () => {
    const neutraliser = new OutputNeutraliser({ keepColours: false });
    expect(neutraliser.push(Uint8Array.of(0x61, 0xff, 0x62))).toBe('a\ufffdb');
  });

  const hostile = fc
    .array(
      fc.constantFrom(
        'a',
        '漢',
        '\u001b',
        '[',
        ']',
        '3',
        ';',
        'm',
        'J',
        '\\',
        '\u0007',
        '\u009b',
        '\u009d',
        '\u0090',
        '\n',
        'P',
        '\u0018',
        '?',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''));

  test('how the bytes are cut makes no difference', () => {
    fc.assert(
      fc.property(hostile, fc.array(fc.nat(200), { maxLength: 5 }), (text, cuts) => {
        const bytes = encoder.encode(text);
        const neutraliser = new OutputNeutraliser({ keepColours: true });
        let from = 0;
        let pieces = '';
        for (const cut of [...cuts.filter((at) => at < bytes.length).sort((a, b) => a - b), bytes.length]) {
          pieces += neutraliser.push(bytes.subarray(from, cut));
          from = cut;
        }
        expect(pieces + neutraliser.end()).toBe(filter(text));
      }),
    );
  });

  test('nothing gets through that a terminal would obey, but colours', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(filter(text).replace(/\u001b\[[\d;:]*m/g, '')).not.toMatch(
          /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/,
        );
      }),
    );
  });

  test('a hundred megabytes of plain text cost little', () => {
    const neutraliser = new OutputNeutraliser({ keepColours: true });
    const chunk = encoder.encode('an ordinary line of a log, nothing to see here\n'.repeat(1400));
    let length = 0;
    const before = performance.now();
    for (let index = 0; index < 1500; index += 1) length += neutraliser.push(chunk).length;
    expect(length).toBe(chunk.length * 1500);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
