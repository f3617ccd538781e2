// Owns `runsheet explain`: what a diagnostic's code means; knows no particular file.

import { diagnosticCodes } from '../../runbook/diagnostic-codes.ts';
import { closestName } from '../../text/closest-name.ts';
import { exitCode } from '../exit-code.ts';
import { writeOut } from '../output.ts';
import { complain } from '../report-diagnostics.ts';

export async function explain(code: string | undefined): Promise<number> {
  if (code === undefined) {
    const width = Math.max(...diagnosticCodes.map((entry) => entry.code.length));
    writeOut(
      `${diagnosticCodes.map((entry) => `${entry.code.padEnd(width)}  ${entry.summary}`).join('\n')}\n`,
    );
    return exitCode.succeeded;
  }
  const found = diagnosticCodes.find((entry) => entry.code === code);
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
  writeOut(`${found.code}: ${found.summary}\n\n${found.explanation.trim()}\n`);
  return exitCode.succeeded;
}
