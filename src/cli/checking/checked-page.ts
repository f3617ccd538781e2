// Owns what is told of one page that was checked, as data that can be handed from thread to thread.
import { createHash } from 'node:crypto';
import type { DueTimes, KnownOfPage } from '../../runbook/front-matter/upkeep.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Place } from '../../text/line-index.ts';
import type { SourceFile } from '../../text/source-file.ts';

/** One thing that was found, with its place in lines and columns; without one where the whole file is meant. */
export interface Finding extends Omit<Diagnostic, 'span'> {
  /** The file that it is about: the page, or a configuration file. */
  readonly path: string;
  readonly from?: Place;
  readonly to?: Place;
  /** The same for the same finding after lines above it have come or gone, and no other finding's. */
  readonly fingerprint: string;
  /** For people, where that was asked for. */
  readonly rendered?: string;
}

/** What a report of many pages tells of one beside what is found in it. */
export interface PageUpkeep {
  /** The path of a page that cannot be read. */
  readonly title: string;
  readonly owner?: string;
  readonly times: DueTimes;
  readonly known: KnownOfPage;
}

/** A page that was looked at; `isRunbook` is false for one that a folder holds and that has nothing to run. */
export interface CheckedPage {
  readonly path: string;
  readonly isRunbook: boolean;
  /** The configuration says that warnings fail. */
  readonly isStrict?: boolean;
  readonly findings: readonly Finding[];
  /** Where it was asked for; absent where the page is no runbook. */
  readonly upkeep?: PageUpkeep;
}

/** Puts diagnostics of one file in the order of the file, each with its place. */
export function toFindings(
  diagnostics: readonly Diagnostic[],
  source: SourceFile,
  render?: (diagnostic: Diagnostic) => string,
): readonly Finding[] {
  const alike = new Map<string, number>();
  return diagnostics
    .toSorted((left, right) => (left.span?.start ?? -1) - (right.span?.start ?? -1))
    .map((diagnostic) => {
      const { span, fix: _fix, ...rest } = diagnostic;
      const from = span && source.lines.placeOf(span.start);
      // Not the message, which may name lines: what is found is known by its kind and by the text it stands in.
      const text = from === undefined ? '' : source.lines.textOfLine(from.line).trim();
      const key = [rest.code, from === undefined ? rest.message : text].join('\0');
      const before = alike.get(key) ?? 0;
      alike.set(key, before + 1);
      return {
        path: source.path,
        ...rest,
        ...(span && from && { from, to: source.lines.placeOf(span.end) }),
        fingerprint: createHash('sha256').update([source.path, key, before].join('\0')).digest('hex'),
        ...(render && { rendered: render(diagnostic) }),
      };
    });
}
