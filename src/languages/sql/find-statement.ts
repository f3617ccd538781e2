// Owns the guess what the statements of a script in SQL do, and where.

/** A part of a script, in UTF-16 offsets. */
export interface StatementPlace {
  readonly start: number;
  readonly end: number;
}

/** What statements do: those that destroy something change it too. */
export type StatementEffect = 'changes' | 'destroys';

/** Comments, texts and quoted names, which hold no statements; what a client sends to a shell is none either. */
const hidden =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)|\$(\w*)\$[\s\S]*?(?:\$\1\$|$)/g;

/** What statements that are known to change something begin with. */
const changing =
  /^(?:insert|update|delete|merge|replace|upsert|drop|truncate|alter|create|grant|revoke|reindex|cluster|refresh|comment|rename|load|kill|flush|purge|reset|optimize|repair|call|do|lock|vacuum|analyze\s+table|import|copy\s+[\s\S]*\bfrom\b|start\s+(?:slave|replica)|stop\s+(?:slave|replica)|change\s+(?:master|replication)|set\s+(?:global|persist|@@global|password)|reassign|security|system|pause|resume|reconnect|reload|shutdown|suspend|detach|attach\s+(?:table|partition)|\\copy\s+[\s\S]*\bfrom\b|\\(?:i|ir|password)\b)\b/i;
/** What a look may hold that changes something all the same. */
const changingInside =
  /\b(?:pg_(?:terminate_backend|cancel_backend|reload_conf|promote|rotate_logfile|switch_wal|switch_xlog|drop_replication_slot|create_\w+_replication_slot|replication_slot_advance|wal_replay_(?:pause|resume)|start_backup|stop_backup|backup_start|backup_stop|create_restore_point|stat_reset\w*|advisory_lock)|setval|nextval|lo_(?:unlink|import|export)|set_config|dblink_exec|mysql\.rds_\w+)\s*\(|\binto\s+(?:outfile|dumpfile)\b/i;
/** Data in a `with`, or what `explain analyze` runs. */
const changingWithin = /\b(?:insert\s+into|update\s+\S+\s+set|delete\s+from|merge\s+into)\b/i;
const destroying =
  /^(?:drop\s+(?!index\b|view\b|trigger\b|function\b|policy\b|prepared\b)|truncate\b|delete\s+from\s+(?:only\s+)?\S+(?:\s+(?:as\s+)?(?!where\b|using\b)\w+)?\s*$|update\s+\S+\s+set\b(?![\s\S]*\bwhere\b)|purge\s+binary|reset\s+(?:master|binary|replica\s+all|slave\s+all)|flush\s+(?:all|db)|alter\s+table\s+[\s\S]*\bdrop\s+(?:column|partition)\b)/i;

/** Where the first statement begins that is known to have the effect: its first word. */
export function findStatement(sql: string, effect: StatementEffect): StatementPlace | undefined {
  const visible = sql.replace(hidden, (text) => (/^["`]/.test(text) ? 'q' : ' ').padEnd(text.length, ' '));
  for (let from = 0; from < visible.length; ) {
    const semicolon = visible.indexOf(';', from);
    const end = semicolon === -1 ? visible.length : semicolon;
    const found = placeIn(visible.slice(from, end), effect);
    if (found !== undefined) return { start: from + found.start, end: from + found.end };
    from = end + 1;
  }
  return undefined;
}

function placeIn(statement: string, effect: StatementEffect): StatementPlace | undefined {
  const start = statement.length - statement.trimStart().length;
  const text = statement.trim().replace(/\\(?:g|gx|G)$/, '');
  if (destroying.test(text)) return firstWord(text, start);
  if (effect === 'destroys') return undefined;
  if (/^(?:explain|describe|desc)\b(?![\s\S]*\banaly[sz]e\b)/i.test(text)) return undefined;
  if (changing.test(text) && !/^update\s+(?!\S+\s+set\b)/i.test(text)) return firstWord(text, start);
  const isData = /^(?:with|explain)\b/i.test(text);
  const inside = changingInside.exec(text) ?? (isData ? changingWithin.exec(text) : null);
  if (inside === null) return undefined;
  return {
    start: start + inside.index,
    end: start + inside.index + (inside[0].split(/[\s(]/)[0] ?? '').length,
  };
}

function firstWord(text: string, start: number): StatementPlace {
  return { start, end: start + (text.split(/\s/)[0] ?? '').length };
}
