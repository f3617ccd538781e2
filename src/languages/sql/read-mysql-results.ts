// Owns the XML that `mysql --xml` prints. Only what that client writes is understood.
import type { ResultEvent, ResultReader, SqlValue } from './result-event.ts';

const prologue = '<?xml version="1.0"?>';
const opening = /<resultset statement="[^"]*"[^>]*>/y;
/** In the client's XML no `<` and no `"` of a value or a name is left unescaped. */
const rowPart =
  /\s*(?:<row>|<\/row>|<field name="([^"]*)"(?: xsi:nil="true" \/>|(?: xsi:type="[^"]*")?>([^<]*)<\/field>)|(<\/resultset>)\n)/y;

/** Understands the output of `mysql` and `mariadb` in batch mode with `--xml`. */
export function readMysqlResults(): ResultReader {
  return new MysqlReader();
}

class MysqlReader implements ResultReader {
  #pending = '';
  #inResult = false;
  #names: string[] | undefined;
  #row: { names: string[]; values: SqlValue[] } = { names: [], values: [] };

  push(text: string): ResultEvent[] {
    this.#pending += text;
    const events: ResultEvent[] = [];
    while (this.#inResult ? this.#takePart(events) : this.#takeText(events)) {
      // Every turn takes something off what is pending.
    }
    return events;
  }

  end(): ResultEvent[] {
    // A result's last line may be there but for its newline.
    const events = this.#inResult ? this.push('\n') : [];
    if (this.#inResult) this.#close(events);
    if (this.#pending !== '') events.push({ type: 'text', text: this.#pending });
    this.#pending = '';
    return events;
  }

  /** False when more has to come. */
  #takeText(events: ResultEvent[]): boolean {
    const start = this.#pending.indexOf(prologue);
    const lines = start < 0 ? this.#pending.lastIndexOf('\n') + 1 : start;
    if (lines > 0) events.push({ type: 'text', text: this.#pending.slice(0, lines) });
    this.#pending = this.#pending.slice(lines);
    if (start < 0) return false;
    const tag = this.#pending.indexOf('<resultset');
    if (tag < 0) return false;
    opening.lastIndex = tag;
    if (!opening.test(this.#pending)) return false;
    this.#pending = this.#pending.slice(opening.lastIndex);
    this.#inResult = true;
    return true;
  }

  #takePart(events: ResultEvent[]): boolean {
    let at = 0;
    let taken = false;
    for (;;) {
      rowPart.lastIndex = at;
      const match = rowPart.exec(this.#pending);
      if (!match) break;
      taken = true;
      at = rowPart.lastIndex;
      const [whole, name, value, isEnd] = match;
      if (isEnd !== undefined) {
        this.#pending = this.#pending.slice(at);
        this.#close(events);
        return true;
      }
      if (name !== undefined) {
        this.#row.names.push(unescapeXml(name));
        this.#row.values.push(value === undefined ? null : unescapeXml(value));
      } else if (whole.endsWith('</row>')) this.#endRow(events);
    }
    this.#pending = this.#pending.slice(at);
    return taken && this.#pending !== '';
  }

  #endRow(events: ResultEvent[]): void {
    if (this.#names === undefined) {
      this.#names = this.#row.names;
      events.push({ type: 'columns', names: this.#names });
    }
    events.push({ type: 'row', values: this.#row.values });
    this.#row = { names: [], values: [] };
  }

  #close(events: ResultEvent[]): void {
    // The client does not say which columns an empty result has.
    if (this.#names === undefined) events.push({ type: 'columns', names: undefined });
    events.push({ type: 'end' });
    this.#names = undefined;
    this.#row = { names: [], values: [] };
    this.#inResult = false;
  }
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

function unescapeXml(text: string): string {
  return text.includes('&')
    ? text.replace(/&(?:amp|lt|gt|quot);/g, (entity) => entities[entity] ?? entity)
    : text;
}
