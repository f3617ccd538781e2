// Owns the alerts of a group, as Alertmanager tells of them and Grafana after it.
import type { EventValue, ReceivedEvent } from '../../../run/triggers/received-event.ts';
import { linkOf } from '../payload/link-of.ts';
import { type EventRecord, listAt, recordAt, recordOf, textAt, textsOf } from '../payload/text-at.ts';
import { timeOf } from '../payload/time-of.ts';
import { titleOf } from '../payload/title-of.ts';
import { type Endpoint, type Reading, unreadable } from '../source.ts';

/** What of the group each of its alerts is seen with, the first most. */
const ofGroup = [
  'receiver',
  'groupKey',
  'groupLabels',
  'commonLabels',
  'commonAnnotations',
  'externalURL',
  'orgId',
];
/** All of it together, as characters of JSON: it is kept with each of what may be thousands of alerts. */
const mostShared = 8192;

/** Each alert of a group is an event of its own. */
export function alertsOf(group: EventValue, endpoint: Endpoint, source: string): Reading {
  const alerts = listAt(group, 'alerts');
  const record = recordAt(group);
  if (alerts.length === 0) return unreadable('the body holds no `alerts`');
  const shared = sharedOf(record);
  const events = alerts.map((alert) => eventOf(alert, shared, { source, endpoint: endpoint.name }));
  const place = events.indexOf(undefined);
  return place === -1
    ? { type: 'events', events: events.filter((event) => event !== undefined) }
    : unreadable(
        `alert ${place + 1} has no \`fingerprint\`, \`startsAt\`, or \`status\` of firing or resolved`,
      );
}

function sharedOf(group: EventRecord): readonly (readonly [string, EventValue | undefined])[] {
  let left = mostShared;
  return ofGroup.map((name) => {
    const value = group[name];
    const length = value === undefined ? 0 : JSON.stringify(value).length;
    if (length > left) return [name, undefined];
    left -= length;
    return [name, value];
  });
}

function eventOf(
  alert: EventValue,
  shared: readonly (readonly [string, EventValue | undefined])[],
  from: Pick<ReceivedEvent, 'source' | 'endpoint'>,
): ReceivedEvent | undefined {
  const [fingerprint, startsAt, state] = ['fingerprint', 'startsAt', 'status'].map((name) =>
    textAt(alert, name),
  );
  if (fingerprint === undefined || startsAt === undefined) return undefined;
  if (state !== 'firing' && state !== 'resolved') return undefined;
  const labels = textsOf(recordAt(alert, 'labels'));
  const annotation = (name: string) => textAt(alert, 'annotations', name);
  const at = timeOf(state === 'firing' ? startsAt : textAt(alert, 'endsAt'));
  const link = linkOf(
    textAt(alert, 'panelURL'),
    textAt(alert, 'dashboardURL'),
    textAt(alert, 'generatorURL'),
    textAt(recordOf(shared), 'externalURL'),
  );
  const about = annotation('summary') ?? annotation('message') ?? annotation('description');
  return {
    ...from,
    key: [fingerprint, startsAt, ...(state === 'resolved' ? [state] : [])].join(':'),
    subject: fingerprint,
    cycle: startsAt,
    state,
    title: titleOf([labels.alertname, about], `alert ${fingerprint}`),
    ...(at !== undefined && { at }),
    ...(link !== undefined && { link }),
    labels,
    fields: recordOf([...shared, ...Object.entries(recordAt(alert))]),
  };
}
