// Tests texts of the front matter that name variables of the run.
import { expect, it } from 'vitest';
import { filledText } from '../../../src/run/rules/filled-text.ts';
import { planOf } from '../sample-plan.ts';
import { Scenario } from '../scenario.ts';

it('fills in captured values, inputs and variables, and hides secrets', () => {
  const plan = planOf([], {
    env: { TEAM: 'db' },
    inputs: [{ name: 'KEY', type: 'string', required: true, secret: { type: 'prompt' } }],
  });
  const { state } = new Scenario(plan).start('guided');
  const run = { ...state, inputs: { SEVERITY: 'SEV1', WHO: 'ada' }, captured: { WHO: 'grace' } };
  const filled = ['SEV2', '$SEVERITY', '${WHO} of $TEAM', '\\$5 $KEY', '$NOBODY', 'a $NOBODY'];
  expect(filled.map((text) => filledText(text, run))).toEqual([
    ...['SEV2', 'SEV1', 'grace of db', '$5 ***', undefined, undefined],
  ]);
});
