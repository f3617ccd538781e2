// Owns what becomes of the rules of front matter that say who is told of a run.
import { parseDuration } from '../../parse-duration.ts';
import type { FrontMatter } from '../../runbook.ts';
import type { FindPlace } from '../read-yaml.ts';
import type { TellingInput } from './telling-entries.ts';

/** The rules, one for each channel that they name. */
export function readTelling(
  { escalation = [], notify = [], updates }: TellingInput,
  find: FindPlace,
): Pick<FrontMatter, 'escalation' | 'notify' | 'updates'> {
  return {
    escalation: escalation.flatMap(({ after, delay, notify: channels, text }, index) => {
      const span = find(['escalation', index, 'notify'], false);
      return channels.map((channel) => ({
        after: after.replace(' ', '-'),
        ...milliseconds('afterMs', after),
        ...(delay !== undefined && { delay, ...milliseconds('delayMs', delay) }),
        notify: channel,
        ...(text !== undefined && { text }),
        span,
      }));
    }),
    notify: notify.flatMap(({ on, to, text }, index) =>
      to.map((channel) => ({
        on,
        to: channel,
        ...(text !== undefined && { text }),
        span: find(['notify', index, 'to'], false),
      })),
    ),
    ...(updates !== undefined && {
      updates: {
        to: updates.to,
        ...(updates.every !== undefined && {
          every: updates.every,
          ...milliseconds('everyMs', updates.every),
        }),
        span: find(['updates', 'to'], false),
      },
    }),
  };
}

function milliseconds<Key extends string>(key: Key, written: string): Partial<Record<Key, number>> {
  const read = parseDuration(written);
  return read === undefined ? {} : ({ [key]: read } as Record<Key, number>);
}
