import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Rig } from '../../e2e/rig.ts';
import { sent } from '../../surfaces/sources/sent.ts';

const page = `---
on:
  - { source: webhook/prod, match: { kind: disk }, quiet: { days: [sun], then: wait }, dedup: { for: 30m } }
  - { source: webhook, match: { kind: net } }
  - { source: webhook, set: { HOST: event.gone } }
inputs: { HOST: { from: event.host, pattern: '[a-z0-9]+' } }
rate: 2/h
---

# Make room

## Steps

\`\`\`sh
echo $HOST
\`\`\`
`;
const event = {
  source: 'webhook',
  endpoint: '',
  key: 'k1',
  subject: 's1',
  state: 'firing',
  title: 'Disk \u001b[31mfull',
  labels: { kind: 'disk' },
  fields: { host: 'db1' },
};

test('an event is tried on each rule, and nothing is run', async () => {
  const rig = await Rig.create();
  await rig.write('pages/room.md', page);
  await rig.write('event.json', JSON.stringify(event));
  const tried = await rig.run(['events', 'test', 'pages', 'event.json', '--at', '2026-11-29T12:00:00Z']);
  expect([tried.exitCode, tried.stderr, tried.stdout]).toEqual([
    0,
    '',
    [
      'Disk ␛[31mfull, taken for an event that is firing',
      '  pages/room.md, rule 1 (webhook): starts a run later: it is within the quiet hours of UTC, and starts when they are over',
      '    input   HOST=db1',
      '    once    s1, for 30 min',
      '    may     read',
      '    rate    2 in 1 h',
      '    until   2026-11-30T00:00:00.000Z',
      '  pages/room.md, rule 2 (webhook): no: `kind` is `disk`, and has to be `net`',
      '  pages/room.md, rule 3 (webhook): rejected: `set.HOST` asks for `gone`, which the event does not have',
      '',
    ].join('\n'),
  ]);
});

test('whose payload it is has to be clear', async () => {
  const rig = await Rig.create();
  await rig.write('room.md', page);
  await rig.write('other.json', '{"a": 1}');
  const unclear = await rig.run(['events', 'test', 'room.md', 'other.json']);
  expect([unclear.exitCode, unclear.stdout]).toEqual([2, '']);
  const tried =
    'alertmanager, grafana, pagerduty, sns, eventbridge, datadog, github, gitlab, cloudevents, webhook, slack';
  expect(unclear.stderr).toBe(
    [
      'error: it is not clear which sender tells what `other.json` holds',
      `  = help: say it: \`--source\` with one of ${tried}`,
      '',
    ].join('\n'),
  );
  const clock = await rig.run(['events', 'test', 'room.md', 'other.json', '--source', 'schedule']);
  expect(clock.stderr).toBe(`error: \`schedule\` is no kind of sender\n  = help: known are ${tried}\n`);
});

test('what a file holds is an event whole, or nothing of it is tried', async () => {
  const rig = await Rig.create();
  await rig.write('room.md', page);
  const told = async (over: object) => {
    await rig.write('event.json', JSON.stringify({ ...event, ...over }));
    return (await rig.run(['events', 'test', 'room.md', 'event.json'])).stderr;
  };
  const wrong = (what: string) => `error: \`event.json\` holds no whole event: ${what}\n`;
  expect([
    // As from no endpoint, where nothing is said.
    await told({ endpoint: undefined }),
    await told({ at: '2026-11-29T22:30:00Z', link: 'https://example.org/', person: 'ada' }),
    await told({ source: 'webhooks' }),
    await told({ state: 'over' }),
    await told({ endpoint: 1 }),
    await told({ person: ['ada'] }),
    await told({ at: 'today' }),
    await told({ link: 'file:///etc/passwd' }),
    await told({ key: undefined }),
    await told({ labels: { kind: 1 } }),
    await told({ fields: [] }),
  ]).toEqual([
    '',
    '',
    wrong(
      '`source` has to be one of alertmanager, grafana, pagerduty, sns, eventbridge, datadog, github, gitlab, cloudevents, webhook, slack, schedule',
    ),
    wrong('`state` has to be `firing`, `resolved` or `occurred`'),
    wrong('`endpoint` has to be a text'),
    wrong('`person` has to be a text'),
    wrong('`at` has to be a time such as `2026-11-29T22:30:00Z`'),
    wrong('`link` has to be an address of the web'),
    wrong('it has to have `key`, `subject` and `title`'),
    wrong('`labels` has to be a mapping of names to texts'),
    wrong('`fields` has to be a mapping'),
  ]);
});

test('a delivery of GitLab is tried as one with its token', async () => {
  const rig = await Rig.create();
  const rule = 'on: { gitlab: { event: deployment } }\n';
  await rig.write('room.md', page.replace(/^on:\n(?: .*\n)+inputs:.*\n/m, rule));
  await rig.write('deployment.json', Buffer.from(sent('gitlab/deployment').body).toString());
  const tried = await rig.run(['events', 'test', 'room.md', 'deployment.json', '--source', 'gitlab']);
  expect([tried.exitCode, tried.stderr, tried.stdout]).toEqual([
    0,
    '',
    [
      'acme/shop: deployment failed staging main, taken for a delivery of `gitlab` that is occurred',
      '  room.md, rule 1 (gitlab): starts a run',
      `    once    ${createHash('sha256').update(sent('gitlab/deployment').body).digest('hex').slice(0, 32)}, however often it is told`,
      '    may     read',
      '    rate    2 in 1 h',
      '',
    ].join('\n'),
  ]);
});

test('a delivery whose kind or proof is in its headers is tried from a file, alone or as a recorded request', async () => {
  const rig = await Rig.create();
  const rules = [
    'github: { event: deployment_status }',
    'pagerduty: {}',
    'sns: {}',
    'slack: { command: /failover }',
  ];
  await rig.write(
    'room.md',
    page.replace(
      /^---[\s\S]*?---/,
      `---\non:\n${rules.map((rule) => `  - ${rule}\n`.replace('- ', '')).join('')}---`,
    ),
  );
  const status = {
    deployment_status: { id: 1, state: 'failure' },
    deployment: { id: 2, environment: 'production' },
  };
  const incident = {
    event_type: 'incident.triggered',
    id: 'E1',
    occurred_at: '2026-11-29T10:00:00Z',
    data: { type: 'incident', id: 'P1', title: 'Pool full' },
  };
  const message = {
    Type: 'Notification',
    MessageId: 'm',
    TopicArn: 'arn:aws:sns:eu-central-1:123456789012:alarms',
    Timestamp: '2026-11-29T10:00:00.000Z',
    Signature: 'x',
    SignatureVersion: '2',
    SigningCertURL: 'https://sns.eu-central-1.amazonaws.com/x.pem',
    Message: 'pool full',
  };
  const command = new URLSearchParams({
    command: '/failover',
    text: 'db1',
    user_id: 'U1',
    trigger_id: 't',
    team_id: 'T',
    channel_id: 'C',
  });
  await rig.write('github.json', JSON.stringify(status));
  await rig.write(
    'github.http',
    `POST /hooks/code HTTP/1.1\r\nHost: x\r\nX-GitHub-Event: deployment_status\r\n\r\n${JSON.stringify(status)}`,
  );
  await rig.write('pagerduty.json', JSON.stringify({ event: incident }));
  await rig.write('sns.json', JSON.stringify(message));
  await rig.write('slack.form', command.toString());
  const first = async (...words: readonly string[]) => {
    const { stdout, stderr } = await rig.run(['events', 'test', 'room.md', ...words]);
    return stderr === '' ? stdout.split('\n')[0] : stderr.split('\n')[0];
  };
  expect([
    await first('github.json', '--header', 'X-GitHub-Event: deployment_status'),
    await first('github.http'),
    await first('github.json', '--source', 'github'),
    await first('github.json', '--header', 'nothing'),
    await first('pagerduty.json', '--source', 'pagerduty'),
    await first('sns.json', '--source', 'sns'),
    await first('slack.form', '--source', 'slack'),
  ]).toEqual([
    'deployment status failure production, taken for a delivery of `github` that is occurred',
    'deployment status failure production, taken for a delivery of `github` that is occurred',
    'error: `github.json` is no delivery of `github`: the header `x-github-event` names no event',
    'error: `nothing` is no header',
    'Pool full, taken for a delivery of `pagerduty` that is firing',
    'pool full, taken for a delivery of `sns` that is occurred',
    '/failover db1, taken for a delivery of `slack` that is occurred',
  ]);
});
