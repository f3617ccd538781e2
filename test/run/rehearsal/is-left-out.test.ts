import { describe, expect, test } from 'vitest';
import { stepName } from '../../../src/basics/address.ts';
import { block, planOf } from '../sample-plan.ts';
import { Scenario } from '../scenario.ts';

function rehearsed(
  items: Parameters<typeof planOf>[0],
  more: ConstructorParameters<typeof Scenario>[1] = {},
) {
  const run = new Scenario(planOf(items), more).start('unattended', { rehearse: true });
  run.drive();
  return run;
}

describe('a rehearsal', () => {
  test('looks, leaves out what changes something and what validates it, and says so', () => {
    const run = rehearsed([
      block('gate', 'preconditions'),
      block('look', 'diagnosis'),
      block('work', 'steps'),
      block('healthy', 'validation'),
    ]);
    expect(run.trail().filter((line) => /^(?:BlockPassed|BlockSkipped|RunEnded)/.test(line))).toEqual([
      'BlockPassed gate',
      'BlockPassed look',
      'BlockSkipped work',
      'BlockSkipped healthy',
      'RunEnded rehearsed',
    ]);
    expect(run.events.at(-1)).toMatchObject({ message: 'rehearsed: 2 looked at, 2 left out' });
  });

  test('asks the validations of what it did', () => {
    const run = rehearsed([
      block('look', 'steps', { risk: 'read' }),
      block('seen', 'validation', { validates: stepName('look') }),
      block('work', 'steps'),
      block('worked', 'validation', { validates: stepName('work') }),
      block('healthy', 'validation'),
    ]);
    expect(run.trail().filter((line) => /^(?:BlockPassed|BlockSkipped)/.test(line))).toEqual([
      'BlockPassed look',
      'BlockPassed seen',
      'BlockSkipped work',
      'BlockSkipped worked',
      'BlockSkipped healthy',
    ]);
  });

  test('asks no condition that changes something', () => {
    const run = rehearsed([
      block('asked', 'diagnosis', { when: 'test -e a', check: 'systemctl is-active a' }),
      block('made', 'diagnosis', { check: 'mkdir /srv/a' }),
      block('removed', 'diagnosis', { when: 'test -e a && rm -r a' }),
    ]);
    expect(run.trail().filter((line) => /^(?:Condition|BlockSkipped|BlockAlready)/.test(line))).toEqual([
      'ConditionChecked asked',
      'ConditionChecked asked',
      'BlockAlreadyDone asked',
      'BlockSkipped made',
      'BlockSkipped removed',
    ]);
  });

  test('fails where a precondition does not hold', () => {
    const run = rehearsed([block('gate', 'preconditions'), block('work', 'steps')], { exits: { gate: [1] } });
    expect(run.state.outcome).toBe('precondition-failed');
  });

  test('fails where a look under the steps fails', () => {
    const run = rehearsed([block('look', 'steps', { risk: 'read' })], { exits: { look: [1] } });
    expect(run.state.outcome).toBe('failed');
  });
});
