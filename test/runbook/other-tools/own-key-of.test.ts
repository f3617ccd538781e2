import { expect, test } from 'vitest';
import { parse } from '../runbook-of.ts';

const told = (yaml: string) =>
  parse(`---\n${yaml}\n---\n\n# T\n\n\`\`\`sh\ntrue\n\`\`\`\n`).diagnostics.map(
    ({ severity, label, help }) => `${severity}: ${label ?? help ?? ''}`,
  );

/** Keys of other tools beside one that is ours alone. */
test.each([
  ['vars: { A: 1 }', 'inputs'],
  ['parameters: [A]', 'inputs'],
  ['environment: { A: 1 }', 'env'],
  ['approvers: [ada]', 'approvals'],
  ['requireApproval: dba', 'approvals'],
  ['notifications: [ops]', 'notify'],
  ['slack: ops', 'notify'],
  ['strict: true', 'errexit'],
  ['continue-on-error: true', 'errexit'],
  ['ignore_errors: true', 'errexit'],
  ['lock: true', 'concurrency'],
  ['inventory: [web1]', 'hosts'],
  ['runtimes: { go: go }', 'interpreters'],
  ['workdir: /opt', 'cwd'],
  ['working-directory: /opt', 'cwd'],
  ['outputz: [A]', 'outputs'],
  ['shel: zsh', 'shell'],
])('`%s` means `%s`', (written, meant) => {
  expect(told(`accept: [alternative]\n${written}`)).toEqual([`error: did you mean \`${meant}\`?`]);
  expect(told(`title: x\n${written}`)).toHaveLength(1);
});

test.each([
  'timeout: 30s',
  'retries: 3',
  'become: true',
  'schedule: weekly',
  'confirm: [ops]',
  'skip: false',
  'max-time: 3',
  'on-failure: stop',
])('`%s` guards nothing in front matter', (written) => {
  const help = 'it guards nothing here: write it on a block, or on the heading of a step';
  expect(told(`accept: [alternative]\n${written}`)).toEqual([`error: ${help}`]);
  expect(told(`title: x\n${written}`)).toEqual([`warning: ${help}`]);
});

test.each([
  'confirm: true',
  'skip: true',
  'dry-run: yes',
  'disabled: true',
  'excludeFromRunAll: true',
  'manual: true',
  'enabled: false',
  'run: "no"',
  'execute: false',
  'when: test -f /etc/app',
  'if: "$ENV == prod"',
  'only-if: test -f /etc/app',
  'skip_if: test -f /etc/app',
])('`%s` holds back the whole page, whatever tool it is written for', (written) => {
  expect(told(`title: x\n${written}`)).toEqual([
    'error: it guards nothing here: write it on a block, or on the heading of a step',
  ]);
});

test.each(['requires-approval: true', 'require_approval: dba'])(
  '`%s` holds back the whole page',
  (written) => {
    expect(told(`title: x\n${written}`)).toEqual(['error: did you mean `approvals`?']);
  },
);

test.each(['enabled: true', 'draft: true', 'published: false', 'status: disabled', 'hidden: true'])(
  '`%s` is no error',
  (written) => {
    expect(told(`title: x\n${written}`).filter((line) => line.startsWith('error'))).toEqual([]);
  },
);

test.each([
  ['inputs: { A: { options: [a] } }', 'error: did you mean `choices`?'],
  ['inputs: { A: { regex: a } }', 'error: did you mean `pattern`?'],
  ['inputs: { A: { sensitive: true } }', 'error: did you mean `secret`?'],
  ['inputs: { A: { mandatory: true } }', 'error: did you mean `required`?'],
  ['inputs: { A: { frobnicate: 1 } }', 'warning: '],
  ['approvals: { dba: { approvers: [ada] } }', 'error: did you mean `people`?'],
  ['approvals: { dba: { people: [ada], min: 2 } }', 'error: did you mean `count`?'],
  ['approvals: { dba: { people: [ada], deadline: 5m } }', 'error: did you mean `timeout`?'],
  ['aprovals: { dba: { people: [ada] } }', 'error: did you mean `approvals`?'],
  ['accept: [alternative]\nfrobnicate: 1', 'warning: '],
])('%s', (yaml, diagnostic) => {
  expect(told(yaml)).toEqual([diagnostic]);
});

test.each([
  'author: ada\ndate: 2026-01-01\nweight: 3',
  'ms.author: ada\nms.date: x',
  'runme: { id: x }\nskipPrompts: true',
])('what pages hold for those who show them is left alone: %s', (yaml) => {
  expect(told(`accept: [alternative]\n${yaml}`)).toEqual([]);
});
