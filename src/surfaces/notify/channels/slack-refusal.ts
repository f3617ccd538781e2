// Owns what a method of Slack says to a call: that it was taken, or why not.
import type { Problem } from './post-json.ts';

/** What Slack's trouble is, and not that of the message. */
const passing: readonly unknown[] = [
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
];

/** Slack refuses with 200 and a word; undefined where it has taken what it was given. */
export function slackRefusal(answer: string): Problem | undefined {
  const { ok, error } = readSlackAnswer(answer);
  if (ok === true) return undefined;
  if (typeof error !== 'string') return { message: 'it did not answer as Slack does', mayPass: false };
  return { message: `Slack refused it: ${error}`, mayPass: passing.includes(error) };
}

/** What a method of Slack answers. */
export function readSlackAnswer(answer: string): {
  readonly ok?: unknown;
  readonly error?: unknown;
  readonly ts?: unknown;
} {
  try {
    return Object(JSON.parse(answer));
  } catch {
    return {};
  }
}
