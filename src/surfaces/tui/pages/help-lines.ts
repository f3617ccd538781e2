// Owns the page that says what the keys do.
import { displayWidth } from '../../../text/display-width.ts';
import { type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import { wrapRuns } from '../../../view/layout/wrap-runs.ts';
import type { KeyBinding } from '../keys/key-binding.ts';

/** What the keys do: those of the moment first, then those that always work. */
export function helpLines(bindings: readonly KeyBinding[], width: number): StyledLine[] {
  const always: readonly (readonly [string, string])[] = [
    ['↑ ↓', 'scroll the text, or move in a list'],
    ['PgUp PgDn', 'a page back or on; Home and End go all the way'],
    ['Space', 'read on; it never runs anything'],
    ['← →', 'look at the previous or the next step; Esc comes back'],
    ['Tab', 'the list of steps'],
    ['o', 'all of the output, to scroll and search'],
    ['/', 'search the text, or the output where that is open; n next, N previous, Esc leaves'],
    ['wheel', 'scrolls; while it does, the terminal selects text with Shift held'],
    ['m', 'leave the mouse to the terminal, or take its wheel again'],
    ['^C', 'end the running block; a second time, or while nothing runs, pause and leave'],
    ['^Z', 'back to the shell for a moment; `fg` returns'],
    ['^L', 'paint the screen anew'],
    ['^G', 'while a block has the keyboard: keys go to the tool until Esc'],
  ];
  const now = bindings.map(({ shown, label, does }) => [shown, does === '' ? label : does] as const);
  const heading = (text: string): StyledLine => [styled(text, { bold: true })];
  return [
    heading('Now'),
    ...now.flatMap(([key, does]) => helpLine(key, does, width)),
    [],
    heading('Always'),
    ...always.flatMap(([key, does]) => helpLine(key, does, width)),
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
