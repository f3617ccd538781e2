import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayWidth } from '../../../src/text/display-width.ts';
import { lineWidth, styled, unstyledText } from '../../../src/view/layout/styled-line.ts';
import { cutLine, fitLine } from '../../../src/view/layout/wrap-runs.ts';

const mark = [styled('… ', { tone: 'muted' })];
const cut = (text: string, width: number): string[] => cutLine([styled(text)], width, mark).map(unstyledText);

test('code is cut behind a blank in the second half of a line, else at the edge', () => {
  expect(cut('tar --create --gzip --file backup.tgz data', 20)).toEqual([
    'tar --create --gzip ',
    '… --file backup.tgz ',
    '… data',
  ]);
  expect(cut('https://example.org/a/long/path', 12)).toEqual(['https://exam', '… ple.org/a/', '… long/path']);
  expect(cut('東京東京東京', 7)).toEqual(['東京東', '… 京東', '… 京']);
  expect(cut('short', 20)).toEqual(['short']);
});

const words = fc.array(fc.constantFrom('a', 'long-word', ' ', '  ', '東', '👩‍👩‍👧', '"$x"'), {
  maxLength: 30,
});

test('nothing of a line is lost or wider than asked, however it is cut', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 4, max: 30 }), (parts, width) => {
      const lines = cut(parts.join(''), width);
      expect(lines.map((line, index) => (index === 0 ? line : line.slice(2))).join('')).toBe(parts.join(''));
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
    }),
  );
});

test('a line that does not fit ends with an ellipsis, in whatever piece the edge falls', () => {
  const line = [styled('[x] ', { bold: true }), styled('restore'), styled('  undoes Put it there')];
  expect(unstyledText(fitLine(line, 20, '…'))).toBe('[x] restore  undoes…');
  expect(unstyledText(fitLine(line, 11, '…'))).toBe('[x] restor…');
  expect(unstyledText(fitLine(line, 80, '…'))).toBe('[x] restore  undoes Put it there');
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 30 }), (parts, width) => {
      expect(
        lineWidth(
          fitLine(
            parts.map((part) => styled(part)),
            width,
            '…',
          ),
        ),
      ).toBeLessThanOrEqual(width);
    }),
  );
});
