// Owns saying which inputs have no value and how to give them one, where nobody can be asked.
import type { InputDeclaration } from '../../runbook/runbook.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { exitCode } from '../exit-code.ts';
import { complain, reportDiagnostics } from '../report-diagnostics.ts';

/** Complains of each, at its place where it has one in the opened runbook; gives the exit code. */
export function reportMissingInputs(unset: readonly InputDeclaration[], source?: SourceFile): number {
  for (const { name, description, secret, file, placeholder, span } of unset) {
    const how = secret ? `set it in the environment: ${name}=…` : `--set ${name}=…`;
    if (placeholder && source && span && file === undefined) {
      const message = `\`${placeholder.text}\` has no value, and there is nobody to ask for it`;
      const code = 'placeholder-without-value';
      reportDiagnostics([{ code, severity: 'error', message, span, help: how }], source);
      continue;
    }
    const whose = file === undefined ? '' : ` of \`${file}\``;
    complain(`input \`${name}\`${whose} has no value${description ? ` (${description})` : ''}`, how);
  }
  return exitCode.usage;
}
