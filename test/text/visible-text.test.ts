import { expect, test } from 'vitest';
import { visibleLines } from '../../src/text/visible-text.ts';

test('of several lines, all but their ends and tabs is as on a line of its own', () => {
  expect(visibleLines('a\tb\r\n\u001b[2Jc\rd\n\u202ee\n')).toBe('a\tb\r\n␛[2Jc␍d\n�e\n');
});
