// Owns how the result of an earlier run says in a document that it is none of the newest one.
import type { RunId } from '../../basics/address.ts';
import { span } from '../../text/span.ts';
import type { Splice } from '../../text/splice.ts';
import type { Region, Runbook } from '../runbook.ts';

type ResultRegion = Extract<Region, { type: 'result' }>;

/** The marker and the header of a region stand at its beginning; its output may be long. */
const headBytes = 4096;

function markOf(run: RunId | undefined): string {
  return `${run === undefined ? 'from an earlier run' : `from run \`${run}\``} · `;
}

/**
 * The splice that puts the mark into a region; none where it stands there already, and undefined where the region has
 * no header that could take it.
 */
export function markFormer({ source }: Runbook, region: ResultRegion): readonly Splice[] | undefined {
  const { start, end } = region.span;
  // Each byte a character, so that what is counted are bytes.
  const head = Array.from(source.bytes.subarray(start, Math.min(end, start + headBytes)), (byte) =>
    String.fromCharCode(byte),
  ).join('');
  const opening = /([^\n\r]*)<!-- runsheet:result [^\n\r]*(?:\r\n|\n|\r)/.exec(head);
  if (opening === null) return undefined;
  const header = opening.index + opening[0].length;
  const quoted = `${opening[1]}> `;
  if (!head.startsWith(quoted, header)) return undefined;
  const at = header + quoted.length;
  const mark = markOf(region.run);
  const bytes = new TextEncoder().encode(mark);
  const standing = head.slice(at, at + bytes.length);
  if (standing === String.fromCharCode(...bytes)) return [];
  return [{ span: span(start + at, start + at), bytes }];
}

/** A header without the mark, as its run wrote it. */
export function withoutMark(header: string): string {
  return header.replace(/^> (?:from run `[^`]+`|from an earlier run) · /u, '> ');
}
