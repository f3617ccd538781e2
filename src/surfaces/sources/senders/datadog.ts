// Owns Datadog's webhooks, whose body is the template that docs/senders.md gives.
import type { EventValue, ReceivedEvent } from '../../../run/triggers/received-event.ts';
import { linkOf } from '../payload/link-of.ts';
import { readJson } from '../payload/read-json.ts';
import { recordAt, recordOf, textAt } from '../payload/text-at.ts';
import { titleOf } from '../payload/title-of.ts';
import { showsToken } from '../proof/shows-token.ts';
import { refused, type Source, unreadable } from '../source.ts';

/** A header of the webhook's own is its proof: Datadog signs nothing. */
export const datadog: Source = {
  async read(delivery, endpoint) {
    if (!showsToken(delivery, endpoint)) return refused;
    const body = readJson(delivery.body);
    if (!body.ok) return unreadable(body.error);
    const event = eventOf(body.value, endpoint.name);
    return event === undefined
      ? unreadable('the body holds no `cycle` and `transition`, as the template of docs/senders.md has them')
      : { type: 'events', events: [event] };
  },
};

/** A word of the form `$ALERT_SCOPE` is a variable that Datadog knew nothing for. */
function told(body: EventValue, name: string): string | undefined {
  const text = textAt(body, name)?.trim();
  return text === undefined || text === '' || text === 'null' || /^\$[A-Z_]+$/.test(text) ? undefined : text;
}

function eventOf(body: EventValue, endpoint: string): ReceivedEvent | undefined {
  const [cycle, transition] = [told(body, 'cycle'), told(body, 'transition')];
  if (cycle === undefined || transition === undefined) return undefined;
  const monitor = told(body, 'monitor');
  const subject = monitor === undefined ? cycle : [monitor, told(body, 'scope') ?? '*'].join(':');
  const labels = recordOf([
    ...tagsOf(told(body, 'tags') ?? ''),
    ...['monitor', 'scope', 'transition', 'priority', 'type', 'metric', 'host'].map(
      (name) => [name, told(body, name)] as const,
    ),
  ]);
  const at = timeOfMs(told(body, 'date'));
  const link = linkOf(told(body, 'link'));
  return {
    source: 'datadog',
    endpoint,
    key: `${cycle}:${transition}`,
    subject,
    cycle,
    state: /\bRecovered$/.test(transition) ? 'resolved' : 'firing',
    title: titleOf([told(body, 'title')], `monitor ${subject}`),
    ...(at !== undefined && { at }),
    ...(link !== undefined && { link }),
    labels,
    fields: recordOf([...Object.entries(recordAt(body)), ['labels', labels]]),
  };
}

/** `env:prod, role:db, urgent`: a tag without a value is `true`, and several values of one stand behind each other. */
function tagsOf(tags: string): readonly (readonly [string, string])[] {
  const values = new Map<string, string[]>();
  for (const tag of tags.split(',').map((text) => text.trim())) {
    const colon = tag.indexOf(':');
    const [name, value] = colon === -1 ? [tag, 'true'] : [tag.slice(0, colon), tag.slice(colon + 1)];
    const known = values.get(name);
    if (known !== undefined) known.push(value);
    else if (name !== '') values.set(name, [value]);
  }
  return [...values].map(([name, all]) => [name, all.join(',')] as const);
}

/** Datadog's time is in milliseconds since 1970. */
function timeOfMs(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{12,14}$/.test(text) ? new Date(Number(text)).toISOString() : undefined;
}
