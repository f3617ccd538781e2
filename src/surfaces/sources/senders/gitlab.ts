// Owns GitLab's webhooks, of a project, a group or the whole instance.
import type { EventValue, ReceivedEvent } from '../../../run/triggers/received-event.ts';
import { digestOf } from '../payload/digest-of.ts';
import { linkOf } from '../payload/link-of.ts';
import { readJson } from '../payload/read-json.ts';
import { isRecord, recordAt, recordOf, textAt } from '../payload/text-at.ts';
import { timeOf } from '../payload/time-of.ts';
import { titleOf } from '../payload/title-of.ts';
import { isStandardWebhook } from '../proof/is-standard-webhook.ts';
import { showsToken } from '../proof/shows-token.ts';
import { type Delivery, type Endpoint, type Reading, refused, type Source, unreadable } from '../source.ts';

/** A signing token signs by Standard Webhooks; the older secret token stands in a header as it is. */
export const gitlab: Source = {
  async read(delivery, endpoint) {
    const settings = { header: 'x-gitlab-token' };
    const isSender = isStandardWebhook(delivery, endpoint) || showsToken(delivery, { ...endpoint, settings });
    if (!isSender) return refused;
    const body = readJson(delivery.body);
    return body.ok ? toReading(body.value, delivery, endpoint) : unreadable(body.error);
  },
};

function toReading(body: EventValue, { headers, body: bytes }: Delivery, { name }: Endpoint): Reading {
  const type = textAt(body, 'object_kind') ?? textAt(body, 'event_name');
  if (type === undefined || !isRecord(body))
    return unreadable('the body holds no `object_kind` or `event_name`');
  const about = recordAt(body, 'object_attributes');
  const labels = labelsOf(body, about, type);
  const { project = textAt(body, 'group', 'full_path') ?? '' } = labels;
  const number = textAt(about, 'iid') ?? textAt(about, 'id') ?? idAt(body, type);
  const times = ['finished_at', 'updated_at', 'created_at'].map((one) => textAt(about, one));
  const at = timeOf(isoOf([...times, textAt(body, 'status_changed_at')].find((one) => one !== undefined)));
  const link = linkOf(
    textAt(about, 'url'),
    textAt(body, 'deployable_url'),
    textAt(body, 'url'),
    textAt(body, 'project', 'web_url'),
  );
  const said = [
    ...new Set([type.replaceAll('_', ' '), labels.action, labels.status, labels.environment, labels.ref]),
  ];
  const read: ReceivedEvent = {
    source: 'gitlab',
    endpoint: name,
    key: headers['webhook-id'] ?? headers['idempotency-key'] ?? digestOf(bytes),
    subject: [project, type, number].filter((part) => part !== undefined && part !== '').join(' '),
    state: 'occurred',
    title: titleOf(
      [project, said.filter(Boolean).join(' '), textAt(about, 'title') ?? textAt(about, 'name')],
      type,
    ),
    ...(at !== undefined && { at }),
    ...(link !== undefined && { link }),
    ...(labels.sender !== undefined && { person: labels.sender }),
    labels,
    fields: recordOf([...Object.entries(body), ['event', type], ['labels', labels]]),
  };
  return { type: 'events', events: [read] };
}

/** Deployments and jobs hold their numbers beside, and have no attributes of an object. */
function idAt(body: EventValue, type: string): string | undefined {
  return type === 'deployment' ? textAt(body, 'deployment_id') : textAt(body, 'build_id');
}

/** GitLab writes `2026-11-29 10:00:00 UTC` or `… +0100`, and in some events ISO 8601. */
function isoOf(text: string | undefined): string | undefined {
  return text
    ?.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) /, '$1T$2')
    .replace(/UTC$/, 'Z')
    .replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
}

function labelsOf(body: EventValue, about: EventValue, type: string): Readonly<Record<string, string>> {
  return recordOf([
    ['event', type],
    ['action', textAt(about, 'action')],
    ['status', textAt(about, 'status') ?? textAt(body, 'status') ?? textAt(body, 'build_status')],
    ['state', textAt(about, 'state')],
    ['project', textAt(body, 'project', 'path_with_namespace') ?? textAt(body, 'path_with_namespace')],
    ['ref', textAt(about, 'ref') ?? textAt(body, 'ref')],
    ['source_branch', textAt(about, 'source_branch')],
    ['target_branch', textAt(about, 'target_branch')],
    ['environment', textAt(body, 'environment')],
    ['severity', textAt(about, 'severity')],
    ['stage', textAt(body, 'build_stage')],
    ['job', textAt(body, 'build_name')],
    ['sender', textAt(body, 'user', 'username') ?? textAt(body, 'user_username')],
  ]);
}
