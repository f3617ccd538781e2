import { expect, test } from 'vitest';
import { shellCandidates } from '../../../../src/engine/interpreters/find-language.ts';
import { shellNames } from '../../../../src/runbook/front-matter/complaints/unusable-values.ts';
import { parse, textAt } from '../../runbook-of.ts';

function found(yaml: string): unknown[] {
  const { runbook, diagnostics } = parse(`---\n${yaml}\n---\n\n# T\n`);
  return diagnostics.map(
    ({ message, help, span }) => [message, help, span && textAt(runbook, span)] as const,
  );
}

test.each([
  [
    'shell: powershell',
    '`shell` expects the name or the path of a shell, and received `powershell`',
    'known are `ash`, `bash`, `dash`, `fish`, `ksh`, `sh`, `zsh`; how others are started is said by `interpreters`',
    'powershell',
  ],
  [
    'shell: bash -e',
    '`shell` expects the name or the path of a shell, and received `bash -e`',
    expect.any(String),
    'bash -e',
  ],
  [
    'approvals: { dba: { people: [ada, ada], count: 2 } }',
    'the group `dba` wants 2 people, and names 1',
    'name more people, or want fewer of them',
    '2',
  ],
  [
    'inputs: { A: { choices: "a, b" } }',
    '`a, b` is one choice, and the only one of `A`',
    'write a list: `[a, b]`',
    '"a, b"',
  ],
  [
    'inputs: { A: { choices: [], required: true } }',
    '`A` has no choices to choose from',
    'write them as a list: `choices: [staging, production]`',
    '[]',
  ],
  [
    'inputs: { A: { type: choice }, B: { type: choice, choices: { command: ls } } }',
    '`A` is a `choice` without `choices`, which takes any text',
    'write them as a list: `choices: [staging, production]`',
    'choice',
  ],
  [
    "inputs: { A: { pattern: '/^\\d+$/' } }",
    'the pattern of `A` matches nothing, since its slashes belong to it',
    'write it without them: `\\d+`; it holds for the whole value',
    "'/^\\d+$/'",
  ],
])('%j', (yaml, message, help, at) => {
  expect(found(yaml)).toEqual([[message, help, at]]);
});

test.each([
  ...shellNames.map((name) => `shell: /opt/bin/${name}`),
  'approvals: { dba: { people: [ada, grace], count: 2 }, any: { count: 2 } }',
  'inputs: { A: { choices: [a, b] }, B: { choices: [only] }, C: { pattern: /srv/.* } }',
])('%j can be used', (yaml) => {
  expect(found(yaml)).toEqual([]);
});

test('each shell that can be named is found', () => {
  const others = shellNames.filter((name) => shellCandidates(name) === undefined);
  expect(others).toEqual(['fish', 'ksh']);
});
