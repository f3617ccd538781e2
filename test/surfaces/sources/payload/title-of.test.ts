// Tests the line by which people know an event.
import { expect, test } from 'vitest';
import { titleOf } from '../../../../src/surfaces/sources/payload/title-of.ts';

test.each([
  [['DiskFull', '/var is full'], 'DiskFull: /var is full'],
  [[undefined, '', '  ', 'alone'], 'alone'],
  [[' \n', undefined], 'alert 7'],
  [['two\r\nlines\u0000\u001b[31m', 'turned\u202eround\u2066'], 'two lines [31m: turned round'],
  [['x'.repeat(400)], `${'x'.repeat(299)}…`],
  [[`${' '.repeat(10_000)}x`, 'y'], 'y'],
  [[`${'x'.repeat(298)}🔥🔥`], `${'x'.repeat(298)}…`],
])('%j is %j', (parts, title) => {
  expect(titleOf(parts, 'alert\n7')).toBe(title);
});
