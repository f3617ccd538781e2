// Owns where the placeholders of a block's code stand in its file; finding them in code is not its own.

import { findPlaceholders, type PlaceholderSyntax } from '../../languages/placeholders/find-placeholders.ts';
import { mayHoldPlaceholder } from '../../languages/placeholders/may-hold-placeholder.ts';
import { span } from '../../text/span.ts';
import type { Placeholder } from '../runbook.ts';
import type { WrittenBlock } from './read-blocks.ts';

/** A file, and the way from places in its text to its bytes. */
interface FileText {
  readonly text: string;
  readonly toByteOffset: (offset: number) => number;
}

/** Placeholders with their places in the file: a line of code is the end of its line in the file. */
export function locatePlaceholders(
  written: WrittenBlock,
  code: string,
  syntax: PlaceholderSyntax,
  commandLines: ReadonlySet<number> | undefined,
  { text, toByteOffset }: FileText,
): readonly Placeholder[] {
  const found = mayHoldPlaceholder(code) ? findPlaceholders(code, syntax) : [];
  if (found.length === 0) return [];
  const codeLines = code.split('\n');
  const fileLines = text.slice(written.contentStart, written.contentEnd).split(/\r\n|\n|\r/);
  const newlines = [...text.slice(written.contentStart, written.contentEnd).matchAll(/\r\n|\n|\r/g)];
  const placeholders: Placeholder[] = [];
  let line = 0;
  let lineStart = 0;
  for (const { text: shown, variable, start, end } of found) {
    while (start > lineStart + (codeLines[line]?.length ?? 0)) {
      lineStart += (codeLines[line]?.length ?? 0) + 1;
      line += 1;
    }
    if (commandLines !== undefined && !commandLines.has(line)) continue;
    const before = newlines[line - 1];
    const fileLineStart = written.contentStart + (before === undefined ? 0 : before.index + before[0].length);
    const shift = fileLineStart + (fileLines[line]?.length ?? 0) - (codeLines[line]?.length ?? 0) - lineStart;
    placeholders.push({
      text: shown,
      variable,
      span: span(toByteOffset(start + shift), toByteOffset(end + shift)),
    });
  }
  return placeholders;
}
