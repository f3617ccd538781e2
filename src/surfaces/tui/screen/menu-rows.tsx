// Owns the rows of a list from which one is chosen.
import { Box } from 'ink';
import type { ReactNode } from 'react';
import { displayWidth } from '../../../text/display-width.ts';
import type { Palette } from '../../../view/layout/palette.ts';
import { lineWidth, type StyledLine, type StyledRun, styled } from '../../../view/layout/styled-line.ts';
import type { KeyBinding } from '../keys/key-binding.ts';
import { Line } from './line.tsx';

/** Less room than this is not worth a beginning of what a choice does. */
const leastRoom = 8;

/** The arrow at the chosen row of a list. */
export function choiceMark(isChosen: boolean, { symbols }: Palette): StyledRun {
  return styled(isChosen ? `${symbols.arrow} ` : '  ', { tone: 'accent', bold: true });
}

/** A row for each choice: its key, what it is called, and what it does where there is room for that. */
export function menuRows(
  choices: readonly KeyBinding[],
  chosen: number,
  width: number,
  palette: Palette,
): ReactNode[] {
  const labels = Math.max(...choices.map(({ label }) => displayWidth(label)));
  return choices.map(({ shown, label, does }, index) => {
    const line: StyledLine = [
      choiceMark(index === chosen, palette),
      styled(`${shown}  `, { tone: 'accent', bold: true }),
      styled(label, index === chosen ? { bold: true } : {}),
    ];
    const start = lineWidth(line) + labels - displayWidth(label);
    return (
      <Box key={shown} gap={2}>
        <Box flexShrink={0} width={start}>
          <Line of={line} />
        </Box>
        {width - start - 2 >= leastRoom && <Line of={[styled(does, { tone: 'muted' })]} />}
      </Box>
    );
  });
}
