// Owns that nothing which is given to `runsheet events` is passed over: each of what it does takes options of its own.
import { listed } from '../../view/words/quoted.ts';
import type { Complaint } from '../refusal.ts';

/** What `runsheet events` does. */
export type EventsVerb = 'list' | 'show' | 'test' | 'replay';

/** What takes an option that not all take. */
const takers: Readonly<Record<string, readonly EventsVerb[]>> = {
  '--limit': ['list'],
  '--source': ['list', 'test'],
  '--endpoint': ['list'],
  '--led': ['list'],
  '--at': ['test'],
  '--header': ['test'],
  '--library': ['replay'],
  '--config': ['replay'],
  '--again': ['replay'],
};

/** So many words may stand behind it. */
const mostWords: Readonly<Record<EventsVerb, number>> = { list: 0, show: 1, test: 2, replay: 1 };

/** Why these options, by their long names, and these words behind `what` are not what it takes; undefined where they are. */
export function refuseForeign(
  what: EventsVerb,
  options: readonly string[],
  words: readonly string[],
): Complaint | undefined {
  const foreign = options.find((name) => takers[name]?.includes(what) === false);
  if (foreign !== undefined)
    return {
      message: `\`events ${what}\` takes no \`${foreign}\``,
      help: `it is an option of ${listed(takers[foreign]?.map((verb) => `\`events ${verb}\``) ?? [])}`,
    };
  const extra = words[mostWords[what]];
  if (extra === undefined) return undefined;
  return what === 'list'
    ? { message: '`events list` takes no event', help: `\`runsheet events show ${extra}\` shows one` }
    : { message: `\`events ${what}\` does not take \`${extra}\` as well` };
}
