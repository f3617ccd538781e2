// Tests reading the endpoints of the server's configuration.
import { expect, test } from 'vitest';
import { readYaml } from '../../../../src/runbook/front-matter/read-yaml.ts';
import { readEndpoints } from '../../../../src/surfaces/sources/endpoints/read-endpoints.ts';
import { renderDiagnostic } from '../../../../src/text/render-diagnostic.ts';
import { decodeSource } from '../../../../src/text/source-file.ts';

function read(text: string) {
  const { source } = decodeSource('serve.yaml', Buffer.from(text));
  const yaml = readYaml(source.text, source.toByteOffset, {
    what: 'configuration',
    code: 'configuration-yaml',
  });
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  const { endpoints, diagnostics } = readEndpoints(Object(yaml.data).endpoints, yaml.find);
  return { endpoints, told: diagnostics.map((one) => renderDiagnostic(one, source)) };
}

test('each kind of sender has its keys', () => {
  const text = `endpoints:
  prod: { type: alertmanager, secret: { env: AM_TOKEN }, user: alertmanager }
  graphs: { type: grafana, secret: { file: /run/secrets/grafana }, signature: X-Signature, timestamp: X-Time }
  pages: { type: pagerduty, secret: [{ env: PD_NEW }, { env: PD_OLD }] }
  aws: { type: sns, topics: arn:aws:sns:eu-central-1:123456789012:alarms }
  bus: { type: eventbridge, secret: { command: pass show bus }, header: X-Api-Key }
  dog: { type: datadog, secret: { env: DOG } }
  hub: { type: github, secret: { env: HUB } }
  lab: { type: gitlab, secret: { env: LAB } }
  cloud: { type: cloudevents, secret: { env: CLOUD } }
  any-1: { type: webhook, secret: { env: ANY }, user: me }
  chat: { type: slack, secret: { env: SLACK } }
`;
  const env = (name: string) => [{ type: 'env', name }];
  expect(read(text)).toEqual({
    endpoints: [
      { name: 'prod', type: 'alertmanager', secrets: env('AM_TOKEN'), settings: { user: 'alertmanager' } },
      {
        name: 'graphs',
        type: 'grafana',
        secrets: [{ type: 'file', path: '/run/secrets/grafana' }],
        settings: { signature: 'x-signature', timestamp: 'x-time' },
      },
      { name: 'pages', type: 'pagerduty', secrets: [...env('PD_NEW'), ...env('PD_OLD')], settings: {} },
      {
        name: 'aws',
        type: 'sns',
        secrets: [],
        settings: { topics: ['arn:aws:sns:eu-central-1:123456789012:alarms'] },
      },
      {
        name: 'bus',
        type: 'eventbridge',
        secrets: [{ type: 'command', command: 'pass show bus' }],
        settings: { header: 'x-api-key' },
      },
      { name: 'dog', type: 'datadog', secrets: env('DOG'), settings: {} },
      { name: 'hub', type: 'github', secrets: env('HUB'), settings: {} },
      { name: 'lab', type: 'gitlab', secrets: env('LAB'), settings: {} },
      { name: 'cloud', type: 'cloudevents', secrets: env('CLOUD'), settings: {} },
      { name: 'any-1', type: 'webhook', secrets: env('ANY'), settings: { user: 'me' } },
      { name: 'chat', type: 'slack', secrets: env('SLACK'), settings: {} },
    ],
    told: [],
  });
});

test.each(['{}', 'endpoints:', 'endpoints: {}'])('%s has none', (text) => {
  expect(read(text)).toEqual({ endpoints: [], told: [] });
});

test.each([
  [
    'endpoints: [prod]',
    `error[configuration-value]: \`endpoints\` expects a mapping of names to endpoints
 --> serve.yaml:1:12
  |
1 | endpoints: [prod]
  |            ^^^^^^`,
  ],
  [
    'endpoints: { Prod: { type: github, secret: { env: A } } }',
    `error[configuration-value]: \`endpoints\` expects names of small letters, digits and hyphens, as they end an address
 --> serve.yaml:1:14
  |
1 | endpoints: { Prod: { type: github, secret: { env: A } } }
  |              ^^^^`,
  ],
  [
    'endpoints: { a: { type: githup, secret: { env: A } } }',
    `error[configuration-value]: \`endpoints.a.type\` expects one of \`alertmanager\`, \`grafana\`, \`pagerduty\`, \`sns\`, \`eventbridge\`, \`datadog\`, \`github\`, \`gitlab\`, \`cloudevents\`, \`webhook\`, \`slack\`
 --> serve.yaml:1:25
  |
1 | endpoints: { a: { type: githup, secret: { env: A } } }
  |                         ^^^^^^ did you mean \`github\`?`,
  ],
  [
    'endpoints: { a: { secret: { env: A } } }',
    `error[configuration-value]: \`endpoints.a.type\` expects one of \`alertmanager\`, \`grafana\`, \`pagerduty\`, \`sns\`, \`eventbridge\`, \`datadog\`, \`github\`, \`gitlab\`, \`cloudevents\`, \`webhook\`, \`slack\`
 --> serve.yaml:1:17
  |
1 | endpoints: { a: { secret: { env: A } } }
  |                 ^^^^^^^^^^^^^^^^^^^^^^`,
  ],
  [
    'endpoints: { a: github }',
    `error[configuration-value]: \`endpoints.a.type\` expects one of \`alertmanager\`, \`grafana\`, \`pagerduty\`, \`sns\`, \`eventbridge\`, \`datadog\`, \`github\`, \`gitlab\`, \`cloudevents\`, \`webhook\`, \`slack\`
 --> serve.yaml:1:17
  |
1 | endpoints: { a: github }
  |                 ^^^^^^`,
  ],
  [
    'endpoints: { a: { type: github } }',
    `error[configuration-value]: \`endpoints.a.secret\` expects a reference such as \`{ env: NAME }\`, \`{ file: PATH }\` or \`{ command: LINE }\`, or a list of these
 --> serve.yaml:1:17
  |
1 | endpoints: { a: { type: github } }
  |                 ^^^^^^^^^^^^^^^^`,
  ],
  [
    'endpoints: { a: { type: github, secret: s3cret } }',
    `error[configuration-value]: \`endpoints.a.secret\` expects a reference such as \`{ env: NAME }\`, \`{ file: PATH }\` or \`{ command: LINE }\`, or a list of these
 --> serve.yaml:1:41
  |
1 | endpoints: { a: { type: github, secret: s3cret } }
  |                                         ^^^^^^`,
  ],
  [
    'endpoints: { a: { type: github, secret: [] } }',
    `error[configuration-value]: \`endpoints.a.secret\` expects a reference such as \`{ env: NAME }\`, \`{ file: PATH }\` or \`{ command: LINE }\`, or a list of these
 --> serve.yaml:1:41
  |
1 | endpoints: { a: { type: github, secret: [] } }
  |                                         ^^`,
  ],
  [
    'endpoints: { a: { type: github, secret: { env: A, file: b } } }',
    `error[configuration-value]: \`endpoints.a.secret\` expects a reference such as \`{ env: NAME }\`, \`{ file: PATH }\` or \`{ command: LINE }\`, or a list of these
 --> serve.yaml:1:41
  |
1 | endpoints: { a: { type: github, secret: { env: A, file: b } } }
  |                                         ^^^^^^^^^^^^^^^^^^^`,
  ],
  [
    'endpoints: { a: { type: github, secret: { env: "A B" } } }',
    `error[configuration-value]: \`endpoints.a.secret\` expects a reference such as \`{ env: NAME }\`, \`{ file: PATH }\` or \`{ command: LINE }\`, or a list of these
 --> serve.yaml:1:41
  |
1 | endpoints: { a: { type: github, secret: { env: "A B" } } }
  |                                         ^^^^^^^^^^^^^^`,
  ],
  [
    'endpoints: { a: { type: github, secret: [{ file: "" }] } }',
    `error[configuration-value]: \`endpoints.a.secret.0.file\` expects a reference such as \`{ env: NAME }\`, \`{ file: PATH }\` or \`{ command: LINE }\`, or a list of these
 --> serve.yaml:1:50
  |
1 | endpoints: { a: { type: github, secret: [{ file: "" }] } }
  |                                                  ^^`,
  ],
  [
    'endpoints: { a: { type: github, secrets: { env: A } } }',
    `error[unknown-configuration-key]: \`secrets\` is not a key of a \`github\` endpoint
 --> serve.yaml:1:33
  |
1 | endpoints: { a: { type: github, secrets: { env: A } } }
  |                                 ^^^^^^^ did you mean \`secret\`?
error[configuration-value]: \`endpoints.a.secret\` expects a reference such as \`{ env: NAME }\`, \`{ file: PATH }\` or \`{ command: LINE }\`, or a list of these
 --> serve.yaml:1:17
  |
1 | endpoints: { a: { type: github, secrets: { env: A } } }
  |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
  ],
  [
    'endpoints: { a: { type: slack, secret: { env: A }, header: X-A } }',
    `error[unknown-configuration-key]: \`header\` is not a key of a \`slack\` endpoint
 --> serve.yaml:1:52
  |
1 | endpoints: { a: { type: slack, secret: { env: A }, header: X-A } }
  |                                                    ^^^^^^
  = help: there are \`type\`, \`secret\``,
  ],
  [
    'endpoints: { a: { type: webhook, secret: { env: A }, header: X-A, user: me } }',
    `error[configuration-value]: \`endpoints.a.user\` expects no \`header\` beside it: the secret is a password, or is a header by itself
 --> serve.yaml:1:73
  |
1 | endpoints: { a: { type: webhook, secret: { env: A }, header: X-A, user: me } }
  |                                                                         ^^`,
  ],
  [
    'endpoints: { a: { type: webhook, secret: { env: A }, header: "X A" } }',
    `error[configuration-value]: \`endpoints.a.header\` expects the name of a header, such as \`X-Runsheet-Token\`
 --> serve.yaml:1:62
  |
1 | endpoints: { a: { type: webhook, secret: { env: A }, header: "X A" } }
  |                                                              ^^^^^`,
  ],
  [
    'endpoints: { a: { type: alertmanager, secret: { env: A }, user: "me:you" } }',
    `error[configuration-value]: \`endpoints.a.user\` expects the user of basic authentication, without a colon
 --> serve.yaml:1:65
  |
1 | endpoints: { a: { type: alertmanager, secret: { env: A }, user: "me:you" } }
  |                                                                 ^^^^^^^^`,
  ],
  [
    'endpoints: { a: { type: sns, topics: alarms } }',
    `error[configuration-value]: \`endpoints.a.topics\` expects topics such as \`arn:aws:sns:eu-central-1:123456789012:alarms\`
 --> serve.yaml:1:38
  |
1 | endpoints: { a: { type: sns, topics: alarms } }
  |                                      ^^^^^^`,
  ],
  [
    'endpoints: { a: { type: sns } }',
    `error[configuration-value]: \`endpoints.a.topics\` expects topics such as \`arn:aws:sns:eu-central-1:123456789012:alarms\`
 --> serve.yaml:1:17
  |
1 | endpoints: { a: { type: sns } }
  |                 ^^^^^^^^^^^^^`,
  ],
])('%s is wrong', (text, told) => {
  const reading = read(text);
  expect({ ...reading, told: reading.told.join('\n') }).toEqual({ endpoints: [], told });
});

test('what is wrong with one endpoint leaves the others', () => {
  const { endpoints, told } = read(
    'endpoints: { a: { type: github, secret: { env: A } }, constructor: { type: none }, b: { type: slack, secret: 7 } }',
  );
  expect([endpoints.map(({ name }) => name), told.length]).toEqual([['a'], 2]);
});
