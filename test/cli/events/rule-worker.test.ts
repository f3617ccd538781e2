import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { openRuleJudge, RulesBusy } from '../../../src/engine/triggers/rule-judge.ts';
import type { ReceivedEvent } from '../../../src/run/triggers/received-event.ts';
import { type TriggerRule, triggerRules } from '../../../src/run/triggers/trigger-rule.ts';
import { repositoryRoot } from '../../e2e/rig.ts';
import { parse } from '../../runbook/runbook-of.ts';

const judge = openRuleJudge(pathToFileURL(`${repositoryRoot}/dist/rule-worker.js`));
afterAll(() => judge.close());

const now = Date.parse('2026-01-17T15:00:00Z');
const rulesOf = (page: string, yaml: string): readonly TriggerRule[] => {
  const { runbook, diagnostics } = parse(`---\n${yaml}\n---\n\n# T\n`);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return triggerRules(page, runbook, runbook.frontMatter.inputs);
};
const eventOf = (text: string): ReceivedEvent => ({
  source: 'webhook',
  endpoint: '',
  key: text,
  subject: text,
  state: 'occurred',
  title: text,
  labels: { text },
  fields: { text },
});
const outcomes = async (event: ReceivedEvent, rules: readonly TriggerRule[]) =>
  (await judge.decide(event, rules, { now })).map(({ rule, outcome }) => [rule.page, outcome]);

const start = (key: string, inputs = {}) => ({
  type: 'start',
  inputs,
  dedup: { key, whileFiring: true },
  may: 'read',
  whenResolved: 'ignore',
});
const tooSlow = {
  type: 'rejected',
  reason: 'the rule takes too long for this event, and was broken off: a pattern tries too many ways',
};
const evil = `${'a'.repeat(40)}!`;

describe('rules in threads of their own', () => {
  test('are decided as in this one', async () => {
    const rules = [
      ...rulesOf('a', 'on: { webhook: { if: event.text == "b" } }\ninputs: { A: { from: event.text } }'),
      ...rulesOf('b', 'on: { webhook: { if: event.text == "c" } }'),
      ...rulesOf('c', 'on: { grafana: }'),
    ];
    expect(await outcomes(eventOf('b'), rules)).toEqual([
      ['a', start('b', { A: 'b' })],
      ['b', { type: 'no-match', reason: '`if` does not hold' }],
      ['c', { type: 'no-match', reason: 'the event comes from `webhook`, and the rule is for `grafana`' }],
    ]);
  });

  test('that never come to an end are broken off, and nobody waits for them', {
    timeout: 20_000,
  }, async () => {
    const plain = rulesOf('plain', 'on: { webhook: { if: event.text.startsWith("a") } }');
    const slow = [
      ...rulesOf('if', `on: { webhook: { if: 'event.text.matches("^(a+)+$")' } }`),
      ...rulesOf('match', `on: { webhook: { match: { text: '~(a+)+' } } }`),
      ...rulesOf('pattern', `on: { webhook: }\ninputs: { A: { from: event.text, pattern: '(a+)+' } }`),
    ];
    await outcomes(eventOf('a'), plain);
    // It is given up after a second, and by then the others have long been answered.
    const answered: string[] = [];
    const texts = ['ab', 'ac', 'ad'];
    const [one, ...others] = await Promise.all([
      outcomes(eventOf(evil), slow.slice(0, 1)).finally(() => answered.push('slow')),
      ...texts.map((text) => outcomes(eventOf(text), plain).finally(() => answered.push(text))),
    ]);
    expect([answered, one, others]).toEqual([
      [...texts, 'slow'],
      [['if', tooSlow]],
      texts.map((text) => [['plain', start(text)]]),
    ]);
    expect(await outcomes(eventOf(evil), [...slow, ...plain])).toEqual([
      ['if', tooSlow],
      ['match', tooSlow],
      ['pattern', tooSlow],
      ['plain', start(evil)],
    ]);
  });

  test('that are too many and take long are a failure for those that were not tried, and no outcome', {
    timeout: 60_000,
  }, async () => {
    const [slow] = rulesOf('slow', `on: { webhook: { if: 'event.text.matches("^(a+)+$")' } }`);
    if (slow === undefined) throw new Error('no rule');
    // From its second event on it is tried where it is in nobody's way, and that has room for so many.
    expect(await outcomes(eventOf(evil), [slow])).toEqual([['slow', tooSlow]]);
    const told = await Promise.allSettled(
      Array.from({ length: 22 }, () => outcomes(eventOf('aaa'), [slow, slow])),
    );
    const failure = new RulesBusy('too many events wait for rules that take long');
    expect(told).toEqual([
      ...Array(20).fill({
        status: 'fulfilled',
        value: [
          ['slow', start('aaa')],
          ['slow', start('aaa')],
        ],
      }),
      ...Array(2).fill({ status: 'rejected', reason: failure }),
    ]);
  });

  test('that want too much memory end only themselves', { timeout: 20_000 }, async () => {
    const doubling = `event.text + event.text`;
    const large = Array.from({ length: 30 }).reduce<string>(
      (code) => `cel.bind(x, ${code}, x + x)`,
      doubling,
    );
    const rules = [
      ...rulesOf('large', `on: { webhook: { set: { A: '${large}.split("")[0]' } } }\ninputs: { A: {} }`),
      ...rulesOf('plain', 'on: { webhook: }'),
    ];
    expect(await outcomes(eventOf('ab'), rules)).toEqual([
      ['large', { type: 'rejected', reason: expect.any(String) }],
      ['plain', start('ab')],
    ]);
  });

  test('that cannot be started are a failure, and no outcome', async () => {
    const missing = openRuleJudge(pathToFileURL(`${repositoryRoot}/dist/no-such-worker.js`));
    await expect(missing.decide(eventOf('a'), rulesOf('a', 'on: { webhook: }'), { now })).rejects.toThrow(
      /no-such-worker/,
    );
    await missing.close();
  });
});
