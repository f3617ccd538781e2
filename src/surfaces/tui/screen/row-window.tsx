// Owns a box that shows as many rows as it has room for.
import { Box, type BoxProps } from 'ink';
import type { ReactNode } from 'react';
import { scrollInto } from '../keys/scroll-into.ts';
import { useRows } from './use-rows.ts';
import { type CursorPlace, useTerminalCursor } from './use-terminal-cursor.ts';

/** What is shown, and which part of it at least. */
export interface RowWindowProps {
  /** Each of them is one row high. */
  readonly rows: readonly ReactNode[];
  /** The rows to be kept in sight. */
  readonly at: { readonly from: number; readonly to: number };
  /** Where in all rows the terminal's cursor stands. */
  readonly cursor?: CursorPlace | undefined;
  /** How many rows there will probably be room for. */
  readonly guess: number;
  readonly box?: Pick<BoxProps, 'height' | 'flexBasis' | 'flexGrow' | 'flexShrink'>;
}

/** The rows around those at hand. */
export function RowWindow({ rows, at, cursor, guess, box }: RowWindowProps): ReactNode {
  const [ref, height] = useRows(guess);
  const top = scrollInto(at, rows.length, height);
  useTerminalCursor(ref, cursor && { column: cursor.column, row: cursor.row - top });
  return (
    <Box ref={ref} flexDirection="column" overflow="hidden" {...box}>
      {rows.slice(top, top + height)}
    </Box>
  );
}
