// Owns reading back what a run wrote into a document, as it wrote it.
import type { SourceFile } from '../../text/source-file.ts';
import type { Span } from '../../text/span.ts';
import { withoutMark } from './mark-former.ts';

/**
 * The lines of a region, markers included, without what its container and a later run have added. A line that does not
 * stand behind the prefix of its container is given as it is.
 */
export function regionLines({ bytes }: SourceFile, { start, end }: Span): readonly string[] {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end));
  const marker = text.indexOf('<!-- runsheet:');
  const line = Math.max(text.lastIndexOf('\n', marker), text.lastIndexOf('\r', marker)) + 1;
  const prefix = text.slice(line, marker);
  const blank = prefix.replace(/[ \t]+$/u, '');
  const body = text.slice(line);
  const lines = (body.includes('\n') ? body.split(/\r?\n/u) : body.split('\r')).map((written) =>
    written.startsWith(prefix) ? written.slice(prefix.length) : written === blank ? '' : written,
  );
  const [opening = '', header = '', ...rest] = lines;
  return [opening, withoutMark(header), ...rest];
}
