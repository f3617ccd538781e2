// Owns the look of a difference between an expected and an actual output.
import type { RunEvent } from '../../run/event.ts';
import { visibleText } from '../../text/visible-text.ts';
import { type StyledLine, styled, type Tone } from '../layout/styled-line.ts';

const tones: Readonly<Record<string, Tone>> = { '-': 'good', '+': 'bad' };

/** The lines of a unified difference: what was expected in the colour of what is good, the rest as it is. */
export function differenceLines(difference: string): StyledLine[] {
  return difference.split('\n').map((line) => {
    const tone = tones[line.charAt(0)];
    return [styled(visibleText(line), tone === undefined ? {} : { tone })];
  });
}

/** The difference that an event carries; no lines for all others. */
export function differenceOf(event: RunEvent): StyledLine[] {
  if (event.type !== 'BlockFailed' || event.reason.type !== 'expectation') return [];
  return event.reason.difference === undefined ? [] : differenceLines(event.reason.difference);
}
