import { expect, test } from 'vitest';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parse } from '../runbook-of.ts';

/** The only block of a page, as the plan has it, with the languages that the plan declares. */
function planned(info: string) {
  const { runbook, diagnostics } = parse(`# T\n\n\`\`\`${info}\ntrue\n\`\`\`\n`);
  const { items, interpreters } = compilePlan(runbook).plan;
  const [item] = items;
  const { address, language, tags, onDemand } = { language: '', ...item } as {
    [key: string]: unknown;
  };
  return { diagnostics, item: item && { address, language, tags, onDemand }, interpreters };
}

test.each([
  ['sh {"name":"docker ps"}', { address: 'docker-ps' }],
  ['sh {"name":"a","excludeFromRunAll":"true"}', { address: 'a', onDemand: true }],
  ['sh {"name":"a","category":"build,deploy","tag":"x"}', { address: 'a', tags: ['build', 'deploy', 'x'] }],
  ['sh {"name":"a","interpreter":"python3"}', { address: 'a', language: 'python' }],
  ['text {"name":"a","interpreter":"/usr/bin/env bash"}', { address: 'a', language: 'bash' }],
])('%s', (info, expected) => {
  const { diagnostics, item } = planned(info);
  expect(diagnostics).toEqual([]);
  expect(item).toMatchObject(expected);
});

test('an interpreter with arguments is a language of the page', () => {
  const { item, interpreters } = planned('js {"name":"a","interpreter":"deno run -A"}');
  expect([item?.language, interpreters]).toEqual(['deno run -a', { 'deno run -a': ['deno', 'run', '-A'] }]);
});

test('what is ignored is not run', () => {
  expect(planned('sh {"name":"a","ignore":"true"}').item).toBeUndefined();
});
