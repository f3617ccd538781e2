// Owns what can be known of a value that was thrown.

/** An error with a code, as Node gives it where the system refuses something: `ENOENT`, `EACCES`. */
export interface CodedError extends Error {
  readonly code: string;
  /** The file that it is about, where it is about one. */
  readonly path?: string;
}

/** Whether a thrown value is an error with a code. */
export function isCodedError(error: unknown): error is CodedError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

/** What a thrown value says of itself. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
