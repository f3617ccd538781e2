// Owns what front matter may say of who is told of a run.
import * as v from 'valibot';
import { parseDuration } from '../../parse-duration.ts';
import { writtenValues } from '../written-values.ts';

const { duration, text, texts } = writtenValues;

/** What `notify: on:` answers to. */
const notifyWords = [
  ...['started', 'resumed', 'paused', 'failure', 'denied', 'approval', 'approval-timeout', 'rollback'],
  ...['broken-off', 'ended', 'succeeded', 'failed', 'rolled-back', 'rollback-failed', 'precondition-failed'],
  'stopped',
] as const;

const notifyWordsText = `any of ${notifyWords.map((word) => `\`${word}\``).join(', ')}`;
const notifyOn = v.pipe(
  texts,
  v.check(
    (words) => words.every((word) => (notifyWords as readonly string[]).includes(word)),
    notifyWordsText,
  ),
);
const names = v.pipe(
  texts,
  v.check((written) => written.length > 0, 'the name of a channel, or a list of them'),
);
const isTime = (after: string): boolean => (parseDuration(after) ?? 0) > 0;
const escalationAfter = v.pipe(
  text,
  v.check(
    (value) => /^(?:failure|approval(?:[ -]timeout)?)$/.test(value) || isTime(value),
    '`failure`, `approval`, `approval timeout`, or a duration such as `5m`',
  ),
);
const escalation = v.pipe(
  v.strictObject(
    { after: escalationAfter, delay: v.optional(duration), notify: names, text: v.optional(text) },
    '`{ after: …, delay: …, notify: …, text: … }`',
  ),
  v.forward(
    v.check(
      ({ after, delay }) => delay === undefined || !isTime(after),
      'an `after:` that is not a time: `failure`, `approval` or `approval timeout`',
    ),
    ['delay'],
  ),
);

/** The keys of front matter that say who is told of what. */
export const tellingEntries = {
  escalation: v.optional(v.array(escalation, 'a list of `{ after: …, notify: … }`')),
  notify: v.optional(
    v.array(
      v.strictObject({ on: notifyOn, to: names, text: v.optional(text) }, '`{ on: […], to: …, text: … }`'),
      'a list of `{ on: […], to: … }`',
    ),
  ),
  updates: v.optional(
    v.strictObject(
      { to: names, every: v.optional(duration) },
      'a mapping such as `{ to: [ops], every: 30m }`',
    ),
  ),
};

const telling = v.object(tellingEntries);

/** Rules as written. */
export type TellingInput = v.InferOutput<typeof telling>;
