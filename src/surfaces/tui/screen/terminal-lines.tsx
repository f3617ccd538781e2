// Owns lines that are painted already: what a block's emulated terminal shows.
import { Transform } from 'ink';
import type { ReactNode } from 'react';

/**
 * Ink remembers the size of every text it has measured for as long as it lives, which output that goes on for hours
 * would fill the memory with. So it measures blanks, and gets the lines when it draws.
 */
export function TerminalLines({ lines }: { readonly lines: readonly string[] }): ReactNode {
  return (
    <Transform transform={(_, index) => lines[index] ?? ''}>
      {Array.from(lines, () => ' ').join('\n')}
    </Transform>
  );
}
