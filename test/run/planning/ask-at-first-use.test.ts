import { expect, test } from 'vitest';
import { askAtFirstUse } from '../../../src/run/planning/ask-at-first-use.ts';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parse } from '../../runbook/runbook-of.ts';

const fence = (code: string, info = 'sh') => [`\`\`\`${info}`, code, '```', ''];

function planned(...lines: readonly string[]) {
  const { plan } = compilePlan(parse(['## Steps', '', ...lines].join('\n')).runbook);
  const asked = askAtFirstUse(plan, plan.inputs ?? []);
  return {
    items: asked.plan.items.map(({ address }) => address),
    before: (asked.plan.inputs ?? []).map(({ name }) => name),
  };
}

test('what stands behind a listing is asked at its first use', () => {
  expect(
    planned(
      '### A',
      '',
      ...fence('kubectl get pods'),
      '### B',
      '',
      ...fence('kubectl delete pod <pod>'),
      ...fence('echo <pod>'),
    ),
  ).toEqual({
    items: ['a', 'b/value-pod', 'b', 'b/2'],
    before: [],
  });
});

test.each([
  [
    'what stands before every listing',
    ['### A', '', ...fence('kubectl get pod <pod>'), ...fence('kubectl delete pod <pod>')],
    ['POD'],
  ],
  [
    'what may not run',
    [
      '### A',
      '',
      ...fence('kubectl get pods'),
      ...fence('kubectl delete pod <pod>', 'sh {when="test -e x"}'),
    ],
    ['POD'],
  ],
  [
    'what follows a change',
    ['### A', '', ...fence('./deploy.sh'), ...fence('kubectl delete pod <pod>')],
    ['POD'],
  ],
  ['a secret', ['### A', '', ...fence('kubectl get pods'), ...fence('login <password>')], ['PASSWORD']],
])('%s is asked before the run', (_, lines, before) => {
  expect(planned(...lines)).toEqual({
    items: expect.not.arrayContaining([expect.stringContaining('value-')]),
    before,
  });
});
