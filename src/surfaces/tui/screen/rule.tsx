// Owns a line across its box, with a title and a count in it.
import { Box } from 'ink';
import { type ReactNode, useContext } from 'react';
import { type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import { counted } from '../../../view/words/quoted.ts';
import { Line, PaletteContext, useBorder } from './line.tsx';

/** What stands in the line. */
export interface RuleProps {
  readonly title?: StyledLine | undefined;
  /** Lines of the text above that are out of sight. */
  readonly below?: number;
  /** Whether the title is of something else than that text. */
  readonly isOfOther?: boolean;
  /** Rows of what stands below the line that are out of sight; the title is cut rather than this. */
  readonly more?: number;
}

/** `── title ────── 3 lines below ──`; where there is no room for the count, it wraps out of sight. */
export function Rule({ title, below = 0, isOfOther = false, more = 0 }: RuleProps): ReactNode {
  const palette = useContext(PaletteContext);
  const line = useBorder('top', palette);
  const { horizontal: bar, dot } = palette.symbols;
  const says = isOfOther ? `text: ${below} more` : `${counted(below, 'line')} below`;
  return (
    <Box height={1} flexShrink={0} overflow="hidden" flexWrap="wrap">
      {title && (
        <Box gap={1} marginRight={1}>
          <Box flexShrink={0}>
            <Line of={[styled(bar + bar, { tone: 'muted' })]} />
          </Box>
          <Line of={title} />
          {more > 0 && (
            <Box flexShrink={0}>
              <Line of={[styled(`${dot} ${more} more`, { tone: 'muted' })]} />
            </Box>
          )}
        </Box>
      )}
      <Box flexGrow={1} minWidth={1} height={1} {...line} />
      {below > 0 && (
        <Box flexShrink={0} marginLeft={1}>
          <Line of={[styled(says, { tone: 'accent' }), styled(` ${bar}${bar}`, { tone: 'muted' })]} />
        </Box>
      )}
    </Box>
  );
}
