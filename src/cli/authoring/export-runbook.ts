// Owns `runsheet export`: a page as a script that runs where there is no runsheet.
import { existsSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { errorMessage } from '../../basics/coded-error.ts';
import { exportScript } from '../../run/exporting/export-script.ts';
import { hasErrors } from '../../text/diagnostic.ts';
import { visibleLines, visibleText } from '../../text/visible-text.ts';
import { counted } from '../../view/words/quoted.ts';
import { exitCode } from '../exit-code.ts';
import { digestOfRunbook } from '../load/digest-of-runbook.ts';
import { loadPlan } from '../load/load-plan.ts';
import { loadRunbook } from '../load/load-runbook.ts';
import { complain, reportDiagnostics } from '../report-diagnostics.ts';
import { writeMessage, writeResult } from '../write-result.ts';

/** What `runsheet export` was given next to the page. */
export interface ExportOptions {
  /** Leaves what no script can do to a person. */
  readonly partial?: boolean;
  /** Standard output without one. */
  readonly output?: string;
}

/** Writes the script of a page; gives the exit code. */
export async function exportRunbook(path: string, { partial, output }: ExportOptions): Promise<number> {
  const { runbook, source, diagnostics } = loadRunbook(path);
  const plan = runbook && loadPlan(runbook);
  const found = [...diagnostics, ...(plan?.diagnostics ?? [])];
  if (runbook === undefined || plan === undefined || hasErrors(found)) {
    reportDiagnostics(
      found.filter(({ severity }) => severity === 'error'),
      source,
    );
    return exitCode.usage;
  }
  const facts = { page: basename(path), digest: digestOfRunbook(runbook) };
  const { text, left } = exportScript(plan.plan, facts);
  const what = partial ? 'left to a person' : 'error';
  for (const { name, line, what: why, help } of left) {
    const place = line === undefined ? `${path}: input` : `${path}:${line}:`;
    writeMessage(`${what}: ${visibleText(`${place} \`${name}\`: ${why}`)}\n`);
    if (!partial) writeMessage(`  = help: ${visibleText(help)}\n`);
  }
  if (left.length > 0 && !partial) {
    writeMessage(`${counted(left.length, 'thing')} of the page cannot be in a script; nothing was written\n`);
    return exitCode.usage;
  }
  if (output === undefined) {
    // Code is exactly the page's for a program that reads it, and harmless for a person who does.
    writeResult(process.stdout.isTTY ? visibleLines(text) : text);
    return exitCode.succeeded;
  }
  if (existsSync(output)) {
    complain(`\`${output}\` is there already; nothing was written`);
    return exitCode.usage;
  }
  try {
    writeFileSync(output, text, { flag: 'wx', mode: 0o755 });
  } catch (error) {
    complain(`cannot write \`${output}\`: ${errorMessage(error, output)}`);
    return exitCode.usage;
  }
  writeMessage(`${visibleText(output)} written\n`);
  return exitCode.succeeded;
}
