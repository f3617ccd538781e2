import { expect, test } from 'vitest';
import { offeredWords } from '../../src/surfaces/with-offers.ts';

test.each([
  ['NAME    READY\nweb-1   1/1\nweb-2   0/1\n', ['web-1', 'web-2']],
  ['pod/web-1\npod/web-1\n', ['pod/web-1']],
  ['| id | name |\n|----|------|\n| 7  | ada  |\n', ['id', '7']],
  ['\x1b[32mgreen\x1b[0m  up\r\n\r\n', ['green']],
  ['-----\n', []],
  ['', []],
  [
    Array.from({ length: 25 }, (_, index) => `n${index}`).join('\n'),
    Array.from({ length: 20 }, (_, index) => `n${index + 5}`),
  ],
])('%j offers %j', (text, words) => {
  expect(offeredWords(text)).toEqual(words);
});
