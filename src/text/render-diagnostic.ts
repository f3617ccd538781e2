// Owns the look of a diagnostic in a terminal.

import type { Diagnostic, DiagnosticSeverity } from './diagnostic.ts';
import { displayWidth } from './display-width.ts';
import type { SourceFile } from './source-file.ts';
import { visibleText } from './visible-text.ts';

/** Colours of a diagnostic; each takes plain text and gives it back with escapes around it. */
export interface DiagnosticPalette {
  readonly severity: Readonly<Record<DiagnosticSeverity, (text: string) => string>>;
  /** The message after the code. */
  readonly message: (text: string) => string;
  /** Arrow, bars and line numbers. */
  readonly gutter: (text: string) => string;
}

const same = (text: string): string => text;

/** No colours at all. */
export const plainPalette: DiagnosticPalette = {
  severity: { error: same, warning: same, hint: same },
  message: same,
  gutter: same,
};

/** Columns of the source line that are shown; longer lines are cut around the place that is meant. */
const shownColumns = 160;

/**
 * Renders one diagnostic as lines without a final newline: message, place, the source line, a caret line under
 * the span, and help. A span of several lines is underlined to the end of its first.
 */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  source: SourceFile,
  palette: DiagnosticPalette = plainPalette,
): string {
  const { code, severity, message, span } = diagnostic;
  const colour = palette.severity[severity];
  const rendered = [`${colour(`${severity}[${code}]`)}${palette.message(`: ${visibleText(message)}`)}`];
  const path = visibleText(source.path);

  if (span === undefined) {
    rendered.push(`  ${palette.gutter('-->')} ${path}`);
    if (diagnostic.label !== undefined)
      rendered.push(`  ${palette.gutter('|')} ${visibleText(diagnostic.label)}`);
    if (diagnostic.help !== undefined)
      rendered.push(`  ${palette.gutter('=')} help: ${visibleText(diagnostic.help)}`);
    return rendered.join('\n');
  }

  const { line, column } = source.lines.placeOf(span.start);
  const characters = [...source.lines.textOfLine(line)];
  const endPlace = source.lines.placeOf(Math.max(span.start, span.end));
  const endColumn = endPlace.line === line ? endPlace.column : characters.length + 1;
  const snippet = layOut(characters, column - 1, Math.max(column, endColumn) - 1);
  const label = diagnostic.label === undefined ? '' : ` ${visibleText(diagnostic.label)}`;
  const number = String(line);
  const indent = ' '.repeat(number.length);

  rendered.push(
    `${indent}${palette.gutter('-->')} ${path}:${line}:${column}`,
    `${indent} ${palette.gutter('|')}`,
    `${palette.gutter(`${number} |`)} ${snippet.text}`.trimEnd(),
    `${indent} ${palette.gutter('|')} ${' '.repeat(snippet.before)}${colour('^'.repeat(snippet.under) + label)}`,
  );
  if (diagnostic.help !== undefined) {
    rendered.push(`${indent} ${palette.gutter('=')} help: ${visibleText(diagnostic.help)}`);
  }
  return rendered.join('\n');
}

/** Renders diagnostics one below the other with an empty line between them. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  source: SourceFile,
  palette: DiagnosticPalette = plainPalette,
): string {
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, source, palette)).join('\n\n');
}

interface Snippet {
  readonly text: string;
  /** Columns before the first caret. */
  readonly before: number;
  /** Number of carets, at least one. */
  readonly under: number;
}

/** Lays out one line so that the characters `[start, end)` can be underlined in a terminal's columns. */
function layOut(characters: readonly string[], start: number, end: number): Snippet {
  let first = 0;
  let last = characters.length;
  if (last > shownColumns) {
    first = Math.max(0, Math.min(start - 20, last - shownColumns));
    last = Math.min(last, first + shownColumns);
  }
  const head = first > 0 ? '…' : '';
  const tail = last < characters.length ? '…' : '';
  const before = expand(characters.slice(first, start), displayWidth(head));
  const under = expand(characters.slice(start, Math.min(end, last)), displayWidth(head + before));
  const after = expand(characters.slice(Math.min(end, last), last), displayWidth(head + before + under));
  return {
    text: `${head}${before}${under}${after}${tail}`,
    before: displayWidth(head + before),
    under: Math.max(1, displayWidth(under)),
  };
}

/** Tabs become spaces up to the next stop of four columns; what a terminal would obey is made visible. */
function expand(characters: readonly string[], startColumn: number): string {
  let text = '';
  for (const piece of characters.join('').split(/(\t)/)) {
    text += piece === '\t' ? ' '.repeat(4 - ((startColumn + displayWidth(text)) % 4)) : visibleText(piece);
  }
  return text;
}
