// Tests what the last page says of what did not simply pass.
import { expect, test } from 'vitest';
import { address, stepName } from '../../../../src/basics/address.ts';
import { endingLines } from '../../../../src/surfaces/tui/pages/ending-lines.ts';
import { makePalette } from '../../../../src/view/layout/palette.ts';
import { unstyledText } from '../../../../src/view/layout/styled-line.ts';
import { block, planOf } from '../../../run/sample-plan.ts';
import { ada, Scenario } from '../../../run/scenario.ts';

const palette = makePalette(0, { unicode: true });

test('what became of one part is not said of its whole step', () => {
  const install = { step: stepName('install'), stepTitle: 'Install' };
  const plan = planOf([
    block('on-debian', 'steps', install),
    block('on-fedora', 'steps', install),
    block('start', 'steps', { stepTitle: 'Start' }),
  ]);
  const scenario = new Scenario(plan).start('guided');
  for (const [type, name] of [
    ['RunBlock', 'on-debian'],
    ['SkipItem', 'on-fedora'],
    ['SkipItem', 'start'],
  ] as const) {
    scenario.send({ type, address: address(name), by: ada, note: 'another day' });
  }
  const lines = endingLines({
    ...{ state: scenario.state, ended: undefined, tookMs: undefined, width: 80, palette },
  }).map(unstyledText);
  expect(lines.filter((line) => line.includes('skipped by'))).toEqual([
    '↷ Install, `on-fedora`: skipped by ada@bastion (another day)',
    '↷ Start: skipped by ada@bastion (another day)',
  ]);
});
