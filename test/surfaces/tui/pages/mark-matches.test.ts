import { expect, test } from 'vitest';
import { lineFinder, markMatches, markPainted } from '../../../../src/surfaces/tui/pages/mark-matches.ts';
import { styled } from '../../../../src/view/layout/styled-line.ts';

const line = [styled('the po', { tone: 'code' }), styled('ol and the Pool')];

test('a match is marked also where the style changes in it', () => {
  expect(markMatches(line, 'pool')).toEqual([
    styled('the ', { tone: 'code' }),
    styled('po', { tone: 'code', inverse: true }),
    styled('ol', { inverse: true }),
    styled(' and the '),
    styled('Pool', { inverse: true }),
  ]);
  expect(markMatches(line, 'Pool').map(({ text }) => text)).toEqual(['the po', 'ol and the ', 'Pool']);
  expect(markMatches(line, 'none')).toBe(line);
});

test('a match in a painted line keeps its ground where the colours of the line change', () => {
  expect(markPainted('a \x1b[31mer\x1b[0mror!', 'error')).toBe(
    'a \x1b[31m\x1b[7mer\x1b[0m\x1b[7mror\x1b[27m!',
  );
  expect(markPainted('31m', '31')).toBe('\x1b[7m31\x1b[27mm');
  expect(markPainted('\x1b[31mx', '31')).toBe('\x1b[31mx');
});

test('the next line that holds a text is found on and back', () => {
  const find = lineFinder([line, [], [styled('a pool')]]);
  expect([find('pool', 1, 1), find('pool', 1, -1), find('pool', 3, 1), find('pool', -1, -1)]).toEqual([
    ...[2, 0, undefined, undefined],
  ]);
});
