// Owns `runsheet list`: the runbooks below a folder; understands just enough of each to tell what it is.
import { join, relative } from 'node:path';
import { errorMessage } from '../../basics/coded-error.ts';
import { findMarkdown } from '../../engine/disk/find-markdown.ts';
import type { SkimmedRunbook } from '../../runbook/skim-runbook.ts';
import { visibleText } from '../../text/visible-text.ts';
import { layOutColumns } from '../../view/layout/lay-out-columns.ts';
import { exitCode } from '../exit-code.ts';
import { loadConfiguration } from '../load/load-configuration.ts';
import { loadForList } from '../load/load-runbook.ts';
import { sharePages } from '../load/share-pages.ts';
import { complain, reportDiagnostics } from '../report-diagnostics.ts';
import { writeMessage, writeResult } from '../write-result.ts';

/** What `runsheet list` was given beside the folder. */
export interface ListOptions {
  readonly json?: boolean;
}

interface Row extends SkimmedRunbook {
  readonly path: string;
}

/** Lists the runbooks of a folder; gives the exit code. */
export async function list(folder: string, options: ListOptions): Promise<number> {
  let paths: readonly string[];
  try {
    paths = findMarkdown(folder, (path) =>
      writeMessage(`warning: cannot read \`${visibleText(relative(folder, path))}\`\n`),
    );
  } catch (error) {
    complain(`cannot list \`${folder}\`: ${errorMessage(error)}`);
    return exitCode.usage;
  }
  const { problem } = loadConfiguration(join(folder, 'runbook.md'));
  if (problem) {
    reportDiagnostics(problem.diagnostics, problem.source);
    return exitCode.usage;
  }
  const pages = await sharePages(paths, undefined, loadForList, 'skim-worker.js');
  const rows = paths.flatMap((path, index): Row[] => {
    const page = pages[index];
    return page === undefined ? [] : [{ path, ...page }];
  });
  if (options.json) writeResult(`${JSON.stringify(rows, null, 2)}\n`);
  else if (rows.length === 0)
    writeMessage(
      `no runbooks below \`${visibleText(folder)}\`: no Markdown file there holds a block that can be run\n`,
    );
  else writeResult(renderRows(rows));
  return exitCode.succeeded;
}

function renderRows(rows: readonly Row[]): string {
  const cells = rows.map((row) => {
    const facts = [counted(row.steps, 'step'), row.severity, row.owner].filter((fact) => fact !== undefined);
    return [visibleText(row.path), visibleText(`${row.title}  (${facts.join(', ')})`)];
  });
  return layOutColumns(cells);
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
