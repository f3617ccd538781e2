// Owns a box that shows as many rows as it has room for.
import { Box, type DOMElement } from 'ink';
import { type ReactNode, useRef } from 'react';
import { scrollInto } from '../keys/scroll-into.ts';
import { type CursorPlace, useTerminalCursor } from './use-terminal-cursor.ts';

/** What is shown, and which part of it at least. */
export interface RowWindowProps {
  /** Each of them is one row high. */
  readonly rows: readonly ReactNode[];
  /** How many there is room for. */
  readonly height: number;
  /** The rows to be kept in sight. */
  readonly at: { readonly from: number; readonly to: number };
  /** Where in all rows the terminal's cursor stands. */
  readonly cursor?: CursorPlace | undefined;
}

/** The rows around those at hand. */
export function RowWindow({ rows, height, at, cursor }: RowWindowProps): ReactNode {
  const box = useRef<DOMElement>(null);
  const top = scrollInto(at, rows.length, height);
  useTerminalCursor(box, cursor && { column: cursor.column, row: cursor.row - top });
  return (
    <Box ref={box} flexDirection="column" flexGrow={1} height={height} overflow="hidden">
      {rows.slice(top, top + height)}
    </Box>
  );
}
