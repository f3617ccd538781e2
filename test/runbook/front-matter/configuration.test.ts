import { describe, expect, test } from 'vitest';
import { overlay, readConfiguration } from '../../../src/runbook/front-matter/configuration.ts';
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
          ...{ type: 'webhook', format: 'json', url: 'https://example.org', headers: { constructor: '1.0' } },
          ...{ timeoutMs: 10_000, retries: 3 },
        },
      ],
    ]);
  });

  test('names channels, with bounds where none are written', () => {
    const text = [
      'channels:',
      '  ops: { command: [notify-send, Runbook] }',
      '  pager: { webhook: "https://example.org/${KEY}", headers: { X: "1" }, timeout: 3s, retries: 0 }',
    ].join('\n');
    expect(read(text)).toEqual({
      configuration: {
        ...empty,
        channels: {
          ops: { type: 'command', command: ['notify-send', 'Runbook'], timeoutMs: 10_000 },
          pager: {
            type: 'webhook',
            format: 'json',
            url: 'https://example.org/${KEY}',
            headers: { X: '1' },
            timeoutMs: 3_000,
            retries: 0,
          },
        },
      },
      diagnostics: [],
    });
    const wrong = (channel: string) =>
      read(`channels: { ops: ${channel} }\n`).diagnostics.map(({ message }) => message);
    const either =
      '`channels.ops` expects `{ command: [program, …] }` or `{ webhook: https://… }`, and no other keys than theirs';
    expect([
      wrong('{ webhook: ftp://x }'),
      wrong('{ command: [] }'),
      wrong('{ webhook: http://x, retries: 11 }'),
      wrong('{ url: x }'),
      wrong('[a]'),
    ]).toEqual([
      ['`channels.ops.webhook` expects an address such as `https://example.org/hook`'],
      ['`channels.ops.command` expects a command such as `[go, run]`'],
      ['`channels.ops.retries` expects a whole number from 0 to 10'],
      [either],
      [either],
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
          help: 'there are `sections`, `interpreters`, `errexit`, `log`, `channels`, `ssh`, `run-as`, `sign`',
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
