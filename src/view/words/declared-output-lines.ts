// Owns how the declared outputs of a run are shown at its end.
import { namedValue } from '../../basics/named-values.ts';
import type { RunEvent } from '../../run/event.ts';
import type { Plan } from '../../run/plan.ts';
import { visibleText } from '../../text/visible-text.ts';
import { type StyledLine, styled } from '../layout/styled-line.ts';

/** Longer values are shown by their beginning; the journal has all of them. */
const longestValue = 200;

/** A line for each output: its name and its value on one line; one that the plan declares and nobody set says so. */
export function declaredOutputLines(
  { outputs }: Pick<Extract<RunEvent, { type: 'RunEnded' }>, 'outputs'>,
  plan: Pick<Plan, 'outputs'>,
  ellipsis: string,
): readonly StyledLine[] {
  const names = new Set([...(plan.outputs ?? []), ...Object.keys(outputs ?? {})]);
  return [...names].map((name): StyledLine => {
    const value = namedValue(outputs ?? {}, name);
    if (value === undefined)
      return [styled('  '), styled(name, { tone: 'variable' }), styled(' was not set', { tone: 'muted' })];
    const cut = visibleText(value.slice(0, longestValue));
    const shown = value.length > longestValue ? `${cut}${ellipsis}` : cut;
    return [styled('  '), styled(name, { tone: 'variable' }), styled(`=${shown}`)];
  });
}
