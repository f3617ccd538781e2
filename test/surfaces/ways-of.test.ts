import { expect, test } from 'vitest';
import { choiceWords } from '../../src/surfaces/ways-of.ts';

test.each([
  ['Install it', 'Which way: Install it?'],
  ['On which system?', 'On which system?'],
  ['どちらですか？', 'どちらですか？'],
  ['', 'Which way?'],
])('a choice below the heading %j is asked as %j', (title, words) => {
  expect(choiceWords({ choice: 'c', title, branch: 'a', of: [] } as never)).toBe(words);
});
