// Owns how results of a database are printed: as Markdown tables or as bare values.
import { displayWidth } from '../../text/display-width.ts';
import type { ResultEvent, SqlValue } from './result-event.ts';

/**
 * `table` is for people: a Markdown table for each result. `values` is for later blocks and for comparisons:
 * no header, the values of a row parted by tabs, one row a line, NULL as nothing at all.
 */
export type ResultStyle = 'table' | 'values';

/** Widths are measured over this much of a result; what comes later is printed as it comes. */
const measuredRows = 500;
const measuredCharacters = 65_536;
/** Wider cells are printed whole, but do not widen the others. In columns. */
const widestPadding = 60;

/** Turns what a client says into what a block prints, with memory that does not grow with the result. */
export class ResultRenderer {
  readonly #style: ResultStyle;
  #printed = false;
  #names: readonly string[] | undefined;
  #rows: (readonly SqlValue[])[] = [];
  #characters = 0;
  /** Set once the head of the table is printed. */
  #layout: readonly ColumnLayout[] | undefined;

  constructor(style: ResultStyle) {
    this.#style = style;
  }

  render(events: readonly ResultEvent[]): string {
    let text = '';
    for (const event of events) text += this.#style === 'values' ? renderValues(event) : this.#add(event);
    return text;
  }

  #add(event: ResultEvent): string {
    switch (event.type) {
      case 'text':
        this.#printed = true;
        return event.text;
      case 'columns':
        this.#names = event.names;
        this.#rows = [];
        this.#characters = 0;
        this.#layout = undefined;
        return '';
      case 'row':
        if (this.#layout) return tableRow(event.values.map(cellText), this.#layout);
        this.#rows.push(event.values);
        for (const value of event.values) this.#characters += value?.length ?? 4;
        return this.#rows.length >= measuredRows || this.#characters >= measuredCharacters
          ? this.#begin()
          : '';
      case 'end':
        return this.#layout ? '' : this.#begin();
    }
  }

  #begin(): string {
    // A table that follows a line directly would be read as part of its paragraph.
    const gap = this.#printed ? '\n' : '';
    this.#printed = true;
    if (this.#names === undefined) return `${gap}(no rows)\n`;
    const head = this.#names.map(cellText);
    const layout = head.map((name, index) =>
      layOut(
        name,
        this.#rows.map((row) => row[index] ?? null),
      ),
    );
    this.#layout = layout;
    const body = this.#rows.map((row) => tableRow(row.map(cellText), layout)).join('');
    this.#rows = [];
    return `${gap}${tableRow(head, layout)}${delimiterRow(layout)}${body}`;
  }
}

interface ColumnLayout {
  readonly width: number;
  /** Numbers stand at the right. */
  readonly isNumber: boolean;
}

function layOut(head: string, values: readonly SqlValue[]): ColumnLayout {
  const written = values.filter((value) => value !== null);
  const isNumber =
    written.length > 0 && written.every((value) => /^[+-]?\d[\d.]*(?:e[+-]?\d+)?$/i.test(value));
  const widths = [head, ...values.map(cellText)].map(displayWidth);
  return { width: Math.max(3, ...widths.filter((width) => width <= widestPadding)), isNumber };
}

function tableRow(cells: readonly string[], layout: readonly ColumnLayout[]): string {
  const padded = cells.map((cell, index) => {
    const { width, isNumber } = layout[index] ?? { width: 3, isNumber: false };
    const blanks = ' '.repeat(Math.max(0, width - displayWidth(cell)));
    return isNumber ? blanks + cell : cell + blanks;
  });
  return `| ${padded.join(' | ')} |\n`;
}

function delimiterRow(layout: readonly ColumnLayout[]): string {
  const cells = layout.map(({ width, isNumber }) =>
    isNumber ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return `| ${cells.join(' | ')} |\n`;
}

/** GFM has no line breaks in cells but `<br>`; NULL is set off from the text `null` as emphasis is. */
function cellText(value: SqlValue): string {
  if (value === null) return '*null*';
  return value.replaceAll('|', '\\|').replace(/\r\n|\r|\n/g, '<br>');
}

function renderValues(event: ResultEvent): string {
  if (event.type === 'text') return event.text;
  return event.type === 'row' ? `${event.values.map((value) => value ?? '').join('\t')}\n` : '';
}
