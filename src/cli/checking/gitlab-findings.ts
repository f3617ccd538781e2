// Owns findings as a report of GitLab's code quality, which tells new ones from those that were there before.
import type { DiagnosticSeverity } from '../../text/diagnostic.ts';
import type { Finding } from './checked-page.ts';

const severities: Readonly<Record<DiagnosticSeverity, string>> = {
  error: 'critical',
  warning: 'minor',
  hint: 'info',
};

/** The entries of the report. */
export function gitlabFindings(findings: readonly Finding[]): readonly object[] {
  return findings.map(({ path, code, severity, message, label, help, fingerprint, from, to }) => ({
    description: [message, label, help].filter((part) => part !== undefined).join(' — '),
    check_name: code,
    fingerprint,
    severity: severities[severity],
    location: { path, lines: { begin: from?.line ?? 1, ...(to && { end: to.line }) } },
  }));
}
