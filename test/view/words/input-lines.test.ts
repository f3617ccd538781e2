import { expect, test } from 'vitest';
import type { UsedInput } from '../../../src/run/surface.ts';
import { inputLines } from '../../../src/view/words/input-lines.ts';

test('an input has its value and where that comes from; an empty value is said to be empty', () => {
  const inputs: readonly UsedInput[] = [
    { name: 'ZONE', value: 'eu-1', origin: 'set' },
    { name: 'RESTORE_FROM', value: '', origin: 'default' },
    { name: 'TOKEN', origin: 'secret' },
  ];
  expect(inputLines(inputs).map((line) => line.map(({ text }) => text).join(''))).toEqual([
    '  ZONE          eu-1  (--set)',
    '  RESTORE_FROM  (empty, default)',
    '  TOKEN         (secret)',
  ]);
});
