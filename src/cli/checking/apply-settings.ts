// Owns which findings count, and as what: by the comments of a page, then by the configuration.
import { diagnosticCodes } from '../../runbook/diagnostic-codes.ts';
import type { CheckSettings } from '../../runbook/front-matter/configuration.ts';
import { applySuppressions, maySilence } from '../../runbook/lint/apply-suppressions.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { closestName } from '../../text/closest-name.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { decodeSource } from '../../text/source-file.ts';

const known: ReadonlySet<string> = new Set(diagnosticCodes.map(({ code }) => code));

/** What is left of findings; errors and doubts always are. */
export function applySettings(
  runbook: Runbook,
  diagnostics: readonly Diagnostic[],
  settings: CheckSettings | undefined,
): readonly Diagnostic[] {
  const left = applySuppressions(runbook, diagnostics, known);
  if (settings === undefined) return left;
  return left.flatMap((diagnostic) => {
    const level = settings.rules[diagnostic.code];
    if (level === undefined || diagnostic.severity === 'error') return [diagnostic];
    if (level !== 'error' && !maySilence(diagnostic)) return [diagnostic];
    return level === 'off' ? [] : [{ ...diagnostic, severity: level }];
  });
}

/** What is wrong with the settings, each with the configuration file that it stands in. */
export function wrongSettings(
  settings: CheckSettings | undefined,
): readonly { readonly source: SourceFile; readonly diagnostic: Diagnostic }[] {
  return Object.entries(settings?.files ?? {}).flatMap(([code, file]) => {
    if (known.has(code)) return [];
    const meant = closestName(code, known);
    const diagnostic: Diagnostic = {
      code: 'unknown-rule',
      severity: 'warning',
      message: `\`check.rules\` names \`${code}\`, which is not a code of a finding`,
      ...(meant === undefined ? {} : { help: `did you mean \`${meant}\`?` }),
    };
    return [{ source: decodeSource(file, new Uint8Array()).source, diagnostic }];
  });
}
