import { expect, test } from 'vitest';
import { OutputScreen } from '../../../../src/surfaces/tui/output/output-screen.ts';
import { displayWidth } from '../../../../src/text/display-width.ts';

async function shown(text: string, columns = 40): Promise<{ lines: string[]; column: number }> {
  const screen = new OutputScreen({ columns, rows: 6, level: 0, fromPipe: true });
  screen.push(new TextEncoder().encode(text));
  await screen.takeAll();
  const { column } = screen.cursor;
  const lines = screen.lines(0, screen.length);
  screen.dispose();
  return { lines, column };
}

test.each([
  ['check marks and crosses', 'Zone ✅ Ztwo ❌ Zend', 20],
  ['what is an emoji by a selector', '⚠️ ⚠ ☁️ 1️⃣.', 11],
  ['skin tones', '👍🏽👍.', 5],
  ['families', '👨‍👩‍👧👩🏾‍💻.', 5],
  ['flags', '🇩🇪🇫🇷🏴󠁧󠁢󠁥󠁮󠁧󠁿.', 7],
  ['emoji of later years', '🫠🪿.', 5],
  ['signs of Chinese and Japanese', '中文カﾞ。', 9],
  ['Hangul, whole and in parts', '한각.', 5],
  ['marks', 'e\u0301a\u0308\u0302.', 3],
  ['vowels of Devanagari', 'नि.', 3],
])('%s are as wide as everything else takes them to be', async (_, text, column) => {
  expect(await shown(text)).toEqual({ lines: [text], column });
  expect(displayWidth(text)).toBe(column);
});

test('every single emoji is shown as it is', async () => {
  const all = Array.from({ length: 0x2_0000 }, (_, point) => point)
    .filter((point) => /\p{Emoji_Presentation}/u.test(String.fromCodePoint(point)))
    .map((point) => String.fromCodePoint(point));
  const rows: string[] = [];
  // Letters of flags that stand alone would make flags of each other.
  for (let at = 0; at < all.length; at += 10) rows.push(all.slice(at, at + 10).join(' '));
  const screen = new OutputScreen({ columns: 40, rows: 6, level: 0, fromPipe: true });
  screen.push(new TextEncoder().encode(rows.join('\n')));
  await screen.takeAll();
  expect(screen.lines(0, screen.length)).toEqual(rows);
  screen.dispose();
});

test('what belongs together is so also when it comes in pieces, and at the end of a line', async () => {
  const screen = new OutputScreen({ columns: 4, rows: 3, level: 0, fromPipe: true });
  for (const byte of new TextEncoder().encode('abc👩🏾‍💻de')) {
    screen.push(Uint8Array.of(byte));
    await screen.takeAll();
  }
  expect(screen.lines(0, screen.length)).toEqual(['abc', '👩🏾‍💻de']);
  screen.dispose();
});

test('marks that stand on nothing, or of which there is no end, do not harm the line', async () => {
  expect((await shown(`\u0301x\u200by\n${`e${'\u0301'.repeat(300)}`}f`)).lines).toEqual([
    ' x\u200by',
    `e${'\u0301'.repeat(300)}f`,
  ]);
});

test('a program that draws over half of a character leaves the columns in line', async () => {
  expect((await shown('✅b\r\u001b[Cx')).lines).toEqual([' xb']);
});
