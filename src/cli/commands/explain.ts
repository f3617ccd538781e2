// Owns `runsheet explain`: what a diagnostic's code means.
import { diagnosticCodes } from '../../runbook/diagnostic-codes.ts';
import { diagnosticCodeOf } from '../../runbook/doubts/make-doubt.ts';
import { closestName } from '../../text/closest-name.ts';
import { layOutColumns } from '../../view/layout/lay-out-columns.ts';
import { exitCode } from '../exit-code.ts';
import { complain } from '../report-diagnostics.ts';
import { writeResult } from '../write-result.ts';

/** Explains a diagnostic's code, or lists them all; gives the exit code. */
export async function explain(code: string | undefined): Promise<number> {
  if (code === undefined) {
    writeResult(layOutColumns(diagnosticCodes.map((entry) => [entry.code, entry.summary])));
    return exitCode.succeeded;
  }
  const found = diagnosticCodes.find((entry) => entry.code === code || entry.code === diagnosticCodeOf(code));
  if (!found) {
    const closest = closestName(
      code,
      diagnosticCodes.map((entry) => entry.code),
    );
    complain(
      `there is no diagnostic \`${code}\`${closest ? `; did you mean \`${closest}\`?` : ''}`,
      '`runsheet explain` lists all of them',
    );
    return exitCode.usage;
  }
  writeResult(`${found.code}: ${found.summary}\n\n${found.explanation.trim()}\n`);
  return exitCode.succeeded;
}
