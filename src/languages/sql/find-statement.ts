// Owns the guess what the statements of a script in SQL do, and where.

/** A part of a script, in UTF-16 offsets. */
export interface StatementPlace {
  readonly start: number;
  readonly end: number;
}

/** What statements do: those that destroy something change it too. */
export type StatementEffect = 'changes' | 'destroys';

const patterns: Readonly<Record<StatementEffect, RegExp>> = {
  changes:
    /\b(?:insert\s+into|update\s+\S+\s+set|delete\s+from|drop\s+(?:table|database|schema|index|role|user|view)|truncate(?:\s+table)?\s+\w|alter\s+(?:table|database|system|role|user)|create\s+(?:table|database|index|role|user|view|schema)|grant\s|revoke\s|pg_terminate_backend|pg_cancel_backend|reindex\s|vacuum\s+full)/i,
  destroys:
    /\b(?:drop\s+(?:table|database|schema)|truncate(?:\s+table)?\s+\w|delete\s+from\s+\S+\s*(?:;|$))/i,
};

/** Where the first statement begins that is known to have the effect: its first word. */
export function findStatement(sql: string, effect: StatementEffect): StatementPlace | undefined {
  const found = patterns[effect].exec(sql);
  if (found === null) return undefined;
  return { start: found.index, end: found.index + (found[0].split(/\s/)[0] ?? '').length };
}
