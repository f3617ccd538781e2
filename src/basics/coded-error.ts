// Owns what can be known of a value that was thrown.
import { systemWords } from './system-words.ts';

/** An error with a code, as Node gives it where the system refuses something: `ENOENT`, `EACCES`. */
export interface CodedError extends Error {
  readonly code: string;
  /** The file that it is about, where it is about one. */
  readonly path?: string;
  /** The call that was refused. */
  readonly syscall?: string;
}

/** Whether a thrown value is an error with a code. */
export function isCodedError(error: unknown): error is CodedError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

/**
 * What a thrown value says of itself. What the system refused is told in words, with the file that it is about unless that
 * is `about`, which the caller has named.
 */
export function errorMessage(error: unknown, about?: string): string {
  if (!(error instanceof Error)) return String(error);
  if (!isCodedError(error) || !isOfFiles(error)) return error.message;
  const { path = about } = error;
  return `${systemWords(error)}${path === about ? '' : ` (\`${path}\`)`}`;
}

/** Whether it is worded as calls for files are: "ENOENT: no such file or directory, open 'x'". */
function isOfFiles({ code, message }: CodedError): boolean {
  return message.startsWith(`${code}: `);
}
