import { expect, test } from 'vitest';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parse } from '../../runbook/runbook-of.ts';

const plan = (text: string) => compilePlan(parse(text).runbook).plan.items;

test('a message keeps to itself what its heading and its page say of commands', () => {
  const items = plan(
    [
      '---\nuser: postgres\nerrexit: false\nhosts: { web: [w1, w2] }\n---\n\n# T\n\n## Steps\n',
      '### Tell {host=web parallel=2 retries=3 timeout=5s check="true" when="test -e x" on-failure=continue}\n',
      '```sh {name=tell send=ops}\nThe pool of <SITE> is $LOAD.\n```\n',
    ].join('\n'),
  );
  expect(items).toMatchObject([
    { address: 'tell', sends: ['ops'], when: 'test -e x', onFailure: 'continue' },
  ]);
  const [item] = items;
  expect(item).toMatchObject({
    language: 'text',
    risk: 'change',
    retries: 0,
    hosts: [],
    placeholders: { SITE: expect.any(String) },
  });
  for (const key of ['check', 'user', 'timeoutMs', 'parallel', 'errexit'])
    expect(item).not.toHaveProperty(key);
});

test('a message is a step in any section, and what it looks like is no doubt', () => {
  const items = plan(
    '# T\n\n## Diagnosis\n\n### Tell\n\n```{send=ops}\nkubectl delete pod x\n+---+\n```\n\n## Steps\n\n```sh {name=go}\ntrue\n```\n',
  );
  expect(items.map(({ address, risk, phase, doubts }) => [address, risk, phase, doubts])).toEqual([
    ['tell', 'change', 'diagnosis', undefined],
    ['go', 'change', 'steps', undefined],
  ]);
});
