// Owns `runsheet clear`: takes every result and tick out of runbooks, leaving the author's bytes.
import { readRunbookFile } from '../../engine/disk/read-runbook-file.ts';
import { replaceFile } from '../../engine/disk/replace-file.ts';
import { clearResults } from '../../runbook/regions/plan-write-back.ts';
import { visibleText } from '../../text/visible-text.ts';
import { exitCode } from '../exit-code.ts';
import { loadRunbook } from '../load/load-runbook.ts';
import { complain, reportDiagnostics } from '../report-diagnostics.ts';
import { writeMessage } from '../write-result.ts';

/** Takes all results and ticks out of runbooks; gives the exit code. */
export async function clear(paths: readonly string[]): Promise<number> {
  let code: number = exitCode.succeeded;
  for (const path of paths) {
    const read = readRunbookFile(path);
    const { runbook, source, diagnostics } = loadRunbook(path);
    if (!runbook || !read.ok) {
      reportDiagnostics(diagnostics, source);
      code = exitCode.usage;
      continue;
    }
    const cleared = clearResults(runbook);
    if (Buffer.compare(cleared, runbook.source.bytes) === 0) {
      writeMessage(`${visibleText(path)}: no results in it\n`);
      continue;
    }
    const replaced = await replaceFile(path, cleared, read.value.identity);
    if (replaced.ok) {
      writeMessage(
        `${visibleText(path)}: ${runbook.regions.length} result${runbook.regions.length === 1 ? '' : 's'} removed\n`,
      );
      continue;
    }
    complain(`${path}: ${replaced.error.message}`, replaced.error.help);
    code = exitCode.usage;
  }
  return code;
}
