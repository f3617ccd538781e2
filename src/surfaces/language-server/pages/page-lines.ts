// Owns telling what each line of a page is while it is being typed.

export type LineKind = 'front-matter' | 'fence' | 'code' | 'end-of-code' | 'heading' | 'text';

/** A line with its place in UTF-16 offsets, its newline left out. */
export interface PageLine {
  readonly kind: LineKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Fence {
  readonly mark: string;
  readonly length: number;
}

/** The lines of a page, by its text without a byte-order mark. */
export function pageLines(text: string): readonly PageLine[] {
  const lines: PageLine[] = [];
  let fence: Fence | undefined;
  let inFront = /^---[ \t]*(?:\r\n|\n|\r|$)/.test(text);
  for (const { start, line } of splitLines(text)) {
    let kind: LineKind;
    if (inFront) {
      kind = 'front-matter';
      inFront = lines.length === 0 || !/^(?:---|\.\.\.)[ \t]*$/.test(line);
    } else if (fence !== undefined) {
      const isEnd = isClosing(line, fence);
      kind = isEnd ? 'end-of-code' : 'code';
      if (isEnd) fence = undefined;
    } else {
      fence = openingOf(line);
      kind = fence !== undefined ? 'fence' : isHeading(line) ? 'heading' : 'text';
    }
    lines.push({ kind, start, end: start + line.length, text: line });
  }
  return lines.map((line, index) =>
    isUnderlined(line, lines[index + 1]) ? { ...line, kind: 'heading' } : line,
  );
}

function* splitLines(text: string): Generator<{ readonly start: number; readonly line: string }> {
  let start = 0;
  for (const found of text.matchAll(/\r\n|\n|\r/g)) {
    yield { start, line: text.slice(start, found.index) };
    start = found.index + found[0].length;
  }
  yield { start, line: text.slice(start) };
}

const container = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*/;

function openingOf(line: string): Fence | undefined {
  const rest = line.slice(container.exec(line)?.[0].length ?? 0);
  const [, run, info = ''] = /^(`{3,}|~{3,})(.*)$/.exec(rest) ?? [];
  if (run === undefined || (run.startsWith('`') && info.includes('`'))) return undefined;
  return { mark: run.charAt(0), length: run.length };
}

function isClosing(line: string, { mark, length }: Fence): boolean {
  const rest = line.replace(/^[ \t>]*/, '').trimEnd();
  return rest.length >= length && rest === mark.repeat(rest.length);
}

function isHeading(line: string): boolean {
  return /^(?:[ ]{0,3}>)*[ ]{0,3}#{1,6}(?:[ \t]|$)/.test(line);
}

function isUnderlined({ kind, text }: PageLine, next: PageLine | undefined): boolean {
  return (
    kind === 'text' && next?.kind === 'text' && /\S/.test(text) && /^[ ]{0,3}(?:=+|-+)[ \t]*$/.test(next.text)
  );
}
