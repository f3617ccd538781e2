import { describe, expect, test } from 'vitest';
import { assignedOtherwise, findExports, overrideExports } from '../../src/languages/find-exports.ts';

describe('what code exports with a value', () => {
  test.each([
    ['export A=1', [['A', '1', false]]],
    [
      'export A=1 B="x y" C\nexport D=',
      [
        ['A', '1', false],
        ['B', '"x y"', false],
        ['D', '', false],
      ],
    ],
    ['if true; then export A=$(date +%s); fi', [['A', '$(date +%s)', false]]],
    ['export A="${A:-x}"', [['A', '"${A:-x}"', false]]],
    ['export PATH=$PATH:/x', [['PATH', '$PATH:/x', true]]],
    ['export A=<my-name>-1', [['A', '<my-name>-1', false]]],
    ['A=1; declare -x B=2; echo export C=3 # export D=4', []],
    ["cat <<'E'\nexport A=1\nE", []],
    ['export A=(1 2)', []],
  ])('%s', (code, found) => {
    expect(findExports(code).map(({ name, value, adds }) => [name, value, adds])).toEqual(found);
  });
});

test.each([
  ['export A="x y" B=2; echo $A', ['A'], 'export A="${OVERRIDE_A}" B=2; echo $A'],
  ['export A=1\nexport A=1', ['A'], 'export A="${OVERRIDE_A}"\nexport A="${OVERRIDE_A}"'],
  ['export A="x\ny" && echo', ['A'], 'export A="${OVERRIDE_A}"\\\n && echo'],
  ['export A=<x>', ['A'], 'export A="${OVERRIDE_A}"'],
  ['export A=1', ['B'], 'export A=1'],
])('%s with %s given', (code, names, given) => {
  expect(overrideExports(code, names)).toBe(given);
});

test('names that code gives a value by more than an export', () => {
  expect([...assignedOtherwise('export A=1 B=2; B=3; read -r C\nexport D')]).toEqual(['B', 'C', 'D']);
});
