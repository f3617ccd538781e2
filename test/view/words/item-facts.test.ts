import { expect, test } from 'vitest';
import { itemFacts } from '../../../src/view/words/item-facts.ts';
import { block } from '../../run/sample-plan.ts';

const facts = (more: Parameters<typeof block>[2]): string[] =>
  itemFacts(block('restart', 'steps', more)).map(({ text }) => text);

test('nothing that goes without saying', () => {
  expect(facts({})).toEqual(['sh']);
});

test('when a block is left out, and what must come of it', () => {
  expect(
    facts({
      when: '! cmp -s "$NEW" "$OLD"',
      check: 'test -d shelf',
      exit: [0, 3],
      expect: [
        { type: 'text', text: 'ready\n', negated: false },
        { type: 'regex', source: 'err(or)?', flags: 'i', negated: true },
        { type: 'output' },
        { type: 'similarity', threshold: 0.3 },
        { type: 'json', expression: '.ok' },
        { type: 'number', comparison: '<70' },
      ],
    }),
  ).toEqual([
    'sh',
    'only if `! cmp -s "$NEW" "$OLD"`',
    'already done if `test -d shelf`',
    'exit 0 or 3 is good',
    'must print `ready`',
    'must not print `/err(or)?/i`',
    'must print what the page says',
    'must print about what the page says',
    'must print JSON with `.ok`',
    'must print a number <70',
  ]);
});

test('what it hands on', () => {
  const captures = [
    { name: 'ALL' },
    { name: 'VERSION', part: { type: 'pattern', source: 'v(.*)', flags: 'i' } },
    { name: 'POD', part: { type: 'json', path: ['items', 0], written: '.items[0]' } },
  ] as const;
  expect(facts({ captures })).toEqual([
    'sh',
    'sets `ALL`',
    'sets `VERSION` from `/v(.*)/i`',
    'sets `POD` from `.items[0]`',
  ]);
});

test('a condition of many words is cut; the runbook holds all of it', () => {
  expect(facts({ when: `test ${'x'.repeat(100)} = y` })[1]).toBe(`only if \`test ${'x'.repeat(54)}…\``);
});

test('what is known to destroy something, where the author has not said so', () => {
  const code = 'kubectl get ns\nkubectl delete namespace prod\n';
  expect(facts({ code })).toEqual(['`kubectl delete namespace prod` destroys something', 'sh']);
  expect(facts({ code, risk: 'destructive' })).toEqual(['destructive', 'sh']);
});

test('how many hosts at once, where there are more of them than that', () => {
  const onHosts = (count: number, parallel: number) =>
    facts({ hosts: Array.from({ length: count }, (_, index) => `web${index}`), parallel }).at(-1);
  expect([onHosts(3, 10), onHosts(3, 3), onHosts(3, 2), onHosts(3, 1)]).toEqual([
    'all at once',
    'all at once',
    '2 hosts at once',
    'one host after the other',
  ]);
});
