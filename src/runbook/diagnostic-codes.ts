// Owns the explanations of diagnostic codes; knows no particular file.

export interface DiagnosticCode {
  readonly code: string;
  readonly summary: string;
  readonly explanation: string;
}

/** Every code with its explanation. */
export const diagnosticCodes: readonly DiagnosticCode[] = [];
