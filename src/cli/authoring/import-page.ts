// Owns `runsheet import`: proposes what a page lacks that was written for no tool, as a difference.
import { replaceFile } from '../../engine/disk/replace-file.ts';
import { renderChange } from '../../run/files/render-change.ts';
import { createRedactor } from '../../run/masking/redactor.ts';
import { type Proposal, proposeAdditions } from '../../runbook/importing/propose-additions.ts';
import { visibleText } from '../../text/visible-text.ts';
import { counted } from '../../view/words/quoted.ts';
import { exitCode } from '../exit-code.ts';
import { loadRunbook } from '../load/load-runbook.ts';
import { complain, reportDiagnostics } from '../report-diagnostics.ts';
import { writeMessage, writeResult } from '../write-result.ts';

/** Proposes additions to a page, or writes them; gives the exit code. */
export async function importPage(path: string, { write }: { readonly write?: boolean }): Promise<number> {
  const { runbook, file, source, diagnostics } = loadRunbook(path);
  if (runbook === undefined || file === undefined) {
    reportDiagnostics(diagnostics, source);
    return exitCode.usage;
  }
  const proposal = proposeAdditions(runbook);
  const shown = visibleText(path);
  if (proposal.additions.length === 0) {
    writeMessage(`${shown}: nothing to add; ${doubtWords(proposal)}\n`);
    return exitCode.succeeded;
  }
  const now = new TextDecoder().decode(proposal.bytes);
  const { lines = '' } = renderChange(source.text, now, createRedactor());
  if (!write) {
    const head = `--- ${path}\n+++ ${path}\n${lines}`;
    writeResult(`${head.split('\n').map(visibleText).join('\n')}\n`);
    writeMessage(`${shown}: ${what(proposal)}; --write writes it\n`);
    return exitCode.succeeded;
  }
  const replaced = await replaceFile(path, proposal.bytes, file.identity);
  if (!replaced.ok) {
    complain(replaced.error.message, replaced.error.help);
    return exitCode.usage;
  }
  writeMessage(`${shown}: ${what(proposal)}; written\n`);
  return exitCode.succeeded;
}

function what(proposal: Proposal): string {
  return `${counted(proposal.additions.length, 'addition')}, nothing taken away; ${doubtWords(proposal)}`;
}

function doubtWords({ doubts: { before, after } }: Proposal): string {
  return before === after ? counted(before, 'doubt') : `${counted(before, 'doubt')} before, ${after} after`;
}
