import { expect, test } from 'vitest';
import { findDeepNesting } from '../../src/text/find-deep-nesting.ts';

test('what people write is not too deep', () => {
  expect(findDeepNesting(`- a\n  - b\n${' '.repeat(900)}code\n${'-'.repeat(900)}\n`)).toBeUndefined();
  expect(findDeepNesting(`${'> '.repeat(100)}x\n${' '.repeat(498)}- x\n`)).toBeUndefined();
});

test('too many markers in a line are', () => {
  expect(findDeepNesting(`a\n${'- '.repeat(101)}x\n`)).toEqual({ start: 2, length: 201 });
  expect(findDeepNesting(`${'>'.repeat(101)}x\n`)).toEqual({ start: 0, length: 101 });
  expect(findDeepNesting(`${'1. > '.repeat(60)}x\n`)).toEqual({ start: 0, length: 299 });
});

test('so is a marker that stands too far to the right', () => {
  expect(findDeepNesting(`${' '.repeat(500)}- x\n`)).toEqual({ start: 0, length: 501 });
  expect(findDeepNesting(`${'\t'.repeat(126)}1) x\n`)).toEqual({ start: 0, length: 128 });
  expect(findDeepNesting(`> ${' '.repeat(500)}* x\n`)).toEqual({ start: 0, length: 503 });
});
