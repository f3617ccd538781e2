// Owns the top of the screen.
import { Box } from 'ink';
import type { ReactNode } from 'react';
import { visibleText } from '../../../text/visible-text.ts';
import { styled } from '../../../view/layout/styled-line.ts';
import { headerRows } from '../main-size.ts';
import { factsLine, progressLine } from '../pages/facts-line.ts';
import type { ScreenModel } from '../pages/screen-model.ts';
import { Line } from './line.tsx';
import { Rule } from './rule.tsx';

/** The title, how far the run is, and what run it is; on a low terminal, the upper lines of it. */
export function Header({ state, elapsedMs, size, palette }: ScreenModel): ReactNode {
  const { symbols } = palette;
  const rows = headerRows(size.rows);
  return (
    <Box flexDirection="column" height={rows} flexShrink={0} overflow="hidden">
      <Box justifyContent="space-between" gap={2} flexShrink={0}>
        <Line of={[styled(visibleText(state.plan.title), { bold: true })]} />
        <Box flexShrink={0}>
          <Line of={progressLine(state, symbols)} />
        </Box>
      </Box>
      <Box flexShrink={0}>
        <Line of={factsLine(state, elapsedMs, size.columns, symbols)} />
      </Box>
      {/* Ink does not cut a box that cuts its own content. */}
      {rows >= 3 && <Rule />}
    </Box>
  );
}
