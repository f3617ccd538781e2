// Owns the first picture of the screen, made of panes without Ink, which takes a moment to load.
import { displayWidth } from '../../../text/display-width.ts';
import type { Screen } from '../screen/screen-model.ts';

const escapes = /\u001b\[[\d;]*m/g;

/** The lines of a whole screen; panes stand side by side, and what covers another comes later in the list. */
export function joinPanes({ panes, rows }: Screen): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const across = panes
      .filter(({ top, height }) => row >= top && row < top + height)
      .sort((one, other) => one.left - other.left);
    let line = '';
    let column = 0;
    for (const { left, top, lines: own } of across) {
      const text = own[row - top] ?? '';
      if (left < column || text === '') continue;
      line += ' '.repeat(left - column) + text;
      column = left + displayWidth(text.replace(escapes, ''));
    }
    return line;
  });
  return lines.join('\n');
}
