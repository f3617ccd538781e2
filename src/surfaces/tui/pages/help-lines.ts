// Owns the page that says what the keys do.
import { displayWidth } from '../../../text/display-width.ts';
import { type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import { wrapRuns } from '../../../view/layout/wrap-runs.ts';
import type { KeyBinding } from '../keys/key-binding.ts';
import { standingKeys } from '../keys/standing-keys.ts';

/** What the keys do: those of the moment first, then those that always work. */
export function helpLines(bindings: readonly KeyBinding[], width: number): StyledLine[] {
  const now = bindings.map(({ shown, label, does }) => [shown, does === '' ? label : does] as const);
  const heading = (text: string): StyledLine => [styled(text, { bold: true })];
  return [
    heading('Now'),
    ...now.flatMap(([key, does]) => helpLine(key, does, width)),
    [],
    heading('Always'),
    ...standingKeys.screen.flatMap(({ shown, does }) => helpLine(shown, does, width)),
  ];
}

function helpLine(key: string, does: string, width: number): StyledLine[] {
  const first = [
    styled(`  ${key}${' '.repeat(Math.max(1, 11 - displayWidth(key)))}`, {
      tone: 'accent' as const,
      bold: true,
    }),
  ];
  return wrapRuns([styled(does)], width, { first, rest: [styled(' '.repeat(13))] });
}
