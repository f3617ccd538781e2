// Owns how diagnostics reach the user's terminal.
import type { Diagnostic, DiagnosticSeverity } from '../text/diagnostic.ts';
import { type DiagnosticPalette, plainPalette, renderDiagnostic } from '../text/render-diagnostic.ts';
import type { SourceFile } from '../text/source-file.ts';
import { visibleText } from '../text/visible-text.ts';
import { mayColour, writeMessage } from './write-result.ts';

const severityColours: Readonly<Record<DiagnosticSeverity, string>> = {
  error: '31',
  warning: '33',
  hint: '36',
};

const sgr = (code: string) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;

const colours: DiagnosticPalette = {
  severity: {
    error: sgr(`1;${severityColours.error}`),
    warning: sgr(`1;${severityColours.warning}`),
    hint: sgr(`1;${severityColours.hint}`),
  },
  message: sgr('1'),
  gutter: sgr('2'),
};

/** Prints diagnostics on stderr in the order given, each with its place and caret. */
export function reportDiagnostics(diagnostics: readonly Diagnostic[], source: SourceFile): void {
  // Asking about `process.stderr` makes it, which takes a while.
  if (diagnostics.length === 0) return;
  const palette = mayColour(process.stderr, process.env) ? colours : plainPalette;
  for (const diagnostic of diagnostics) writeMessage(`${renderDiagnostic(diagnostic, source, palette)}\n`);
}

/** A diagnostic as it is printed for people, without the newline at its end. */
export function renderForPeople(diagnostic: Diagnostic, source: SourceFile, isColoured: boolean): string {
  return renderDiagnostic(diagnostic, source, isColoured ? colours : plainPalette);
}

/** A complaint about the command line or the surroundings, where there is no place to point at. */
export function complain(message: string, help?: string): void {
  writeMessage(`error: ${linesOf(message)}\n${help === undefined ? '' : `  = help: ${linesOf(help)}\n`}`);
}

/** A complaint about a file that a command could not write; what would help a run that writes results helps no other. */
export function complainOfWriting({ code, message, help }: Diagnostic): void {
  complain(message, code === 'file-read-only' ? undefined : help);
}

/** What is quoted of names and of other programs' words may hold anything; their lines stay lines. */
function linesOf(text: string): string {
  return text.split('\n').map(visibleText).join('\n');
}
