// Owns what of a page is meant where `FILE#heading` or `--section` names a part of it.
import { existsSync } from 'node:fs';
import { fail, ok, type Result } from '../../basics/result.ts';
import { typedWord } from '../../languages/shell/shell-quote.ts';
import { type FoundSection, findSection, sectionsMeant } from '../../run/links/find-section.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Complaint } from '../refusal.ts';

/** A page as a command line names it. */
export interface NamedPage {
  readonly path: string;
  /** The name of a section; absent for all of the page. */
  readonly section?: string;
}

/** The page and its section; a file that is called so, `#` and all, is that file. */
export function readPageName(written: string, section: string | undefined): Result<NamedPage, Complaint> {
  const at = fileEnd(written);
  if (at === undefined) return ok({ path: written, ...(section !== undefined && { section }) });
  const behind = decoded(written.slice(at + 1));
  if (section !== undefined && section !== behind)
    return fail({
      message: `\`${written}\` names a section, and \`--section ${section}\` another one`,
      help: 'use one of the two; `--step` selects within a section',
    });
  return ok({ path: written.slice(0, at), section: behind });
}

/** The section of that name, or why there is none to run. */
export function locateSection(
  runbook: Runbook,
  { path, section }: { readonly path: string; readonly section: string | undefined },
): Result<FoundSection | undefined, Complaint> {
  if (section === undefined) return ok(undefined);
  const found = findSection(runbook, section);
  if ('span' in found) return ok(found);
  return fail({
    message: `\`${path}\` has no section \`#${section}\`${sectionsMeant(found.meant)}`,
    help: `an anchor is the heading in lower case with \`-\` for spaces; \`runsheet print ${typedWord(path)}\` lists the steps`,
  });
}

/** Where the name of the file ends and that of a section begins. */
function fileEnd(written: string): number | undefined {
  if (existsSync(written)) return undefined;
  let at = written.lastIndexOf('#');
  while (at > 0) {
    if (existsSync(written.slice(0, at))) return at;
    at = written.lastIndexOf('#', at - 1);
  }
  // What cannot be read is complained of by the name of the file.
  const named = /^.+?\.(?:md|markdown|mdx)(?=#)/i.exec(written);
  return named?.[0].length;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
