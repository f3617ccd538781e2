// Owns the form of what front matter says of events, for editors; what is wrong with it is told by its readers.
import * as v from 'valibot';
import { writtenValues } from '../written-values.ts';
import { parseEventPath } from './event-path.ts';
import { parseRate } from './parse-rate.ts';
import { isSourceType, sourceTypes } from './source-types.ts';
import { mayChoices, quietActions, resolvedActions, weekdays } from './trigger.ts';

const { duration, text, texts } = writtenValues;

const optionalTexts = v.optional(texts);
const quietHours = v.strictObject({
  days: v.optional(v.union([v.array(v.picklist(weekdays)), v.picklist(weekdays)])),
  from: v.optional(text),
  to: v.optional(text),
  timezone: v.optional(text),
  // biome-ignore lint/suspicious/noThenProperty: it is the word of the page, and no method.
  then: v.optional(v.picklist(quietActions)),
});

const common = {
  match: v.optional(v.record(v.string(), texts)),
  if: v.optional(text),
  set: v.optional(v.record(v.string(), text)),
  dedup: v.optional(v.strictObject({ key: v.optional(text), for: v.optional(duration) })),
  'when-resolved': v.optional(v.picklist(resolvedActions)),
  quiet: v.optional(v.union([quietHours, v.array(quietHours)])),
  may: v.optional(v.picklist(mayChoices)),
};
const ofSource = {
  event: optionalTexts,
  repository: optionalTexts,
  command: optionalTexts,
  people: optionalTexts,
  name: v.optional(text),
  cron: v.optional(text),
  timezone: v.optional(text),
};
const rule = v.nullable(v.strictObject({ ...ofSource, ...common }));
const rules = v.union([rule, v.array(rule)]);

/** What they expect. */
const onText = 'senders with their rules, such as `{ alertmanager: { match: { alertname: … } } }`';
const rateText = 'so many in a time, such as `6/h` or `2/30m`';
const runOnText = 'a name of letters, digits, `-`, `_` and `.`';

/** The keys of front matter about events. */
export const triggerEntries = {
  on: v.optional(
    v.union(
      [
        v.record(v.picklist(sourceTypes), rules),
        v.array(v.strictObject({ source: v.pipe(text, v.check(isSourceName)), ...ofSource, ...common })),
      ],
      onText,
    ),
  ),
  rate: v.optional(
    v.pipe(
      text,
      v.check((value) => parseRate(value) !== undefined, rateText),
    ),
  ),
  'run-on': v.optional(v.pipe(text, v.regex(/^[A-Za-z0-9][\w.-]*$/, runOnText))),
};

/** What of an event an input is. */
export const fromEvent = v.optional(
  v.pipe(
    text,
    v.check(
      (value) => parseEventPath(value) !== undefined,
      'the path of a value of the event, such as `event.labels.instance`',
    ),
  ),
);

function isSourceName(written: string): boolean {
  return isSourceType(written.split('/', 1)[0] ?? '');
}
