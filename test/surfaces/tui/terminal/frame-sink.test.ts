// Tests what goes out to the terminal for the frames that Ink draws.
import { expect, test } from 'vitest';
import { type FrameCursor, FrameSink } from '../../../../src/surfaces/tui/terminal/frame-sink.ts';

const begin = '\x1b[?2026h\x1b[?25l';
const row = (at: number, text: string): string => `\x1b[${at};1H\x1b[0m\x1b[2K${text}`;
const end = (cursor = '\x1b[?25l'): string => `\x1b[0m${cursor}\x1b[?2026l`;

function sinkOf(rows: number, ellipsis = '…') {
  const written: string[] = [];
  const at: { cursor: FrameCursor | undefined } = { cursor: undefined };
  const sink = new FrameSink({
    write: (text) => written.push(text),
    size: () => ({ columns: 20, rows }),
    onShown: () => {},
    cursor: () => at.cursor,
    ellipsis,
  });
  return { sink, at, take: () => written.splice(0) };
}

test('of several frames in one turn the last is shown, in one update', async () => {
  const { sink, take } = sinkOf(3);
  sink.write('a\nb');
  sink.write('a\nc');
  expect(take()).toEqual([]);
  await Promise.resolve();
  expect(take()).toEqual([`${begin}${row(1, 'a')}${row(2, 'c')}${row(3, '')}${end()}`]);
});

test('only rows that differ are written, and nothing where none does', async () => {
  const { sink, at, take } = sinkOf(2);
  sink.show(['a', 'b']);
  take();
  sink.show(['a', 'c']);
  expect(take()).toEqual([`${begin}${row(2, 'c')}${end()}`]);
  sink.show(['a', 'c', 'more than there are rows']);
  expect(take()).toEqual([]);
  at.cursor = { column: 3, row: 1 };
  sink.show(['a', 'c']);
  expect(take()).toEqual([`${begin}${end('\x1b[2;4H\x1b[?25h')}`]);
  sink.forget();
  sink.show(['a', 'c']);
  expect(take()).toEqual([`${begin}${row(1, 'a')}${row(2, 'c')}${end('\x1b[2;4H\x1b[?25h')}`]);
});

test('a line by itself leaves all else and the cursor as they are, and a frame that is on its way goes first', async () => {
  const { sink, at, take } = sinkOf(2);
  sink.showLine(1, 'nothing is shown yet');
  expect(take()).toEqual([]);
  at.cursor = { column: 0, row: 0 };
  sink.show(['a', '00:01']);
  take();
  sink.showLine(1, '00:02');
  sink.showLine(1, '00:02');
  expect(take()).toEqual([`${begin}${row(2, '00:02')}${end('\x1b[1;1H\x1b[?25h')}`]);
  sink.write('b\n00:03');
  sink.showLine(1, '00:02');
  await Promise.resolve();
  expect(take()).toEqual([`${begin}${row(1, 'b')}${row(2, '00:03')}${end('\x1b[1;1H\x1b[?25h')}`]);
});

test('a terminal that may not know it gets another sign for what was cut off', async () => {
  const { sink, take } = sinkOf(1, '~');
  sink.write('a long titl…');
  await Promise.resolve();
  expect(take()).toEqual([`${begin}${row(1, 'a long titl~')}${end()}`]);
  sink.write('\x1b[?25l');
  await Promise.resolve();
  expect(take()).toEqual([]);
});
