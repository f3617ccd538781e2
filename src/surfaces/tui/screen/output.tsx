// Owns the output below the text.
import { Box, type DOMElement } from 'ink';
import { type ReactNode, useRef } from 'react';
import type { Address } from '../../../basics/address.ts';
import { type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import { formatBytes } from '../../../view/words/format-bytes.ts';
import { counted, quoted } from '../../../view/words/quoted.ts';
import { keysGoToBlock } from '../keys/ui-state.ts';
import type { ShownOutput } from '../output/block-output.ts';
import type { ScreenModel } from '../pages/screen-model.ts';
import { Rule } from './rule.tsx';
import { TerminalLines } from './terminal-lines.tsx';
import { useTerminalCursor } from './use-terminal-cursor.ts';

/** What is shown of an output. */
export interface OutputProps {
  readonly model: ScreenModel;
  readonly output: ShownOutput;
  /** Rows, with the title. */
  readonly height: number;
  /** Lines of the text above that are out of sight. */
  readonly below: number;
}

/** The end of an output, of a running block its screen; the title stands above. */
export function Output({ model, output, height, below }: OutputProps): ReactNode {
  const { ui, current, context } = model;
  const { screen, live } = output;
  const box = useRef<DOMElement>(null);
  const rows = height - 1;
  const first = firstOutputLine(output, rows);
  const row = screen.screenTop + screen.cursor.row - first;
  const hasCursor = live && keysGoToBlock(ui, context.childAttached) && row >= 0 && row < rows;
  useTerminalCursor(box, hasCursor ? { column: screen.cursor.column, row } : undefined);
  return (
    <Box flexDirection="column" flexShrink={0} height={height}>
      <Rule title={outputTitle(output, ui.look ?? current, model)} below={below} isOfOther />
      <Box ref={box} height={rows} overflow="hidden">
        <TerminalLines lines={screen.lines(first, rows)} />
      </Box>
    </Box>
  );
}

/** Where the shown part of an output begins: its end is in sight, of a running block its screen. */
function firstOutputLine({ screen, live }: ShownOutput, height: number): number {
  if (!live) return Math.max(0, screen.length - height);
  // A short output of a running block starts at the top of its box.
  if (screen.screenTop === 0 && screen.cursor.row < height) return 0;
  return Math.max(0, screen.screenTop, screen.screenTop + screen.rows - height);
}

/** Whose output it is, and how much; `shown` is the item on the screen. */
export function outputTitle(
  { address, screen, live }: ShownOutput,
  shown: Address | undefined,
  { state, palette }: Pick<ScreenModel, 'state' | 'palette'>,
): StyledLine {
  const { dot } = palette.symbols;
  const known = state.items[state.indexOf.get(address) ?? -1];
  const tone = known?.status === 'failed' ? 'bad' : 'muted';
  const of = address === shown ? 'output' : `output of ${quoted(address)}`;
  const amount = screen.newlines > 0 ? ` ${dot} ${counted(screen.newlines, 'line')}` : '';
  const course = live
    ? ` ${dot} running`
    : known?.status === 'in-doubt'
      ? ` ${dot} until it was cut off`
      : '';
  const skipped =
    screen.skipped > 0 ? ` ${dot} ${formatBytes(screen.skipped)} went by unseen, all is kept` : '';
  return [
    styled(of, { tone, bold: address === shown }),
    styled(`${course}${amount}${skipped}`, { tone: 'muted' }),
  ];
}
