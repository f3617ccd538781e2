import { describe, expect, test } from 'vitest';
import { overlay } from '../../../src/runbook/front-matter/configuration.ts';
import { readConfiguration } from '../../../src/runbook/front-matter/read-configuration.ts';
import { parseOptionsOf, parseRunbook } from '../../../src/runbook/parse-runbook.ts';
import { decodeSource } from '../../../src/text/source-file.ts';

const sourceOf = (text: string) => decodeSource('runsheet.yaml', new TextEncoder().encode(text)).source;
const read = (text: string) => readConfiguration(sourceOf(text));
const empty = { sections: {}, interpreters: {}, channels: {} };

describe('a configuration file', () => {
  test('adds words and languages', () => {
    expect(
      read('sections:\n  rollback: [Plan B]\n  steps: Los\ninterpreters:\n  Go: [go, run]\n  jq: jq -n\n'),
    ).toEqual({
      configuration: {
        sections: { steps: ['Los'], rollback: ['Plan B'] },
        interpreters: { go: ['go', 'run'], jq: ['jq -n'] },
        channels: {},
      },
      diagnostics: [],
    });
  });

  test('takes no tag of YAML for a text', () => {
    const { configuration, diagnostics } = read('channels: { ops: { webhook: !https://example.org } }\n');
    expect(configuration).toEqual(empty);
    expect(diagnostics).toContainEqual({
      ...{ code: 'configuration-value', severity: 'error' },
      ...{ message: '`!https://example.org` is a tag of YAML here, and no text' },
      ...{ span: { start: 28, end: 48 }, help: 'put a text that begins with `!` in quotes' },
    });
  });

  test('has texts as they are written, and any name', () => {
    const { configuration } = read(
      [
        'interpreters: { constructor: [sh, 1.20] }',
        'channels:',
        '  __proto__: { command: [0x1F], timeout: 3s }',
        '  toString: { webhook: "https://example.org", headers: { constructor: 1.0 }, retries: 3 }',
      ].join('\n'),
    );
    expect(Object.entries(configuration.interpreters)).toEqual([['constructor', ['sh', '1.20']]]);
    expect(Object.entries(configuration.channels)).toEqual([
      ['__proto__', { type: 'command', command: ['0x1F'], timeoutMs: 3_000 }],
      [
        'toString',
        {
          ...{ type: 'webhook', url: 'https://example.org', headers: { constructor: '1.0' } },
          ...{ timeoutMs: 10_000, retries: 3 },
        },
      ],
    ]);
  });

  test('names channels, with bounds where none are written', () => {
    const text = [
      'channels:',
      '  ops: { command: [notify-send, Runbook] }',
      '  hook: { webhook: "https://example.org/${KEY}", headers: { X: "1" }, timeout: 3s, retries: 0 }',
      '  signed: { webhook: "https://example.org", secret: "${SECRET}" }',
      '  chat: { slack: "https://hooks.slack.com/services/${HOOK}" }',
      '  thread: { slack: "#ops", token: "${TOKEN}" }',
      '  gov: { slack: "#ops", token: "${TOKEN}", api: "https://slack-gov.com/api/" }',
      '  team: { teams: "${WORKFLOW}" }',
      '  game: { discord: "https://discord.com/api/webhooks/${HOOK}" }',
      '  pager: { pagerduty: "${KEY}" }',
      '  eu: { pagerduty: "${KEY}", url: "https://events.eu.pagerduty.com/v2/enqueue" }',
      '  mail: { email: ops@example.org, from: "Runs <runs@example.org>", smtp: "smtps://${USER}:${PASS}@smtp.example.org" }',
    ].join('\n');
    const bounds = { timeoutMs: 10_000, retries: 2 };
    const events = 'https://events.pagerduty.com/v2/enqueue';
    expect(read(text)).toEqual({
      configuration: {
        ...empty,
        channels: {
          ops: { type: 'command', command: ['notify-send', 'Runbook'], timeoutMs: 10_000 },
          hook: {
            type: 'webhook',
            url: 'https://example.org/${KEY}',
            headers: { X: '1' },
            timeoutMs: 3_000,
            retries: 0,
          },
          signed: {
            ...bounds,
            type: 'webhook',
            url: 'https://example.org',
            headers: {},
            secret: '${SECRET}',
          },
          chat: { ...bounds, type: 'slack', url: 'https://hooks.slack.com/services/${HOOK}' },
          thread: {
            ...bounds,
            type: 'slack-bot',
            channel: '#ops',
            token: '${TOKEN}',
            api: 'https://slack.com/api',
          },
          gov: {
            ...bounds,
            type: 'slack-bot',
            channel: '#ops',
            token: '${TOKEN}',
            api: 'https://slack-gov.com/api',
          },
          team: { ...bounds, type: 'teams', url: '${WORKFLOW}' },
          game: { ...bounds, type: 'discord', url: 'https://discord.com/api/webhooks/${HOOK}' },
          pager: { ...bounds, type: 'pagerduty', routingKey: '${KEY}', url: events },
          eu: {
            ...bounds,
            type: 'pagerduty',
            routingKey: '${KEY}',
            url: 'https://events.eu.pagerduty.com/v2/enqueue',
          },
          mail: {
            ...bounds,
            type: 'email',
            to: ['ops@example.org'],
            from: 'Runs <runs@example.org>',
            smtp: 'smtps://${USER}:${PASS}@smtp.example.org',
          },
        },
      },
      diagnostics: [],
    });
  });

  const noType =
    'expects `{ slack: … }`, `{ teams: … }`, `{ discord: … }`, `{ pagerduty: … }`, `{ email: … }`, `{ webhook: … }` or `{ command: […] }`';
  test.each([
    ['{ url: x }', `\`channels.ops\` ${noType}`, '{ url: x }'],
    ['[a]', `\`channels.ops\` ${noType}`, '[a]'],
    ['ops', `\`channels.ops\` ${noType}`, 'ops'],
    ['{ command: [] }', '`channels.ops.command` expects a command such as `[go, run]`', '[]'],
    [
      '{ webhook: ftp://x }',
      '`channels.ops.webhook` expects an address such as `https://example.org/hook`',
      'ftp://x',
    ],
    [
      '{ webhook: http://x, retries: 11 }',
      '`channels.ops.retries` expects a whole number from 0 to 10',
      '11',
    ],
    [
      '{ webhook: http://x, secret: short }',
      '`channels.ops.secret` expects a secret such as `${HOOK_SECRET}`: `whsec_` and 24 to 64 bytes as base64',
      'short',
    ],
    [
      '{ webhook: http://x, timeout: soon }',
      '`channels.ops.timeout` expects a duration such as `30s`, `5m` or `1h30m`',
      'soon',
    ],
    [
      '{ slack: "#ops" }',
      '`channels.ops.slack` expects the address of a webhook such as `https://hooks.slack.com/services/…`, or beside `token:` a channel such as `#ops`',
      '"#ops"',
    ],
    ['{ teams: here }', '`channels.ops.teams` expects an address such as `https://example.org/hook`', 'here'],
    [
      '{ pagerduty: "${K}", url: eu }',
      '`channels.ops.url` expects an address such as `https://example.org/hook`',
      'eu',
    ],
    [
      '{ email: everybody, from: a@b, smtp: smtp://x }',
      '`channels.ops.email` expects addresses such as `ops@example.org`',
      'everybody',
    ],
    [
      '{ email: a@b, smtp: smtp://x }',
      '`channels.ops.from` expects the address that its mail comes from, such as `runbooks@example.org`',
      '{ email: a@b, smtp: smtp://x }',
    ],
    [
      '{ email: a@b, from: a@b }',
      '`channels.ops.smtp` expects a mail server such as `smtps://${USER}:${PASSWORD}@smtp.example.org`',
      '{ email: a@b, from: a@b }',
    ],
    [
      '{ email: a@b, from: a@b, smtp: https://x }',
      '`channels.ops.smtp` expects a mail server such as `smtps://${USER}:${PASSWORD}@smtp.example.org`',
      'https://x',
    ],
  ])('says what a channel `%s` lacks, at its place', (channel, message, at) => {
    const text = `channels: { ops: ${channel} }\n`;
    const start = text.indexOf(at, 17);
    expect(read(text).diagnostics).toEqual([
      {
        code: 'configuration-value',
        severity: 'error',
        message,
        span: { start, end: start + Buffer.byteLength(at) },
      },
    ]);
  });

  test.each([
    ['slack', '{ slack: http://x, tokn: x }', 'tokn', { label: 'did you mean `token`?' }],
    [
      'webhook',
      '{ webhook: http://x, format: slack }',
      'format',
      { help: 'there are `webhook`, `headers`, `secret`, `timeout`, `retries`' },
    ],
    ['command', '{ command: [x], retries: 1 }', 'retries', { help: 'there are `command`, `timeout`' }],
    [
      'slack',
      '{ slack: http://x, teams: http://x }',
      'teams',
      { help: 'there are `slack`, `token`, `api`, `timeout`, `retries`' },
    ],
  ])('names keys that a `%s` channel has not: %s', (type, channel, key, more) => {
    const text = `channels: { ops: ${channel} }\n`;
    const start = text.indexOf(key, 20);
    expect(read(text).diagnostics).toEqual([
      {
        code: 'unknown-configuration-key',
        severity: 'error',
        message: `\`${key}\` is not a key of a \`${type}\` channel`,
        span: { start, end: start + key.length },
        ...more,
      },
    ]);
  });

  test.each(['', '# nothing\n', '{}'])('may be empty: %j', (text) => {
    expect(read(text)).toEqual({ configuration: empty, diagnostics: [] });
  });

  test.each([
    [
      'interpreter: {}\n',
      [
        {
          code: 'unknown-configuration-key',
          severity: 'error',
          message: '`interpreter` is not a key of the configuration',
          span: { start: 0, end: 11 },
          label: 'did you mean `interpreters`?',
        },
      ],
    ],
    [
      '\uFEFFtheme: dark\n',
      [
        {
          code: 'unknown-configuration-key',
          severity: 'error',
          message: '`theme` is not a key of the configuration',
          span: { start: 3, end: 8 },
          help: 'there are `sections`, `interpreters`, `errexit`, `log`, `templates`, `check`, `channels`, `ssh`, `run-as`, `rates`, `machine-rate`, `sign`',
        },
      ],
    ],
    [
      'sections: { rolback: [x] }\n',
      [
        {
          code: 'configuration-value',
          severity: 'error',
          message:
            '`sections.rolback` expects lists of words for `preconditions`, `diagnosis`, `steps`, `validation`, `rollback`, `cleanup`, `context`',
          span: { start: 12, end: 19 },
        },
      ],
    ],
    [
      'interpreters: { go: [] }\n',
      [
        {
          code: 'configuration-value',
          severity: 'error',
          message: '`interpreters.go` expects a command such as `[go, run]`',
          span: { start: 20, end: 22 },
        },
      ],
    ],
    [
      'errexit: off\n',
      [
        {
          code: 'configuration-value',
          severity: 'error',
          message: '`errexit` expects `true` or `false`',
          span: { start: 9, end: 12 },
        },
      ],
    ],
    [
      'interpreters: [a\n',
      [
        {
          code: 'configuration-yaml',
          severity: 'error',
          message: 'flow sequence in block collection must be sufficiently indented and end with a ]',
          span: { start: 17, end: 17 },
          help: 'what `[` or `{` opens is closed again',
        },
      ],
    ],
    [
      '- a\n',
      [
        {
          code: 'configuration-value',
          severity: 'error',
          message: '`configuration` expects a mapping',
          span: { start: 0, end: 4 },
        },
      ],
    ],
  ])('says what is wrong and where, and is not used: %j', (text, diagnostics) => {
    expect(read(text)).toEqual({ configuration: empty, diagnostics });
  });
});

test('the nearer configuration adds its words and replaces interpreters', () => {
  const under = {
    sections: { rollback: ['Plan B'], steps: ['Los'] },
    interpreters: { go: ['go'], r: ['R'] },
    channels: {
      ops: { type: 'command', command: ['a'], timeoutMs: 1 },
      sms: { type: 'command', command: ['s'], timeoutMs: 1 },
    },
  } as const;
  const over = {
    sections: { rollback: ['Plan B', 'Back'] },
    interpreters: { go: ['tinygo'] },
    channels: { ops: { type: 'command', command: ['b'], timeoutMs: 2 } },
  } as const;
  expect(overlay(under, over)).toEqual({
    sections: { rollback: ['Plan B', 'Back'], steps: ['Los'] },
    interpreters: { go: ['tinygo'], r: ['R'] },
    channels: { ...under.channels, ...over.channels },
  });
});

test('what the nearer configuration and the front matter say of failing commands counts', () => {
  const errexitOf = (text: string, errexit?: boolean) =>
    parseRunbook(sourceOf(text), errexit === undefined ? {} : { errexit }).runbook.frontMatter.errexit;
  expect([read('errexit: false').configuration.errexit, read('').configuration.errexit]).toEqual([
    false,
    undefined,
  ]);
  expect(overlay({ ...empty, errexit: false }, empty).errexit).toBe(false);
  expect(overlay({ ...empty, errexit: false }, { ...empty, errexit: true }).errexit).toBe(true);
  expect(errexitOf('# T\n', false)).toBe(false);
  expect(errexitOf('---\nerrexit: true\n---\n# T\n', false)).toBe(true);
  expect(errexitOf('# T\n')).toBe(undefined);
});

test('a runbook is understood by the configuration, and so is its next version', () => {
  const text = '# T\n\n## Los\n\n```go\nmain\n```\n\n## Plan B\n\n```sh\nundo\n```\n';
  const options = { sections: { steps: ['Los'], rollback: ['Plan B'] }, interpreters: { go: ['go', 'run'] } };
  const { runbook } = parseRunbook(sourceOf(text), options);
  const again = parseRunbook(sourceOf(text), parseOptionsOf(runbook)).runbook;
  const shape = (parsed: typeof runbook) => [
    parsed.sections.map(({ kind }) => kind),
    parsed.steps.flatMap((step) => step.parts.map((part) => part.type === 'block' && part.block.runnable)),
    parsed.frontMatter.interpreters,
  ];
  expect(shape(runbook)).toEqual([['steps', 'rollback'], [true, true], { go: ['go', 'run'] }]);
  expect(shape(again)).toEqual(shape(runbook));
});
