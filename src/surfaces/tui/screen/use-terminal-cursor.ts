// Owns where the terminal's own cursor stands: in the box of whoever takes what is typed.
import type { DOMElement } from 'ink';
import { createContext, type RefObject, useContext, useLayoutEffect } from 'react';

/** A place on the screen or in a box; rows and columns count from zero. */
export interface CursorPlace {
  readonly column: number;
  readonly row: number;
}

/** Takes where the cursor stands in the frame that is drawn; undefined hides it. */
export const TerminalCursorContext = createContext<(place: CursorPlace | undefined) => void>(() => {});

/** Puts the cursor at a place of a box, for as long as there is one. */
export function useTerminalCursor(box: RefObject<DOMElement | null>, place: CursorPlace | undefined): void {
  const put = useContext(TerminalCursorContext);
  useLayoutEffect(() => {
    if (!place || !box.current) return undefined;
    const corner = cornerOf(box.current);
    put({ column: corner.column + place.column, row: corner.row + place.row });
    return () => put(undefined);
  });
}

/** The upper left corner on the screen: Ink knows it only from the box above. */
function cornerOf(box: DOMElement): CursorPlace {
  let column = 0;
  let row = 0;
  for (let at: DOMElement | undefined = box; at?.yogaNode; at = at.parentNode) {
    column += at.yogaNode.getComputedLeft();
    row += at.yogaNode.getComputedTop();
  }
  return { column, row };
}
