// Owns findings as workflow commands of GitHub, which shows them beside the lines of a change.
import type { DiagnosticSeverity } from '../../text/diagnostic.ts';
import type { Finding } from './checked-page.ts';

const commands: Readonly<Record<DiagnosticSeverity, string>> = {
  error: 'error',
  warning: 'warning',
  hint: 'notice',
};

/** One command a line: `::error file=a.md,line=3,endLine=3,col=5,endColumn=9,title=code::message`. */
export function githubFindings(findings: readonly Finding[]): string {
  return findings
    .map((finding) => {
      const properties = Object.entries(propertiesOf(finding)).map(
        ([name, value]) => `${name}=${escapeProperty(String(value))}`,
      );
      return `::${commands[finding.severity]} ${properties.join(',')}::${escapeData(messageOf(finding))}\n`;
    })
    .join('');
}

function propertiesOf({ path, from, to, code }: Finding): Readonly<Record<string, string | number>> {
  // GitHub knows columns within one line only.
  const columns = from && to && from.line === to.line ? { col: from.column, endColumn: to.column } : {};
  return {
    file: path,
    ...(from && to && { line: from.line, endLine: to.line }),
    ...columns,
    title: `runsheet: ${code}`,
  };
}

function messageOf({ message, label, help }: Finding): string {
  return [message, label, help].filter((part) => part !== undefined).join('\n');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
