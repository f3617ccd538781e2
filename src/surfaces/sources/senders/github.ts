// Owns GitHub's webhooks: what happens to a repository, or to an organization.
import type { EventValue, ReceivedEvent } from '../../../run/triggers/received-event.ts';
import { digestOf } from '../payload/digest-of.ts';
import { linkOf } from '../payload/link-of.ts';
import { readJson } from '../payload/read-json.ts';
import { type EventRecord, isRecord, recordAt, recordOf, textAt } from '../payload/text-at.ts';
import { timeOf } from '../payload/time-of.ts';
import { titleOf } from '../payload/title-of.ts';
import { isSigned, keysOf } from '../proof/is-signed.ts';
import { type Delivery, type Endpoint, type Reading, refused, type Source, unreadable } from '../source.ts';

/** The HMAC of the body is its proof. What stands in the other headers is not: the key is the body's own. */
export const github: Source = {
  async read(delivery, endpoint) {
    if (!holdsSignature(delivery, endpoint)) return refused;
    if (/^application\/x-www-form-urlencoded\b/i.test(delivery.headers['content-type'] ?? '')) {
      return unreadable('the body is a form: set the content type of the webhook to `application/json`');
    }
    const body = readJson(delivery.body);
    return body.ok ? toReading(body.value, delivery, endpoint) : unreadable(body.error);
  },
};

function holdsSignature({ method, headers, body }: Delivery, { secrets }: Endpoint): boolean {
  const signature = headers['x-hub-signature-256'] ?? '';
  const shown = signature.startsWith('sha256=') ? [signature.slice(7)] : [];
  return method === 'POST' && isSigned({ keys: keysOf(secrets), parts: [body], shown, encoding: 'hex' });
}

const pong = { status: 200, headers: {}, body: '' };
const opening = [
  'created',
  'appeared_in_branch',
  'reopened',
  'reopened_by_user',
  'auto_reopened',
  'reintroduced',
];
const closing = ['fixed', 'resolved', 'closed_by_user', 'dismissed', 'auto_dismissed', 'withdrawn'];

/** What an event tells of; the first of these that its payload holds. */
const objects = [
  ...[
    'deployment_status',
    'deployment',
    'workflow_job',
    'workflow_run',
    'check_run',
    'check_suite',
    'release',
  ],
  ...['alert', 'comment', 'review', 'pull_request', 'issue', 'discussion'],
];
/** What stays over several events. */
const lasting = [
  ...['workflow_job', 'deployment', 'workflow_run', 'check_run', 'check_suite', 'release'],
  ...['alert', 'pull_request', 'issue', 'discussion'],
];

function toReading(body: EventValue, { headers, body: bytes }: Delivery, { name }: Endpoint): Reading {
  const type = headers['x-github-event'] ?? '';
  if (!/^[a-z_]{1,100}$/.test(type)) return unreadable('the header `x-github-event` names no event');
  if (!isRecord(body)) return unreadable('the body is no object');
  if (type === 'ping') return { type: 'reply', reply: pong };
  const about = recordAt(body, objects.find((one) => isRecord(body[one])) ?? '');
  const labels = labelsOf(body, about, type);
  const at = timeOf(
    ['updated_at', 'completed_at', 'created_at'].map((one) => textAt(about, one)).find(timeOf),
  );
  const link = linkOf(
    ...['html_url', 'target_url', 'log_url', 'environment_url'].map((one) => textAt(about, one)),
    textAt(body, 'compare'),
    textAt(body, 'repository', 'html_url'),
  );
  const person = textAt(body, 'sender', 'login');
  const read: ReceivedEvent = {
    source: 'github',
    endpoint: name,
    key: digestOf(bytes),
    subject: subjectOf(body, labels, type),
    state: stateOf(type, labels.action),
    title: titleOf([labels.repository, titleAt(body, about, type, labels)], type),
    ...(at !== undefined && { at }),
    ...(link !== undefined && { link }),
    ...(person !== undefined && { person }),
    labels,
    fields: recordOf([...Object.entries(body), ['event', type], ['labels', labels]]),
  };
  return { type: 'events', events: [read] };
}

function subjectOf(body: EventRecord, labels: Readonly<Record<string, string>>, type: string): string {
  const object = lasting.find((one) => isRecord(body[one]));
  const number = object && (textAt(body, object, 'number') ?? textAt(body, object, 'id'));
  const parts = [labels.repository ?? labels.organization, object ?? type, number];
  return parts.filter((part) => part !== undefined).join(' ');
}

/** Alerts have an end; all else just happens. */
function stateOf(type: string, action = ''): ReceivedEvent['state'] {
  if (!type.endsWith('_alert')) return 'occurred';
  return opening.includes(action) ? 'firing' : closing.includes(action) ? 'resolved' : 'occurred';
}

function titleAt(
  body: EventValue,
  about: EventValue,
  type: string,
  labels: Readonly<Record<string, string>>,
): string {
  const what = ['title', 'display_title', 'name', 'description']
    .map((one) => textAt(about, one))
    .find(Boolean);
  const words = [
    type.replaceAll('_', ' '),
    labels.action,
    labels.state,
    labels.conclusion,
    labels.environment,
  ];
  const said = [...new Set(words)].filter((word) => word !== undefined).join(' ');
  return [said, what ?? textAt(body, 'head_commit', 'message')?.split('\n')[0]]
    .filter((part) => part !== undefined)
    .join(': ');
}

function labelsOf(body: EventValue, about: EventValue, type: string): Readonly<Record<string, string>> {
  return recordOf([
    ['event', type],
    ['action', textAt(body, 'action')],
    ['repository', textAt(body, 'repository', 'full_name')],
    ['organization', textAt(body, 'organization', 'login')],
    ['sender', textAt(body, 'sender', 'login')],
    ['state', textAt(about, 'state') ?? textAt(about, 'status')],
    ['conclusion', textAt(about, 'conclusion')],
    ['environment', textAt(about, 'environment') ?? textAt(body, 'deployment', 'environment')],
    ['ref', textAt(body, 'ref') ?? textAt(body, 'deployment', 'ref') ?? textAt(about, 'head_branch')],
    ['workflow', textAt(body, 'workflow', 'name') ?? textAt(body, 'workflow_run', 'name')],
    ['name', textAt(about, 'name')],
    ['tag', textAt(about, 'tag_name')],
    ['severity', textAt(body, 'alert', 'rule', 'security_severity_level')],
  ]);
}
