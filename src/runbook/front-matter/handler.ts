// Owns the shape of a handler: a command that follows a step in which something was changed.

/** As the front matter declares it. */
export interface Handler {
  /** Shell code. */
  readonly run: string;
  /** The line of the page before the first one of its code, as of a block that of its fence. */
  readonly line: number;
  /** Says whether it has run since the change; asked where its end was not seen, and after it. */
  readonly check?: string;
  readonly user?: string;
  readonly timeoutMs?: number;
  /** As its command says where absent. */
  readonly risk?: 'read' | 'change' | 'destructive';
}
