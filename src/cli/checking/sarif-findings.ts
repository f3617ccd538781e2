// Owns findings as a log of SARIF 2.1.0, which code scanning services read.
import { pathToFileURL } from 'node:url';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import { diagnosticCodes } from '../../runbook/diagnostic-codes.ts';
import type { DiagnosticSeverity } from '../../text/diagnostic.ts';
import { toolVersion } from '../tool-version.ts';
import type { Finding } from './checked-page.ts';

const levels: Readonly<Record<DiagnosticSeverity, Result.level>> = {
  error: 'error',
  warning: 'warning',
  hint: 'note',
};

/** One run of the tool, with the rules that have found something. */
export function sarifFindings(findings: readonly Finding[]): Log {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  return {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: { driver: { name: 'runsheet', semanticVersion: toolVersion, rules: codes.map(ruleOf) } },
        columnKind: 'unicodeCodePoints',
        results: findings.map((finding) => resultOf(finding, codes.indexOf(finding.code))),
      },
    ],
  };
}

function ruleOf(code: string): ReportingDescriptor {
  const known = diagnosticCodes.find((one) => one.code === code);
  if (known === undefined) return { id: code };
  return {
    id: code,
    shortDescription: { text: known.summary },
    fullDescription: { text: known.summary },
    help: { text: known.explanation, markdown: known.explanation },
  };
}

function resultOf(finding: Finding, ruleIndex: number): Result {
  const { path, code, severity, message, label, help, from, to, fingerprint } = finding;
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: [message, label, help].filter((part) => part !== undefined).join('. ') },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(path) },
          ...(from &&
            to && {
              region: {
                startLine: from.line,
                startColumn: from.column,
                endLine: to.line,
                endColumn: to.column,
              },
            }),
        },
      },
    ],
    partialFingerprints: { 'runsheet/v1': fingerprint },
  };
}

/** Relative to the folder that was checked; what lies elsewhere, by its whole path. */
function uriOf(path: string): string {
  if (path.startsWith('/')) return pathToFileURL(path).href;
  return path.split('/').map(encodeURIComponent).join('/');
}
