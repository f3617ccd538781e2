// Owns all of an output, to scroll and search in.
import { Box } from 'ink';
import { type ReactNode, useLayoutEffect } from 'react';
import { styled } from '../../../view/layout/styled-line.ts';
import { clampTop } from '../keys/scroll-into.ts';
import type { Pager as PagerState } from '../keys/ui-state.ts';
import type { ShownOutput } from '../output/block-output.ts';
import { markPainted } from '../pages/mark-matches.ts';
import type { ScreenModel, ScrollMetrics } from '../pages/screen-model.ts';
import { Line } from './line.tsx';
import { outputTitle } from './output.tsx';
import { Rule } from './rule.tsx';
import { TerminalLines } from './terminal-lines.tsx';

/** Which output, and where in it. */
export interface PagerProps {
  readonly model: ScreenModel;
  readonly pager: PagerState;
  readonly output: ShownOutput;
  /** Rows, with the title. */
  readonly height: number;
  readonly onLaidOut: (metrics: ScrollMetrics['pager']) => void;
}

/** The part of the output that was scrolled to; an arrow at the right edge points at what a search has found. */
export function Pager({ model, pager, output, height: rows, onLaidOut }: PagerProps): ReactNode {
  const { screen } = output;
  const { length } = screen;
  const height = Math.max(1, rows - 1);
  useLayoutEffect(() => onLaidOut({ length, height }));
  const top = clampTop(pager.top === 'end' ? length : pager.top, length, height);
  const { search } = pager;
  const lines = screen.lines(top, height);
  const isMarked = search !== undefined && model.palette.inverse;
  const marked = isMarked ? lines.map((line) => markPainted(line, search)) : lines;
  const place =
    length > height
      ? ` ${model.palette.symbols.dot} rows ${top + 1} to ${Math.min(length, top + height)} of ${length}`
      : '';
  const hit = pager.hit === undefined ? -1 : pager.hit - top;
  return (
    <>
      <Rule title={[...outputTitle(output, undefined, model), styled(place, { tone: 'muted' })]} />
      <Box height={height} flexShrink={0} overflow="hidden">
        <TerminalLines lines={marked} />
        {hit >= 0 && hit < height && (
          <Box position="absolute" width="100%" marginTop={hit} justifyContent="flex-end">
            <Line of={[styled('<', { tone: 'accent', bold: true })]} />
          </Box>
        )}
      </Box>
    </>
  );
}
