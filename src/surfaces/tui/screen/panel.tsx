// Owns the place below the text where something is chosen, typed or confirmed.
import { Box } from 'ink';
import type { ReactNode } from 'react';
import { styled } from '../../../view/layout/styled-line.ts';
import type { PanelContent } from './panel-content.tsx';
import { RowWindow } from './row-window.tsx';
import { Rule } from './rule.tsx';

/** What a panel shows, and how high it is. */
export interface PanelProps {
  readonly content: PanelContent;
  /** Rows, with the title. */
  readonly height: number;
  /** Lines of the text above that are out of sight. */
  readonly below?: number;
}

/** The title, and the rows around the one at hand. */
export function Panel({ content, height, below = 0 }: PanelProps): ReactNode {
  const { title, rows, at, cursor } = content;
  const hidden = rows.length - (height - 1);
  return (
    <Box flexDirection="column" flexShrink={0} height={height}>
      <Rule title={[styled(title, { bold: true })]} below={below} isOfOther more={Math.max(0, hidden)} />
      <RowWindow
        rows={rows}
        at={{ from: Math.max(0, at - 1), to: at + 1 }}
        cursor={cursor}
        height={height - 1}
      />
    </Box>
  );
}
