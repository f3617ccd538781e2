// Owns the JSON that `sqlite3 -json` prints, one row a line.
import type { ResultEvent, ResultReader, SqlValue } from './result-event.ts';

/** Understands the output of `sqlite3` in JSON mode. Names that stand twice and large numbers are kept as they are. */
export function readSqliteResults(): ResultReader {
  return new SqliteReader();
}

const cell = /("(?:[^"\\]|\\.)*"):("(?:[^"\\]|\\.)*"|null|[^",}\s]+)(,|\}(?:,|\]))/y;

class SqliteReader implements ResultReader {
  #pending = '';
  #inResult = false;

  push(text: string): ResultEvent[] {
    this.#pending += text;
    const events: ResultEvent[] = [];
    let start = 0;
    for (;;) {
      const end = this.#pending.indexOf('\n', start);
      if (end < 0) break;
      this.#takeLine(this.#pending.slice(start, end + 1), events);
      start = end + 1;
    }
    this.#pending = this.#pending.slice(start);
    return events;
  }

  end(): ResultEvent[] {
    const events: ResultEvent[] = [];
    if (this.#pending !== '') this.#takeLine(this.#pending, events);
    this.#pending = '';
    if (this.#inResult) events.push({ type: 'end' });
    this.#inResult = false;
    return events;
  }

  #takeLine(line: string, events: ResultEvent[]): void {
    const row = line.startsWith(this.#inResult ? '{' : '[{')
      ? readRow(line.trimEnd(), this.#inResult ? 1 : 2)
      : undefined;
    if (!row) {
      if (this.#inResult) events.push({ type: 'end' });
      this.#inResult = false;
      events.push({ type: 'text', text: line });
      return;
    }
    if (!this.#inResult) events.push({ type: 'columns', names: row.names });
    events.push({ type: 'row', values: row.values });
    if (row.isLast) events.push({ type: 'end' });
    this.#inResult = !row.isLast;
  }
}

interface Row {
  readonly names: readonly string[];
  readonly values: readonly SqlValue[];
  readonly isLast: boolean;
}

/** Undefined when the line is something else. */
function readRow(line: string, from: number): Row | undefined {
  const names: string[] = [];
  const values: SqlValue[] = [];
  let at = from;
  for (;;) {
    cell.lastIndex = at;
    const [, name = '', value = '', end = ''] = cell.exec(line) ?? [];
    if (name === '') return undefined;
    at = cell.lastIndex;
    names.push(unquote(name));
    values.push(value === 'null' ? null : value.startsWith('"') ? unquote(value) : value);
    if (end !== ',') return at === line.length ? { names, values, isLast: end === '}]' } : undefined;
  }
}

/** Old versions of the client write control characters into strings as they are, which JSON does not allow. */
function unquote(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
