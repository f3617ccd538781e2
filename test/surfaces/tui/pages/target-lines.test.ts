import { expect, test } from 'vitest';
import type { HostResult } from '../../../../src/run/event.ts';
import { initialState } from '../../../../src/run/evolve.ts';
import type { HostProgress } from '../../../../src/run/state.ts';
import { emptyResult } from '../../../../src/run/targets/host-targets.ts';
import { targetLines } from '../../../../src/surfaces/tui/pages/target-lines.ts';
import { makePalette } from '../../../../src/view/layout/palette.ts';
import { block, planOf } from '../../../run/sample-plan.ts';

const { symbols } = makePalette(0);
const ended = (item: string, status: HostResult['status']): HostProgress => emptyResult(item, status, 'N');
const running = (item: string): HostProgress => ({ host: item, each: 'N', status: 'running', attempt: 1 });

/** The lines, as text, of a block for these items that stand so. */
function linesOf(items: readonly string[], progress: readonly HostProgress[], width = 60): readonly string[] {
  const item = { ...block('roll', 'steps'), each: { name: 'N', items } };
  const state = initialState(planOf([item]));
  const [fresh] = state.items;
  if (fresh === undefined) throw new Error('the plan has an item');
  const onHosts = Object.fromEntries(progress.map((one) => [one.host, one]));
  const known = progress.length === 0 ? fresh : { ...fresh, onHosts };
  const lines = targetLines(item, { state, known, width, symbols });
  return lines.map((line) => line.map(({ text }) => text).join(''));
}

test('each item stands with its mark, in the order of the list', () => {
  const progress = [ended('d', 'passed'), ended('a', 'failed'), running('b'), ended('c', 'skipped')];
  expect(linesOf(['d', 'a', 'b', 'c', 'e'], progress)).toEqual(['  ✔ d · ✘ a · ▶ b · ↷ c · e']);
});

test('nothing is said before the first has begun, and of a single one', () => {
  expect(linesOf(['a', 'b'], [])).toEqual([]);
  expect(linesOf(['a'], [running('a')])).toEqual([]);
});

test('of many, those are named that somebody has to look at', () => {
  const many = Array.from({ length: 40 }, (_, index) => `n${index}`);
  const progress = many.slice(0, 30).map((name) => ended(name, 'passed'));
  expect(linesOf(many, [...progress, ended('n30', 'failed'), running('n31')])).toEqual([
    '  ✘ n30 · ▶ n31 · 30 done · 8 to go',
  ]);
});

test('lines are broken between names', () => {
  expect(linesOf(['node one', 'node two', 'node three'], [running('node one')], 24)).toEqual([
    '  ▶ node one · node two',
    '  · node three',
  ]);
});
