// Owns the form in which an editor is told what `check` finds.
import {
  DiagnosticSeverity,
  type Diagnostic as EditorDiagnostic,
  type Range,
} from 'vscode-languageserver-types';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { OpenPage } from '../pages/open-page.ts';
import { rangeOfSpan } from '../pages/open-page.ts';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Information,
} as const;

/** What is about the whole file, or about its configuration, stands at its first line. */
export function toLspDiagnostic(page: OpenPage, diagnostic: Diagnostic): EditorDiagnostic {
  const { code, severity, label, help } = diagnostic;
  const { source } = page.understood;
  const isOwn = source.path === page.path;
  const message = isOwn ? diagnostic.message : `${source.path}: ${diagnostic.message}`;
  const more = [label, help === undefined ? undefined : `help: ${help}`].filter((one) => one !== undefined);
  return {
    range: isOwn ? placeOf(page, diagnostic) : firstLine(page),
    severity: severities[severity],
    code,
    source: 'runsheet',
    message: [message, ...more].join('\n'),
  };
}

/** Where a diagnostic of the page itself stands. */
function placeOf(page: OpenPage, { span }: Diagnostic): Range {
  return span === undefined ? firstLine(page) : rangeOfSpan(page, span);
}

function firstLine({ lines }: OpenPage): Range {
  return { start: { line: 0, character: 0 }, end: { line: 0, character: lines[0]?.text.length ?? 0 } };
}
