// Owns `runsheet index`: a page with a table of the runbooks below a folder, kept up to date.
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { errorMessage } from '../../basics/coded-error.ts';
import { findMarkdown } from '../../engine/disk/find-markdown.ts';
import { readRunbookFile } from '../../engine/disk/read-runbook-file.ts';
import { replaceFile } from '../../engine/disk/replace-file.ts';
import { typedWord } from '../../languages/shell/shell-quote.ts';
import { type IndexedPage, withIndex } from '../../runbook/regions/with-index.ts';
import { decodeSource } from '../../text/source-file.ts';
import { visibleText } from '../../text/visible-text.ts';
import { exitCode } from '../exit-code.ts';
import { loadConfiguration } from '../load/load-configuration.ts';
import { complain, complainOfWriting, reportDiagnostics } from '../report-diagnostics.ts';
import { writeMessage } from '../write-result.ts';
import { noRunbooks } from './no-runbooks.ts';
import { skimPages } from './skim-pages.ts';

/** What `runsheet index` was given beside the folder. */
export interface IndexOptions {
  /** The page; `README.md` of the folder without one. */
  readonly output?: string;
  /** Writes nothing, and fails where the page is not up to date. */
  readonly check?: boolean;
}

/** Writes or checks the index of a folder; gives the exit code. */
export async function writeIndex(folder: string, { output, check }: IndexOptions): Promise<number> {
  const page = output ?? join(folder, 'README.md');
  const { problem } = loadConfiguration(join(folder, 'runbook.md'));
  if (problem) {
    reportDiagnostics(problem.diagnostics, problem.source);
    return exitCode.usage;
  }
  const pages = await findPagesOf(folder, page);
  if (pages === undefined) return exitCode.usage;
  const file = readRunbookFile(page);
  if (!file.ok && file.error.code !== 'file-missing') {
    complain(file.error.message, file.error.help);
    return exitCode.usage;
  }
  if (!file.ok && pages.length === 0) {
    complain(noRunbooks([folder]));
    return exitCode.usage;
  }
  const before = file.ok ? file.value.bytes : new Uint8Array();
  const { source, diagnostics } = decodeSource(page, before);
  if (diagnostics.length > 0) {
    reportDiagnostics(diagnostics, source);
    return exitCode.usage;
  }
  const renewed = withIndex(source, pages);
  const shown = visibleText(page);
  if (!renewed.ok) {
    complain(`\`${shown}\`: ${renewed.why}`);
    return exitCode.usage;
  }
  const count = `${pages.length} runbook${pages.length === 1 ? '' : 's'}`;
  if (file.ok && Buffer.compare(before, renewed.bytes) === 0) {
    writeMessage(`${shown}: nothing to change, ${count}\n`);
    return exitCode.succeeded;
  }
  if (check) {
    complain(
      `\`${shown}\` is not the index of the ${count} that there are`,
      `\`runsheet index ${visibleText(typedWord(folder))}\` renews it`,
    );
    return exitCode.failed;
  }
  if (!file.ok && !existsSync(dirname(page))) {
    complain(`cannot write \`${page}\`: there is no folder \`${dirname(page)}\``, 'make the folder first');
    return exitCode.usage;
  }
  const replaced = await replaceFile(page, renewed.bytes, file.ok ? file.value.identity : 'absent');
  if (!replaced.ok) {
    complainOfWriting(replaced.error);
    return exitCode.usage;
  }
  writeMessage(`${shown}: written, ${count}\n`);
  return exitCode.succeeded;
}

/** The pages in the order of their paths, the index itself left out; undefined after saying why there are none. */
async function findPagesOf(folder: string, page: string): Promise<readonly IndexedPage[] | undefined> {
  let paths: readonly string[];
  const unread: string[] = [];
  try {
    paths = findMarkdown(folder, (path) => unread.push(path));
  } catch (error) {
    complain(`cannot read the folder \`${visibleText(folder)}\`: ${errorMessage(error, folder)}`);
    return undefined;
  }
  const [first] = unread;
  if (first !== undefined) {
    // An index that leaves out what could not be read would say that it is not there.
    complain(`cannot read the folder \`${visibleText(first)}\``);
    return undefined;
  }
  const others = paths.filter((path) => resolve(path) !== resolve(page));
  const found = await skimPages(others);
  return others.flatMap((path, index): IndexedPage[] => {
    const listed = found[index];
    if (listed === undefined) return [];
    return [
      {
        ...listed,
        path: relative(dirname(resolve(page)), resolve(path))
          .split(sep)
          .join('/'),
      },
    ];
  });
}
