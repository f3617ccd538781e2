import { describe, expect, test } from 'vitest';
import { parseTestFile } from '../../../src/runbook/cases/parse-test-file.ts';
import { decodeSource } from '../../../src/text/source-file.ts';

function parse(text: string) {
  return parseTestFile(decodeSource('page.test.yaml', new TextEncoder().encode(text)).source);
}

test('a case has what its file says of all, and its own word counts', () => {
  const { cases, diagnostics } = parse(`
inputs: { A: 1.20, B: two }
allow: [sed]
stubs:
  systemctl: { exit: 1 }
  nginx:
hosts: [web1, web2]
on-failure: rollback
timeout: 5s
cases:
  - name: first
    inputs: { B: 02 }
    allow: awk
    hosts: { web2: { down: true, stubs: { nginx: } }, web3: }
    stubs:
      systemctl: [{ when: reload nginx, times: 2 }, { stdout: active }]
    expect: { outcome: rolled-back, files: { a: null } }
  - name: second
    on-failure: stop
`);
  expect(diagnostics).toEqual([]);
  expect(cases).toEqual([
    {
      name: 'first',
      line: 11,
      inputs: { A: '1.20', B: '02' },
      choose: {},
      accept: [],
      env: {},
      stubs: { systemctl: [{ when: 'reload nginx', times: 2 }, { stdout: 'active' }], nginx: [{}] },
      hosts: {
        web1: { stubs: {}, down: false },
        web2: { stubs: { nginx: [{}] }, down: true },
        web3: { stubs: {}, down: false },
      },
      allow: ['sed', 'awk'],
      allowLanguages: [],
      answers: {},
      onFailure: 'rollback',
      irreversible: [],
      singleUser: false,
      ignore: [],
      timeoutMs: 5_000,
      steps: [],
      failEach: true,
      expect: { outcome: 'rolled-back', files: { a: null } },
    },
    {
      name: 'second',
      line: 18,
      inputs: { A: '1.20', B: 'two' },
      choose: {},
      accept: [],
      env: {},
      stubs: { systemctl: [{ exit: 1 }], nginx: [{}] },
      hosts: { web1: { stubs: {}, down: false }, web2: { stubs: {}, down: false } },
      allow: ['sed'],
      allowLanguages: [],
      answers: {},
      onFailure: 'stop',
      irreversible: [],
      singleUser: false,
      ignore: [],
      timeoutMs: 5_000,
      steps: [],
      failEach: true,
      expect: {},
    },
  ]);
});

describe('what is wrong is told at its place', () => {
  test.each([
    ['cases: []', ['`cases` expects at least one case'], 'cases'],
    ['cases:\n  - name: a\n    expects: {}\n', ['`expects` is not a key of a test'], 'expects'],
    [
      'cases:\n  - name: a\n    expect: { outcome: done }\n',
      [
        '`cases.0.expect.outcome` expects one of `succeeded`, `failed`, `rolled-back`, `precondition-failed`, `paused`, `rollback-failed`, `stopped`',
      ],
      'done',
    ],
    ['cases:\n  - name: a\n  - name: a\n', ['two cases are called `a`'], 'a'],
    ['cases: [', ['flow sequence in block collection must be sufficiently indented and end with a ]'], ''],
  ])('%j', (text, messages) => {
    const { cases, diagnostics } = parse(text);
    expect([cases, diagnostics.map(({ message }) => message)]).toEqual([[], messages]);
    expect(
      diagnostics.every(({ code, severity, span }) => code === 'test-file' && severity === 'error' && span),
    ).toBe(true);
  });
});

test('a key that is not there is missing, and one that is none has the nearest beside it', () => {
  const { diagnostics } = parse(
    'stub: {}\ncases:\n  - nme: a\n    expects: {}\n  - name: b\n    expect: { outcom: failed, zz: 1 }\n    stubs: { curl: { stdot: x } }\n',
  );
  expect(diagnostics.map(({ message, label }) => [message, label])).toEqual([
    ['`cases.0.name` is missing', undefined],
    ['`nme` is not a key of a test', 'did you mean `name`?'],
    [
      '`cases.1.stubs.curl` expects one reply, or a list of them: `{ when: …, times: …, exit: …, stdout: …, stderr: …, script: … }`',
      undefined,
    ],
    ['`outcom` is not a key of a test', 'did you mean `outcome`?'],
    ['`stub` is not a key of a test', 'did you mean `stubs`?'],
  ]);
  expect(parse('').diagnostics.map(({ message }) => message)).toEqual(['`cases` is missing']);
});

test('a text that begins with `!` is in quotes, or else a tag, with which no case runs', () => {
  const { cases, diagnostics } = parse('inputs: { X: !dev }\ncases: [{ name: a }]\n');
  expect(cases).toEqual([]);
  expect(diagnostics).toEqual([
    {
      ...{ code: 'test-file', severity: 'error', message: '`!dev` is a tag of YAML here, and no text' },
      ...{ span: { start: 13, end: 17 }, help: 'put a text that begins with `!` in quotes' },
    },
  ]);
});

test.each([
  [
    "expect: { calls: ['!/kubectl scale/i'] }",
    '`!/kubectl scale/i`: a pattern takes no flags, and has `i` behind it',
  ],
  ["expect: { calls: ['/a/x'] }", '`/a/x`: a pattern ends with `/`, and nothing behind it'],
  [
    "expect: { calls: ['!/kubectl (scale|delete/'] }",
    '`!/kubectl (scale|delete/`: the pattern cannot be read: Invalid regular expression: /kubectl (scale|delete/: Unterminated group',
  ],
  ["expect: { output: ['/[[:punct:]]/'] }", '`/[[:punct:]]/`: `[:punct:]` is not known in a pattern'],
  ["expect: { calls: '/[]a]/' }", '`/[]a]/`: a set of a pattern does not begin with `]`: write `\\]`'],
  [
    "stubs: { a: [{}, { when: '/\\bx/' }] }",
    '`/\\bx/`: a stub is a script of bash, which has no words for this pattern',
  ],
  [
    "hosts: { web1: { stubs: { a: { when: '/(/' } } } }",
    '`/(/`: the pattern cannot be read: Invalid regular expression: /(/: Unterminated group',
  ],
  ['accept: [conditions]', 'there is no doubt `conditions`; did you mean `condition`?'],
])('%s is an error', (text, message) => {
  const { cases, diagnostics } = parse(`cases:\n  - name: one\n    ${text}\n`);
  expect(cases).toEqual([]);
  expect(diagnostics.map((one) => [one.code, one.severity, one.message])).toEqual([
    ['test-file', 'error', message],
  ]);
});

test.each([
  "stubs: { a: { when: '/etc/nginx/sites' } }",
  "stubs: { a: { when: '/é \\d+ [[:alpha:]_]/' } }",
  "expect: { calls: ['!/replicas=[[:digit:]]/', '/(?=a)b/'], output: [/etc/hosts] }",
  'accept: [condition, alternative]',
])('%s is none', (text) => {
  expect(parse(`cases:\n  - name: one\n    ${text}\n`).diagnostics).toEqual([]);
});
