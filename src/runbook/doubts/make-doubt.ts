// Owns making a doubt of its kind and its place, and a diagnostic of a doubt.
import type { Diagnostic, DiagnosticSeverity } from '../../text/diagnostic.ts';
import type { Span } from '../../text/span.ts';
import type { Doubt } from './doubt.ts';
import { type DoubtCode, doubtKinds } from './doubt-kinds.ts';

/** A doubt of that kind at a place; `words` say what is known of it there instead of what is said of all its kind. */
export function makeDoubt(
  code: DoubtCode,
  span: Span,
  words: Partial<Pick<Doubt, 'text' | 'help' | 'ofHeading'>> = {},
): Doubt {
  const kind = doubtKinds.find((one) => one.code === code);
  return { code, text: kind?.text ?? '', help: kind?.help ?? '', ...words, span };
}

/** The code of the diagnostic that tells a doubt; `explain` knows it. */
export function diagnosticCodeOf(code: string): string {
  return `doubt/${code}`;
}

/** A doubt as something to tell at its place. */
export function doubtDiagnostic({ code, text, help, span }: Doubt, severity: DiagnosticSeverity): Diagnostic {
  return { code: diagnosticCodeOf(code), severity, message: text, span, help };
}
