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
