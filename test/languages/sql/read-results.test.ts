import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMysqlResults } from '../../../src/languages/sql/read-mysql-results.ts';
import { psqlMarks, readPsqlResults } from '../../../src/languages/sql/read-psql-results.ts';
import { readSqliteResults } from '../../../src/languages/sql/read-sqlite-results.ts';
import type { ResultEvent, ResultReader, SqlValue } from '../../../src/languages/sql/result-event.ts';
import { anyCharacter } from '../../any-character.ts';

const marks = psqlMarks('r4nd0m');

interface Result {
  readonly names: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
}

/** How each client writes a result, as seen of psql 15, MariaDB 10.11 and SQLite 3.40. */
const clients: Readonly<Record<string, { read: () => ResultReader; write: (result: Result) => string }>> = {
  psql: {
    read: () => readPsqlResults(marks),
    write: ({ names, rows }) => {
      const records = [names, ...rows.map((row) => row.map((value) => value ?? marks.null))];
      const body = records.map((record) => record.join(marks.field) + marks.record).join('');
      return `${marks.title}${marks.record}${body}(${rows.length} rows)\n`;
    },
  },
  mysql: {
    read: readMysqlResults,
    write: ({ names, rows }) => {
      const escaped = (text: string) =>
        text
          .replaceAll('&', '&amp;')
          .replaceAll('<', '&lt;')
          .replaceAll('>', '&gt;')
          .replaceAll('"', '&quot;');
      const fields = (row: readonly SqlValue[]) =>
        row.map((value, index) => {
          const name = escaped(names[index] ?? '');
          const nil = `\t<field name="${name}" xsi:nil="true" />\n`;
          return value === null ? nil : `\t<field name="${name}">${escaped(value)}</field>\n`;
        });
      const body = rows.map((row) => `\n  <row>\n${fields(row).join('')}  </row>`).join('\n');
      const schema = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
      return `<?xml version="1.0"?>\n\n<resultset statement="select 1 &lt; 2" ${schema}>${body}\n</resultset>\n`;
    },
  },
  sqlite: {
    read: readSqliteResults,
    write: ({ names, rows }) => {
      const object = (row: readonly SqlValue[]) =>
        `{${row.map((value, index) => `${JSON.stringify(names[index])}:${JSON.stringify(value)}`).join(',')}}`;
      return `[${rows.map(object).join(',\n')}]\n`;
    },
  },
};

const value = fc.option(fc.string({ unit: anyCharacter }).map((text) => text.replaceAll('\0', '')));
const result = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.record({
    names: fc.array(fc.string({ minLength: 1, unit: 'grapheme' }), { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
  }),
);

function eventsOf({ names, rows }: Result): ResultEvent[] {
  return [
    { type: 'columns', names },
    ...rows.map((values): ResultEvent => ({ type: 'row', values })),
    { type: 'end' },
  ];
}

/** Reads a text cut at arbitrary places. */
function readInPieces(reader: ResultReader, text: string, sizes: readonly number[]): ResultEvent[] {
  const events: ResultEvent[] = [];
  let at = 0;
  for (let turn = 0; at < text.length; turn += 1) {
    const next = at + (sizes[turn % sizes.length] ?? 1);
    events.push(...reader.push(text.slice(at, next)));
    at = next;
  }
  events.push(...reader.end());
  return joinTexts(events);
}

function joinTexts(events: readonly ResultEvent[]): ResultEvent[] {
  const joined: ResultEvent[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    if (event.type === 'text' && last?.type === 'text')
      joined.splice(-1, 1, { type: 'text', text: last.text + event.text });
    else joined.push(event);
  }
  return joined;
}

describe.each(Object.entries(clients))('%s', (_, { read, write }) => {
  test('any values come back, however the output is cut', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(result, { minLength: 1, maxLength: 3 }), sizes, (results, pieces) => {
        const text = results.map(write).join('');
        expect(readInPieces(read(), text, pieces)).toEqual(results.flatMap(eventsOf));
      }),
      { numRuns: 200 },
    );
  });

  test('what is said around the results is kept as it is', () => {
    const one: Result = { names: ['a'], rows: [['1'], [null]] };
    const text = `before\n${write(one)}between\nlines\n${write(one)}after`;
    expect(readInPieces(read(), text, [3])).toEqual([
      { type: 'text', text: 'before\n' },
      ...eventsOf(one),
      { type: 'text', text: 'between\nlines\n' },
      ...eventsOf(one),
      { type: 'text', text: 'after' },
    ]);
  });

  test('a client that is killed in the middle loses nothing that it said before', () => {
    const text = write({
      names: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    });
    for (let length = 0; length < text.length; length += 1) {
      const events = readInPieces(read(), text.slice(0, length), [7]);
      const open = events.filter(({ type }) => type === 'columns').length;
      expect([length, events.filter(({ type }) => type === 'end').length]).toEqual([length, open]);
    }
  });
});

test('the tables of backslash commands are readable behind a result', () => {
  const { field, record } = marks;
  const one = clients.psql?.write({ names: ['a'], rows: [['1']] }) ?? '';
  const described = `Table "x"${record}Column${field}Type${record}id${field}integer\n`;
  expect(readInPieces(readPsqlResults(marks), one + described + one, [1000])).toEqual([
    { type: 'columns', names: ['a'] },
    { type: 'row', values: ['1'] },
    { type: 'end' },
    { type: 'text', text: 'Table "x"\nColumn | Type\nid | integer\n' },
    { type: 'columns', names: ['a'] },
    { type: 'row', values: ['1'] },
    { type: 'end' },
  ]);
});
