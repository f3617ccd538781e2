// Owns the unaligned output of `psql`, told apart by marks that no value holds.
import type { ResultEvent, ResultReader } from './result-event.ts';

/** Texts that stand for what unaligned output cannot say otherwise; made anew for each block, never guessed. */
export interface PsqlMarks {
  /** The title of every result. */
  readonly title: string;
  readonly field: string;
  readonly record: string;
  readonly null: string;
}

/** Marks from a random word of letters and digits. */
export function psqlMarks(random: string): PsqlMarks {
  return { title: `[${random}]`, field: `<${random}>`, record: `{${random}}`, null: `(${random})` };
}

/**
 * A result is printed as title, header and rows, each followed by the record mark, then its footer, `(2 rows)`,
 * and a newline. Command tags, what `\echo` says and the tables of `\d` stand outside.
 */
export function readPsqlResults(marks: PsqlMarks): ResultReader {
  return new PsqlReader(marks);
}

class PsqlReader implements ResultReader {
  readonly #marks: PsqlMarks;
  #state: 'text' | 'header' | 'rows' = 'text';
  #pending = '';
  /** No record mark begins before this offset of what is pending. */
  #searched = 0;
  #columns = 0;
  /** The last record of a result of one column: it could turn out to be a footer and what came behind it. */
  #held: string | undefined;

  constructor(marks: PsqlMarks) {
    this.#marks = marks;
  }

  push(text: string): ResultEvent[] {
    const events: ResultEvent[] = [];
    this.#pending += text;
    const { record } = this.#marks;
    let start = 0;
    for (;;) {
      const end = this.#pending.indexOf(record, Math.max(start, this.#searched));
      if (end < 0) break;
      this.#take(this.#pending.slice(start, end), events);
      start = end + record.length;
    }
    if (this.#state === 'text') {
      // Whole lines can be shown as they come; a title always begins one.
      const lines = this.#pending.lastIndexOf('\n') + 1;
      if (lines > start) {
        this.#say(this.#pending.slice(start, lines), events);
        start = lines;
      }
    }
    this.#pending = this.#pending.slice(start);
    this.#searched = Math.max(0, this.#pending.length - record.length);
    return events;
  }

  end(): ResultEvent[] {
    const events: ResultEvent[] = [];
    const rest = this.#pending;
    this.#pending = '';
    if (this.#state === 'rows') {
      this.#giveHeld(events);
      this.#close(rest, events);
    } else this.#say(rest, events);
    this.#state = 'text';
    return events;
  }

  #take(record: string, events: ResultEvent[]): void {
    const { title, field, null: nullMark } = this.#marks;
    if (record.endsWith(title)) {
      const before = record.slice(0, -title.length);
      if (this.#state === 'rows') {
        this.#giveHeld(events);
        this.#close(before, events);
      } else this.#say(before, events);
      this.#state = 'header';
      return;
    }
    if (this.#state === 'text') {
      this.#say(`${record}\n`, events);
      return;
    }
    const cells = record.split(field);
    if (this.#state === 'header') {
      this.#columns = cells.length;
      this.#state = 'rows';
      events.push({ type: 'columns', names: cells });
    } else if (cells.length !== this.#columns) {
      // The table of a backslash command, which has no title of ours, follows the footer.
      const last = this.#held;
      this.#held = undefined;
      this.#state = 'text';
      if (last === undefined) this.#close(`${record}\n`, events);
      else {
        this.#close(`${last}\n`, events);
        this.#say(`${record}\n`, events);
      }
    } else if (this.#columns === 1) {
      this.#giveHeld(events);
      this.#held = record;
    } else events.push({ type: 'row', values: cells.map((cell) => (cell === nullMark ? null : cell)) });
  }

  #giveHeld(events: ResultEvent[]): void {
    if (this.#held === undefined) return;
    events.push({ type: 'row', values: [this.#held === this.#marks.null ? null : this.#held] });
    this.#held = undefined;
  }

  /** Ends a result: its footer is a line, and what follows the line is no longer part of it. */
  #close(footerAndRest: string, events: ResultEvent[]): void {
    events.push({ type: 'end' });
    this.#state = 'text';
    const line = footerAndRest.indexOf('\n');
    // A client that was killed stops anywhere; what it printed then is shown rather than lost.
    this.#say(line < 0 ? footerAndRest : footerAndRest.slice(line + 1), events);
  }

  #say(text: string, events: ResultEvent[]): void {
    if (text === '') return;
    const { title, field, record, null: nullMark } = this.#marks;
    const plain = text
      .replaceAll(record, '\n')
      .replaceAll(field, ' | ')
      .replaceAll(nullMark, '')
      .replaceAll(`${title}\n`, '');
    if (plain !== '') events.push({ type: 'text', text: plain });
  }
}
