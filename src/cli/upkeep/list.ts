// Owns `runsheet list`: the runbooks below a folder, whose they are, and when they were last run and proven.
import { join, relative } from 'node:path';
import { errorMessage } from '../../basics/coded-error.ts';
import { findMarkdown } from '../../engine/disk/find-markdown.ts';
import { visibleText } from '../../text/visible-text.ts';
import { exitCode } from '../exit-code.ts';
import { KeptProofs } from '../history/kept-proofs.ts';
import { loadConfiguration } from '../load/load-configuration.ts';
import { chosenStateFolder } from '../load/open-run-store.ts';
import { outputColumns } from '../output-columns.ts';
import { complain, reportDiagnostics } from '../report-diagnostics.ts';
import { stateRefusal } from '../state-refusal.ts';
import { writeMessage, writeResult } from '../write-result.ts';
import { type ListedPage, listedPage } from './listed-page.ts';
import { noRunbooks } from './no-runbooks.ts';
import { renderPages } from './render-pages.ts';
import { skimPages } from './skim-pages.ts';

/** What `runsheet list` was given beside the folder. */
export interface ListOptions {
  readonly json?: boolean;
  /** Only pages that have one of them. */
  readonly tag?: readonly string[];
  readonly owner?: string;
  readonly service?: string;
  /** Only pages that are to be reviewed or proven, or differ from what was proven. */
  readonly stale?: boolean;
  readonly stateDir?: string;
}

/** Lists the runbooks of a folder; gives the exit code. */
export async function list(folder: string, options: ListOptions): Promise<number> {
  let paths: readonly string[];
  try {
    paths = findMarkdown(folder, (path) =>
      writeMessage(`warning: cannot read \`${visibleText(relative(folder, path))}\`\n`),
    );
  } catch (error) {
    complain(`cannot list \`${folder}\`: ${errorMessage(error, folder)}`);
    return exitCode.usage;
  }
  const { problem } = loadConfiguration(join(folder, 'runbook.md'));
  if (problem) {
    reportDiagnostics(problem.diagnostics, problem.source);
    return exitCode.usage;
  }
  const pages = await skimPages(paths);
  const found = paths.flatMap((path, index) => {
    const page = pages[index];
    return page === undefined ? [] : [{ path, ...page }];
  });
  const rows = lookUp(found, options.stateDir).filter((page) => isWanted(page, options));
  if (options.json) writeResult(`${JSON.stringify(rows, null, 2)}\n`);
  else if (found.length === 0) writeMessage(`${noRunbooks([folder])}\n`);
  else if (rows.length === 0) writeMessage(`none of the ${found.length} runbooks is one of those\n`);
  else writeResult(renderPages(rows, outputColumns()));
  return exitCode.succeeded;
}

/** A list is one also where the state folder cannot be read. */
function lookUp(
  pages: readonly Parameters<typeof listedPage>[0][],
  stateDir: string | undefined,
): readonly ListedPage[] {
  try {
    const proofs = new KeptProofs(stateDir);
    return pages.map((page) => listedPage(page, proofs));
  } catch (error) {
    const refusal = stateRefusal(error, chosenStateFolder(stateDir));
    if (refusal === undefined) throw error;
    writeMessage(`warning: what was run is not known: ${refusal.message}\n`);
    return pages.map((page) => listedPage(page));
  }
}

function isWanted(page: ListedPage, { tag = [], owner, service, stale }: ListOptions): boolean {
  const isSame = (wanted: string) => (one: string) => one.toLowerCase() === wanted.toLowerCase();
  return (
    (tag.length === 0 || tag.some((wanted) => page.tags?.some(isSame(wanted)))) &&
    (owner === undefined || (page.owner !== undefined && isSame(owner)(page.owner))) &&
    (service === undefined || page.services?.some(isSame(service)) === true) &&
    (!stale || page.stale.length > 0)
  );
}
