// Owns the answer that a shell cannot be started.

/** The shell could not be started, or is not the shell that its name says. The message is for people. */
export class ShellStartError extends Error {
  override readonly name = 'ShellStartError';
}
