// Owns the shape of a handler: a command that follows a step in which something was changed.

/** As the front matter declares it. */
export interface Handler {
  /** Shell code. */
  readonly run: string;
  readonly user?: string;
  readonly timeoutMs?: number;
  /** As its command says where absent. */
  readonly risk?: 'read' | 'change' | 'destructive';
}
