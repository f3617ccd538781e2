// Owns how a component learns what room the layout gave it.
import { type DOMElement, measureElement } from 'ink';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/**
 * The rows of the box that gets the reference. They are known once Ink has laid out a first pass, for which `guess` is
 * taken; where it was wrong all is drawn again, as part of the same frame.
 */
export function useRows(guess: number): readonly [RefObject<DOMElement | null>, number] {
  const box = useRef<DOMElement>(null);
  const [rows, setRows] = useState(guess);
  useLayoutEffect(() => {
    if (box.current) setRows(measureElement(box.current).height);
  });
  return [box, rows];
}
