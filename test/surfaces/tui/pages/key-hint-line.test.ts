// Tests which keys the bottom line of the screen names.
import { expect, test } from 'vitest';
import { address } from '../../../../src/basics/address.ts';
import { choosePalette } from '../../../../src/surfaces/choose-palette.ts';
import { keyHintLine } from '../../../../src/surfaces/tui/pages/key-hint-line.ts';
import { unstyledText } from '../../../../src/view/layout/styled-line.ts';
import { block, planOf } from '../../../run/sample-plan.ts';
import { Scenario, type Script } from '../../../run/scenario.ts';
import { Operator } from '../operator.ts';

const palette = choosePalette({ isTTY: true }, { LANG: 'C.UTF-8' });

function guided(script: Script = {}): Operator {
  return new Operator(new Scenario(planOf([block('one', 'steps')]), script).start('guided'));
}

/** The line, some time after the last key. */
function shown(operator: Operator, width = 80): string {
  const context = { ...operator.context(), nowMs: operator.nowMs + 60_000 };
  return unstyledText(keyHintLine(operator.ui, context, width, palette));
}

test('the end of a run is not named where there is no room for the pause', () => {
  const widths = Array.from({ length: 200 }, (_, width) => shown(guided(), width));
  expect(widths.filter((line) => line.includes('q stop') && !line.includes('p pause'))).toEqual([]);
  expect(widths.at(-1)).toContain('p pause   q stop');
});

test('saving the command of a block that had failed is said to run it', () => {
  expect(shown(guided().type('e'))).toBe('^S save   Esc discard');
  expect(shown(guided({ exits: { one: [3] } }).type('\re'))).toBe('^S save and run   Esc discard');
});

test('Enter is named in a menu once something is chosen there', () => {
  const scenario = new Scenario(planOf([block('one', 'steps')]))
    .start('guided')
    .record(
      { type: 'BlockStarted', address: address('one'), attempt: 1 },
      { type: 'BlockFoundInDoubt', address: address('one'), attempt: 1 },
    );
  const operator = new Operator(scenario);
  expect(shown(operator)).toBe('↑↓ choose   ← previous   Tab steps   ? help');
  expect(shown(operator.type('\x1b[B'))).toBe('↑↓ choose   Enter do it   ← previous   Tab steps   ? help');
});
