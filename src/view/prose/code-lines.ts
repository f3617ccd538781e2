// Owns the way from code as it was written to lines that are safe to show.
import { displayWidth } from '../../text/display-width.ts';
import { visibleText } from '../../text/visible-text.ts';
import type { StyledLine, StyledRun } from '../layout/styled-line.ts';
import { noStyle } from '../layout/styled-line.ts';

const tabStop = 8;

/** Lines without colours; the same as those of a highlighter that knows no language. */
export function plainCodeLines(code: string): StyledLine[] {
  return codeLines([{ text: code, style: noStyle }]);
}

/** Cuts runs at their newlines. Tabs become blanks, other control characters a visible stand-in. */
export function codeLines(runs: readonly StyledRun[]): StyledLine[] {
  const lines: StyledRun[][] = [[]];
  let column = 0;
  for (const { text, style } of runs) {
    for (const [index, part] of text.replace(/\r\n?/g, '\n').split('\n').entries()) {
      if (index > 0) {
        lines.push([]);
        column = 0;
      }
      if (part === '') continue;
      const shown = withoutTabs(part, column);
      column += displayWidth(shown);
      lines.at(-1)?.push({ text: shown, style });
    }
  }
  if (lines.length > 1 && lines.at(-1)?.length === 0) lines.pop();
  return lines;
}

function withoutTabs(text: string, startColumn: number): string {
  let shown = '';
  for (const piece of text.split(/(\t)/)) {
    const column = startColumn + displayWidth(shown);
    shown += piece === '\t' ? ' '.repeat(tabStop - (column % tabStop)) : visibleText(piece);
  }
  return shown;
}
