import { describe, expect, test } from 'vitest';
import { parse, problems, textAt } from '../../runbook-of.ts';

const page = (yaml: string) => `---\n${yaml}\n---\n\n# T\n`;
const read = (yaml: string) => {
  const { runbook, diagnostics } = parse(page(yaml));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return runbook;
};
/** The rules, with places as the texts that stand there. */
const rules = (yaml: string): unknown => {
  const runbook = read(yaml);
  return JSON.parse(
    JSON.stringify(runbook.frontMatter.triggers, (_, value) =>
      typeof value?.start === 'number' ? textAt(runbook, value) : value,
    ),
  );
};
const plain = { match: [], set: [], whenResolved: 'ignore', quiet: [], may: 'read' };
const equal = (value: string) => ({ type: 'equal', value });
const pattern = (source: string) => ({ type: 'pattern', source });

describe('rules for events', () => {
  test('are five lines in the common case', () => {
    const yaml = [
      'on:',
      '  alertmanager: { match: { alertname: PostgresConnectionsHigh, severity: [critical, page] } }',
      'inputs:',
      String.raw`  PGHOST: { from: event.labels.instance, pattern: '^[a-z0-9.-]+(:\d+)?$' }`,
    ].join('\n');
    expect(rules(yaml)).toEqual([
      {
        ...plain,
        source: 'alertmanager',
        match: [
          {
            label: 'alertname',
            any: [equal('PostgresConnectionsHigh')],
            none: [],
            span: 'PostgresConnectionsHigh',
          },
          { label: 'severity', any: [equal('critical'), equal('page')], none: [], span: '[critical, page]' },
        ],
        span: 'alertmanager',
      },
    ]);
    expect(read(yaml).frontMatter.inputs).toEqual([
      {
        name: 'PGHOST',
        type: 'string',
        required: false,
        pattern: String.raw`^[a-z0-9.-]+(:\d+)?$`,
        fromEvent: ['labels', 'instance'],
        span: expect.anything(),
      },
    ]);
  });

  test('say everything in a list', () => {
    const yaml = [
      'on:',
      "  - source: alertmanager/prod            # an endpoint of the server's configuration: it owns the secret",
      "    match: { alertname: DiskWillFill, mountpoint: '~^/(var|data)' }",
      '    if: double(event.annotations.free_percent) < 10.0 && !(event.labels.env == "dev")',
      '    set: { HOST: event.labels.instance, MOUNT: event.labels.mountpoint }   # CEL, text only',
      '    dedup: { key: event.fingerprint, for: 30m }',
      '    when-resolved: stop-if-waiting',
      '    quiet: { days: [sat, sun], from: 22:00, to: 07:00, timezone: Europe/Berlin, then: ask }',
      '    may: read',
      'concurrency: { key: $HOST, limit: 1, when-full: queue }',
      'rate: 6/h',
      'run-on: dmz',
      'inputs: { HOST: {}, MOUNT: {} }',
    ].join('\n');
    const condition = 'double(event.annotations.free_percent) < 10.0 && !(event.labels.env == "dev")';
    const code = (text: string) => ({ code: text, span: text });
    const [rule] = rules(yaml) as [{ span: string }];
    expect(rule).toEqual({
      source: 'alertmanager',
      endpoint: 'prod',
      match: [
        { label: 'alertname', any: [equal('DiskWillFill')], none: [], span: 'DiskWillFill' },
        { label: 'mountpoint', any: [pattern('^/(var|data)')], none: [], span: "'~^/(var|data)'" },
      ],
      condition: code(condition),
      set: [
        { input: 'HOST', value: code('event.labels.instance'), span: 'HOST' },
        { input: 'MOUNT', value: code('event.labels.mountpoint'), span: 'MOUNT' },
      ],
      dedup: { key: code('event.fingerprint'), forMs: 1_800_000 },
      whenResolved: 'stop-if-waiting',
      quiet: [{ days: ['sat', 'sun'], from: 1320, to: 420, timezone: 'Europe/Berlin', action: 'ask' }],
      may: 'read',
      span: rule.span,
    });
    expect(rule.span).toMatch(/^source: alertmanager\/prod/);
    const { rate, runOn } = read(yaml).frontMatter;
    expect({ rate, runOn }).toEqual({ rate: { count: 6, perMs: 3_600_000 }, runOn: 'dmz' });
  });

  test('are for people, code hosts, the clock and chats', () => {
    const yaml = [
      'on:',
      '  slack: { command: /failover, people: [dba] }',
      '  github: { event: deployment_status, match: { state: failure }, repository: acme/shop }',
      '  schedule: { cron: "0 6 * * mon", timezone: UTC }',
      `  webhook: { name: cleanup, if: 'event.kind == "disk"' }`,
    ].join('\n');
    const label = (name: string, value: string) => ({
      label: name,
      any: [equal(value)],
      none: [],
      span: value,
    });
    expect(rules(yaml)).toEqual([
      { ...plain, source: 'slack', match: [label('command', '/failover')], people: ['dba'], span: 'slack' },
      {
        ...plain,
        source: 'github',
        match: [
          label('event', 'deployment_status'),
          label('repository', 'acme/shop'),
          label('state', 'failure'),
        ],
        span: 'github',
      },
      {
        ...plain,
        source: 'schedule',
        schedule: { cron: '0 6 * * mon', timezone: 'UTC', span: '"0 6 * * mon"' },
        span: 'schedule',
      },
      {
        ...plain,
        source: 'webhook',
        endpoint: 'cleanup',
        condition: { code: 'event.kind == "disk"', span: `'event.kind == "disk"'` },
        span: 'webhook',
      },
    ]);
  });

  test('may be several for one sender, or take whatever it tells', () => {
    expect(
      rules('on: { grafana: [{ may: change }, { match: { a: ["!x", "!~y.*", "=!z", "~v"] } }], sns: }'),
    ).toEqual([
      { ...plain, source: 'grafana', may: 'change', span: '{ may: change }' },
      {
        ...plain,
        source: 'grafana',
        match: [
          {
            label: 'a',
            any: [equal('!z'), pattern('v')],
            none: [equal('x'), pattern('y.*')],
            span: '["!x", "!~y.*", "=!z", "~v"]',
          },
        ],
        span: '{ match: { a: ["!x", "!~y.*", "=!z", "~v"] } }',
      },
      { ...plain, source: 'sns', span: 'sns' },
    ]);
  });

  test('take names such as `__proto__` and `constructor` as labels', () => {
    expect(rules('on: { webhook: { match: { __proto__: a, constructor: b } } }')).toEqual([
      {
        ...plain,
        source: 'webhook',
        match: [
          { label: '__proto__', any: [equal('a')], none: [], span: 'a' },
          { label: 'constructor', any: [equal('b')], none: [], span: 'b' },
        ],
        span: 'webhook',
      },
    ]);
  });

  test.each([
    [
      'on: { webhook: { quiet: { days: sun } } }',
      { days: ['sun'], from: 0, to: 1440, timezone: 'UTC', action: 'wait' },
    ],
    [
      'on: { webhook: { quiet: [{ from: 0:30, to: "24:00", then: drop, timezone: America/New_York }] } }',
      {
        days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
        from: 30,
        to: 1440,
        timezone: 'America/New_York',
        action: 'drop',
      },
    ],
  ])('leave out of quiet hours what is usual: %s', (yaml, hours) => {
    expect(read(yaml).frontMatter.triggers?.[0]?.quiet).toEqual([hours]);
  });
});

describe('what is wrong with rules for events', () => {
  test.each([
    [
      'on: true',
      '`on` expects senders with their rules, such as `{ alertmanager: { match: { alertname: … } } }`',
      'true',
    ],
    // Without quotes, `!` begins a tag of YAML, and the opposite would be lost silently.
    ['on: { webhook: { match: { a: !x } } }', '`!x` is a tag of YAML here, and no text', '!x'],
    ['on: { webhook: { match: { a: [!~y.*, z] } } }', '`!~y.*` is a tag of YAML here, and no text', '!~y.*'],
    ['on: { webhook: { match: { a: ! x } } }', '`!` is a tag of YAML here, and no text', '!'],
    [
      'on: { alertmanger: {} }',
      '`alertmanger` is no kind of sender that a runbook knows',
      'alertmanger',
      'did you mean `alertmanager`?',
    ],
    [
      'on: [{ match: { a: b } }]',
      '`on.0` expects `source:` and what is wanted of it, such as `{ source: alertmanager, match: … }`',
      '{ match: { a: b } }',
    ],
    [
      'on: [{ source: "webhook/a b" }]',
      '`on.0.source` expects the name of an endpoint after `webhook/`',
      '"webhook/a b"',
    ],
    [
      'on: { webhook: { mach: { a: b } } }',
      '`on.webhook.mach` is not a key of a rule for `webhook`',
      'mach',
      'did you mean `match`?',
    ],
    [
      'on: { webhook: [{}, { cron: x }] }',
      '`on.webhook.1.cron` is not a key of a rule for `webhook`',
      'cron',
    ],
    [
      'on: { webhook: { match: [a] } }',
      '`on.webhook.match` expects a mapping of labels such as `{ severity: [critical, page] }`',
      '[a]',
    ],
    [
      'on: { webhook: { match: { a: } } }',
      '`on.webhook.match.a` expects a text, a pattern such as `~web-.*`, one of them after `!`, or a list of those',
      'a',
    ],
    ['on: { webhook: { match: { a: [x, "~("] } } }', '`(` is not a regular expression', '"~("'],
    [
      'on: { webhook: { match: { a: [x, "=~db.*"] } } }',
      '`=~` is the sign for patterns of Alertmanager, and none here',
      '"=~db.*"',
    ],
    [
      'on: { github: { event: "!=~push" } }',
      '`=~` is the sign for patterns of Alertmanager, and none here',
      '"!=~push"',
    ],
    [
      'on: { webhook: { if: } }',
      '`on.webhook.if` expects an expression such as `event.labels.env == "prod"`',
      'if',
    ],
    [
      'on: { webhook: { set: HOST } }',
      '`on.webhook.set` expects a mapping of inputs to expressions, such as `{ HOST: event.labels.instance }`',
      'HOST',
    ],
    [
      'on: { webhook: { dedup: { for: soon } } }',
      '`on.webhook.dedup.for` expects a duration such as `30s`, `5m` or `1h30m`',
      'soon',
    ],
    [
      'on: { webhook: { dedup: { fro: 5m } } }',
      '`on.webhook.dedup.fro` is not a key of `dedup`',
      'fro',
      'did you mean `for`?',
    ],
    [
      'on: { webhook: { when-resolved: stop } }',
      '`on.webhook.when-resolved` expects `ignore`, `stop-if-waiting` or `note`',
      'stop',
    ],
    ['on: { webhook: { may: destructive } }', '`on.webhook.may` expects `read` or `change`', 'destructive'],
    [
      'on: { webhook: { quiet: nights } }',
      '`on.webhook.quiet` expects `{ days: […], from: 22:00, to: 07:00, timezone: …, then: wait }`, or a list of those',
      'nights',
    ],
    [
      'on: { webhook: { quiet: { days: [] } } }',
      '`on.webhook.quiet.days` expects days such as `[sat, sun]`',
      '[]',
    ],
    [
      'on: { webhook: { quiet: { from: 22:00 } } }',
      '`on.webhook.quiet` expects `to` as well, a time such as `22:00`',
      '{ from: 22:00 }',
    ],
    [
      'on: { webhook: { quiet: { from: 22:60, to: 7:00 } } }',
      '`on.webhook.quiet.from` expects a time such as `22:00`',
      '22:60',
    ],
    [
      'on: { webhook: { quiet: { from: 7:00, to: 07:00 } } }',
      'quiet hours end at another time than they begin',
      '07:00',
    ],
    [
      'on: { webhook: { quiet: { timezone: +02:00 } } }',
      '`on.webhook.quiet.timezone` expects a time zone such as `Europe/Berlin`',
      '+02:00',
    ],
    [
      'on: { webhook: { quiet: { timezone: Berlin } } }',
      '`on.webhook.quiet.timezone` expects a time zone such as `Europe/Berlin`',
      'Berlin',
      'did you mean `Europe/Berlin`?',
    ],
    [
      'on: { webhook: { quiet: { then: wiat } } }',
      '`on.webhook.quiet.then` expects `ask`, `wait` or `drop`',
      'wiat',
      'did you mean `wait`?',
    ],
    ['on: { schedule: { timezone: UTC } }', '`schedule` says nothing of when', '{ timezone: UTC }'],
    [
      'on: { slack: { people: {} } }',
      '`on.slack.people` expects names of people, or of groups under `approvals`',
      '{}',
    ],
    ['rate: often', '`rate` expects so many in a time, such as `6/h` or `2/30m`', 'often'],
    ['run-on: a b', '`run-on` expects a name of letters, digits, `-`, `_` and `.`', 'a b'],
    [
      'inputs: { A: { from: labels.a } }',
      '`inputs.A.from` expects the path of a value of the event, such as `event.labels.instance`',
      'labels.a',
    ],
  ])('%s', (yaml, message, place, label?: string) => {
    const { runbook, diagnostics } = parse(page(yaml));
    const [first, ...others] = diagnostics.filter(({ severity }) => severity === 'error');
    expect(others).toEqual([]);
    expect([
      first?.message,
      first?.span && textAt(runbook, first.span).slice(0, place.length),
      first?.label,
    ]).toEqual([message, place, label]);
    expect(runbook.frontMatter.triggers).toBeUndefined();
  });

  test('is shown with its place', () => {
    const yaml = 'on:\n  alertmanager:\n    macth: { a: b }\n    may: chnage\n  pagerdutty: {}';
    expect(problems(page(yaml))).toBe(
      [
        'error[unknown-front-matter-key]: `on.alertmanager.macth` is not a key of a rule for `alertmanager`',
        ' --> book.md:4:5',
        '  |',
        '4 |     macth: { a: b }',
        '  |     ^^^^^ did you mean `match`?',
        '',
        'error[front-matter-value]: `on.alertmanager.may` expects `read` or `change`',
        ' --> book.md:5:10',
        '  |',
        '5 |     may: chnage',
        '  |          ^^^^^^ did you mean `change`?',
        '',
        'error[front-matter-value]: `pagerdutty` is no kind of sender that a runbook knows',
        ' --> book.md:6:3',
        '  |',
        '6 |   pagerdutty: {}',
        '  |   ^^^^^^^^^^ did you mean `pagerduty`?',
      ].join('\n'),
    );
  });
});
