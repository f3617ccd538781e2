import { expect, test } from 'vitest';
import { layOutFacts } from '../../../src/view/layout/lay-out-facts.ts';
import { styled } from '../../../src/view/layout/styled-line.ts';

function laidOut(facts: readonly string[], width: number): string[] {
  const lines = layOutFacts(
    facts.map((fact) => styled(fact)),
    width,
    '·',
  );
  return lines.map((line) => line.map(({ text }) => text).join(''));
}

test('a short fact is not torn, a long one is', () => {
  expect(laidOut(['sh', 'at most 5 min', 'only if `test "$USED" -ge "$LIMIT"`'], 16)).toEqual([
    '  sh ·',
    '  at most 5 min',
    '  · only if',
    '  `test "$USED"',
    '  -ge "$LIMIT"`',
  ]);
});

test('without facts there is no line', () => {
  expect(laidOut([], 80)).toEqual([]);
});
