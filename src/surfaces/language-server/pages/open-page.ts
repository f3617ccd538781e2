// Owns a page in one of its versions: its text, what is understood of it, and its places as editors count them.
import type { Range } from 'vscode-languageserver-types';
import { parseRunbook } from '../../../runbook/parse-runbook.ts';
import type { Runbook } from '../../../runbook/runbook.ts';
import { editorPositionOf, textOffsetAt, textOffsetOf } from '../../../text/editors/editor-position.ts';
import { decodeSource, type SourceFile } from '../../../text/source-file.ts';
import type { Span } from '../../../text/span.ts';
import type { LanguagePorts, UnderstoodText } from './language-ports.ts';
import { type PageLine, pageLines } from './page-lines.ts';
import { type WrittenGroup, writtenGroups } from './written-groups.ts';

/** A page of the editor, or one on disk that nobody has opened. */
export interface OpenPage {
  readonly uri: string;
  readonly path: string;
  readonly source: SourceFile;
  readonly understood: UnderstoodText;
  readonly runbook: Runbook;
  readonly lines: readonly PageLine[];
  /** Attributes in braces, in their order. */
  readonly groups: readonly WrittenGroup[];
}

/** A place with a line and a character, as editors count them. */
export type Position = Range['start'];

/** Understands a page; every question about it is then answered of this version. */
export function openPage(uri: string, path: string, bytes: Uint8Array, ports: LanguagePorts): OpenPage {
  const { source } = decodeSource(path, bytes);
  const understood = ports.understand(path, bytes);
  const lines = pageLines(source.text);
  return {
    uri,
    path,
    source,
    understood,
    // A configuration that is wrong is told; the names of the page are those of the page all the same.
    runbook: understood.runbook ?? parseRunbook(source).runbook,
    lines,
    groups: writtenGroups(source.text, lines),
  };
}

/** A range of bytes as editors count it. */
export function rangeOfSpan({ source }: OpenPage, { start, end }: Span): Range {
  return { start: editorPositionOf(source, start), end: editorPositionOf(source, end) };
}

/** A range of UTF-16 offsets of the text as editors count it. */
export function rangeOfText({ source }: OpenPage, start: number, end: number): Range {
  const { toByteOffset } = source;
  return {
    start: editorPositionOf(source, toByteOffset(start)),
    end: editorPositionOf(source, toByteOffset(end)),
  };
}

/** The UTF-16 offset of the text at a position. */
export function offsetAt({ source }: OpenPage, position: Position): number {
  return textOffsetAt(source, position);
}

/** UTF-16 offsets of a range of bytes. */
export function textRangeOf(
  { source }: Pick<OpenPage, 'source'>,
  { start, end }: Span,
): readonly [start: number, end: number] {
  return [textOffsetOf(source, start), textOffsetOf(source, end)];
}

/** The number of the line that holds a UTF-16 offset. */
export function lineNumberAt({ lines }: OpenPage, offset: number): number {
  const after = lines.findIndex(({ start }) => start > offset);
  return (after === -1 ? lines.length : after) - 1;
}
