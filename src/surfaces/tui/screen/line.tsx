// Owns a line of styled text as Ink draws it.
import { type BoxProps, Text } from 'ink';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { makePalette, type Palette, paintLine } from '../../../view/layout/palette.ts';
import type { StyledLine } from '../../../view/layout/styled-line.ts';

/** How text looks on this terminal. */
export const PaletteContext = createContext(makePalette(0));

/**
 * One row, cut where its box ends. Its colours are the palette's, because Ink's own know nothing of NO_COLOR and
 * cannot be told the terminal's level.
 */
export function Line({ of }: { readonly of: StyledLine }): ReactNode {
  const palette = useContext(PaletteContext);
  // Without a character a text has no height.
  return <Text wrap="truncate">{paintLine(of, palette) || ' '}</Text>;
}

/** Lines as rows of their own. */
export function lineRows(lines: readonly StyledLine[]): ReactNode[] {
  return lines.map((line, index) => <Line key={index} of={line} />);
}

/**
 * One side of a box drawn as a line. Ink applies only what has changed of a style, and then takes a border that is not
 * said to be absent for one: so it must be the same object from one picture to the next.
 */
export function useBorder(side: 'top' | 'left', palette: Palette): BoxProps {
  return useMemo(() => {
    const paint = (text: string): string => palette.paint(text, { tone: 'muted' });
    const [across, up] = [paint(palette.symbols.horizontal), paint(palette.symbols.bar)];
    return {
      borderStyle: {
        ...{ top: across, bottom: across, left: up, right: up },
        ...{ topLeft: '', topRight: '', bottomLeft: '', bottomRight: '' },
      },
      borderTop: side === 'top',
      borderLeft: side === 'left',
      borderBottom: false,
      borderRight: false,
    };
  }, [side, palette]);
}
