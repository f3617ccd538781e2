// Tests which commands a condition is judged by though they may end before they have read all.
import { expect, test } from 'vitest';
import { cutConditions } from '../../../../src/languages/shell/reader/cut-conditions.ts';

const ends = (code: string, functions?: string): string[] => [...cutConditions(code, functions)];

test.each([
  ['if ps | grep -q x; then :; fi', ['grep-qx']],
  ['if true; then ps | grep -q x; fi', []],
  ['if true; then :; elif ps | LC_ALL=C grep -iq "x y" 2>&1; then :; fi', ['LC_ALL=Cgrep-iq"xy"2>&1']],
  ['while ! ps |\n  grep -q x\ndo sleep 1; done', ['grep-qx']],
  ['ps | head -1 && x', ['head-1']],
  ['ps | head -1 || x; ps | head -1', []],
  ['x && ps | head -1', []],
  ['! ps | /usr/bin/head -1', ['/usr/bin/head-1']],
  ['f() { ps | grep -m 1 x; }', ['grep-m1x']],
  ['function f {\n  ps | read x\n}\nps | sed 2q', ['readx']],
  ['if { ps | sed 2q; } && ( ps | awk "{ exit }" ); then :; fi', ['sed2q', 'awk"{exit}"']],
  ['if x=$(ps | head -1); then ps | head -2; fi', ['head-1']],
  ['for x in a; do if ps | cmp - $x; then :; fi; done; ps | head -2', ['cmp-$x']],
  ['if ps | grep x; then :; fi; if ps | sort | tail -1; then :; fi; if head -1 x; then :; fi', []],
  ['if ps | sed s/q/x/; then :; fi; if ps | awk "{ print exited }"; then :; fi', []],
])('%s', (code, expected) => {
  expect(ends(code)).toEqual(expected);
});

test('functions that are carried may be called in a condition', () => {
  expect(ends('ps | head -1', 'f () \n{ \n    ps | head -1;\n    ps | grep -q x\n}')).toEqual(['grep-qx']);
});
