import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { screenLines, showInvisible } from '../../../src/runbook/regions/screen-lines.ts';
import { anyCharacter } from '../../any-character.ts';

describe('screenLines', () => {
  test.each([
    ['plain lines', 'one\ntwo\n', ['one', 'two']],
    ['network line ends', 'one\r\ntwo\r\n', ['one', 'two']],
    ['a progress bar leaves its last state', ' 10%\r 50%\r100% done\nnext\n', ['100% done', 'next']],
    ['a shorter line leaves the rest, as a terminal does', 'abcdef\rXY\n', ['XYcdef']],
    ['erase to the end of the line', 'downloading…\r\u001b[Kdone\n', ['done']],
    ['erase the whole line', 'old\u001b[2K\rnew\n', ['new']],
    ['overstruck bold of a manual page', 'N\bNA\bAM\bME\bE\n', ['NAME']],
    ['colours', '\u001b[1;32mok\u001b[0m\n', ['ok']],
    [
      'a title and a link',
      '\u001b]0;owned\u0007\u001b]8;;https://x.test\u001b\\text\u001b]8;;\u001b\\\n',
      ['text'],
    ],
    ['a clipboard write', 'a\u001b]52;c;ZXZpbA==\u0007b\n', ['ab']],
    ['a title that never ends takes its line', 'a\u001b]0;forever\nb\n', ['a', 'b']],
    ['several lines redrawn', 'a 1%\nb 1%\n\u001b[2Aa 9%\nb 9%\n', ['a 9%', 'b 9%']],
    ['the cursor cannot leave the screen', '\u001b[999999999B\u001b[999999999Ax\n', ['x']],
    ['charset and keypad switches', '\u001b(B\u001b=\u001b>x\n', ['x']],
    ['a lone escape is shown', 'a\u001b', ['a␛']],
    ['bell and shifts vanish', 'a\u0007\u000e\u000fb\n', ['ab']],
    ['combining marks stay with their letter', 'e\u0301\rx\n', ['x']],
    ['blanks at ends go', 'a  \t\n\n\n', ['a']],
    ['empty lines inside stay', '\na\n\nb\n', ['', 'a', '', 'b']],
    ['nothing', '', []],
  ])('%s', (_, text, lines) => {
    expect(screenLines(text)).toEqual(lines);
  });

  test('a far column costs no memory', () => {
    const [line] = screenLines('\u001b[999999999Cx\n');
    expect(line?.length).toBe(2_001);
  });

  test('nothing that a terminal obeys or that turns text around is left', () => {
    const pieces = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.constantFrom(
        '\u001b[',
        '\u001b]',
        '\u001bP',
        '\u009b31m',
        '\r',
        '\b',
        '\n',
        '\u202e',
        'A',
        '9;',
        '\u0007',
      ),
    );
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        for (const line of screenLines(parts.join(''))) {
          expect(line).toMatch(/^[^\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*$/u);
        }
      }),
    );
  });
});

test('showInvisible makes hidden characters readable', () => {
  expect(showInvisible('a\u0000b\u007fc\u0085d\u202ee\u200bf\ufeffg\u{e0041}h\ti')).toBe(
    'a␀b␡c\\u{85}d\\u{202e}e\\u{200b}f\\u{feff}g\\u{e0041}h\ti',
  );
});
