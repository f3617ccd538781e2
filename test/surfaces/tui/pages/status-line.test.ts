// Tests what is said of an item as it stands in its run.
import { expect, test } from 'vitest';
import { address } from '../../../../src/basics/address.ts';
import { standingLine } from '../../../../src/surfaces/tui/pages/status-line.ts';
import { makePalette } from '../../../../src/view/layout/palette.ts';
import { unstyledText } from '../../../../src/view/layout/styled-line.ts';
import { block, planOf } from '../../../run/sample-plan.ts';
import { ada, Scenario } from '../../../run/scenario.ts';

const { symbols } = makePalette(0, { unicode: true });
const of = ['debian', 'fedora'].map((name) => ({ name, title: `On ${name}` }));
const way = (branch: string) =>
  block(branch, 'steps', { branches: [{ choice: 'system', branch, title: 'System', of }] });

/** What is said of both ways. */
function linesOf({ state }: Scenario): readonly string[] {
  return state.plan.items.map((item, index) => {
    const known = state.items[index];
    return known === undefined ? '' : unstyledText(standingLine(state, item, known, symbols));
  });
}

test('a way that was not chosen says so before the run has come to it', () => {
  const scenario = new Scenario(planOf([way('debian'), way('fedora')])).start('guided');
  expect(linesOf(scenario)).toEqual(['', '']);
  scenario.send({
    type: 'Choose',
    address: address('debian'),
    choice: 'system',
    branches: ['debian'],
    by: ada,
  });
  expect(linesOf(scenario)).toEqual(['', '↷ skipped (another way was chosen)']);
  scenario.send({ type: 'RunBlock', address: address('debian'), by: ada });
  expect(linesOf(scenario)[1]).toBe('↷ skipped (another way was chosen)');
});
