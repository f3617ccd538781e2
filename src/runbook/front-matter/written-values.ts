// Owns the kinds of values that front matter and configuration files hold, as they are written.
import * as v from 'valibot';
import { parseDuration } from '../parse-duration.ts';

/** Every scalar comes as the text that is written; in the schema for editors it may stand there without quotes. */
const text = v.pipe(
  v.union([v.string(), v.number(), v.boolean()], 'a text'),
  v.transform((value) => String(value)),
);
/** `true` or `false`; `message` says what is expected instead of something else. */
const flag = (message?: string) =>
  written(v.boolean(message), (value) => (/^(?:true|false)$/i.test(value) ? /^t/i.test(value) : value));
/** A number, as `message` says it. */
const number = (message: string) =>
  written(v.number(message), (value) => (/^[+-]?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value));
/** The schema, for texts that stand for its values; what `read` gives back as it is, is refused as a text. */
function written<Schema extends v.GenericSchema>(schema: Schema, read: (text: string) => unknown): Schema {
  const run: Schema['~run'] = (dataset, config) => {
    const { value } = dataset;
    return schema['~run']({ value: typeof value === 'string' ? read(value) : value }, config);
  };
  return { ...schema, '~run': run };
}
/** A list of texts, which one alone stands for. */
const texts = v.union(
  [
    v.array(text),
    v.pipe(
      text,
      v.transform((value) => [value]),
    ),
  ],
  'a list of texts',
);
/** A program with its arguments. */
const command = v.pipe(
  texts,
  v.check((words) => (words[0] ?? '').trim() !== '', 'a command such as `[go, run]`'),
);
/** A duration, as written. */
const duration = v.pipe(
  text,
  v.check((value) => parseDuration(value) !== undefined, 'a duration such as `30s`, `5m` or `1h30m`'),
);

/** A day of the calendar, as written. */
const date = v.pipe(text, v.check(isDay, 'a day such as `2027-03-31`'));

function isDay(value: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : Number.NaN;
  // There is no 30th of February, which is read as the 2nd of March.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(value);
}

/** Schemas by the kind of value. */
export const writtenValues = { text, texts, flag, number, command, duration, date };
