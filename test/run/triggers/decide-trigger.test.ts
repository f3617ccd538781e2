import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideTrigger } from '../../../src/run/triggers/decide-trigger.ts';
import type { ReceivedEvent } from '../../../src/run/triggers/received-event.ts';
import { triggerRules } from '../../../src/run/triggers/trigger-rule.ts';
import { evaluateExpression } from '../../../src/runbook/front-matter/triggers/check-expression.ts';
import { parse } from '../../runbook/runbook-of.ts';

/** Saturday in the afternoon. */
const now = Date.parse('2026-01-17T15:00:00Z');

const event: ReceivedEvent = {
  source: 'alertmanager',
  endpoint: 'prod',
  key: 'f1:2026-01-17T14:59:00Z',
  subject: 'f1',
  state: 'firing',
  title: 'DiskWillFill',
  labels: {
    alertname: 'DiskWillFill',
    severity: 'page',
    instance: 'db-1:9100',
    'app.kubernetes.io/name': 'shop',
  },
  fields: {
    fingerprint: 'f1',
    labels: { instance: 'db-1:9100', 'app.kubernetes.io/name': 'shop' },
    annotations: { free: '9' },
    count: 5,
    tags: ['a'],
  },
};

const rulesOf = (yaml: string) => {
  const { runbook, diagnostics } = parse(`---\n${yaml}\n---\n\n# T\n`);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return triggerRules('t.md', runbook, runbook.frontMatter.inputs);
};
const decide = (
  yaml: string,
  changes: Partial<ReceivedEvent> = {},
  more: { at?: string; names?: string[] } = {},
) => {
  const [rule] = rulesOf(yaml);
  if (rule === undefined) throw new Error('no rule');
  const circumstances = {
    now: more.at === undefined ? now : Date.parse(more.at),
    ...(more.names && { personNames: more.names }),
  };
  return decideTrigger(rule, { ...event, ...changes }, circumstances, evaluateExpression);
};
const start = {
  type: 'start',
  inputs: {},
  dedup: { key: 'f1', whileFiring: true },
  may: 'read',
  whenResolved: 'ignore',
};

const long = 'x'.repeat(1_001);

describe('a rule and an event that it is for', () => {
  test('start a run with all that the page says of it', () => {
    const yaml = [
      'on:',
      '  - source: alertmanager/prod',
      "    match: { alertname: DiskWillFill, severity: [critical, page], instance: '~db-.*', env: '!prod', team: '' }",
      '    if: double(event.annotations.free) < 10.0',
      '    set:',
      '      HOST: event.labels.instance.split(":")[0]',
      '      COUNT: event.count',
      '      SIZE: size(event.tags)',
      '    dedup: { key: event.fingerprint + "/" + event.labels.instance, for: 30m }',
      '    when-resolved: stop-if-waiting',
      '    may: change',
      'concurrency: { key: "$HOST-$ZONE-$OTHER", when-full: queue }',
      'rate: 6/h',
      'run-on: dmz',
      "inputs: { HOST: { pattern: 'db-\\d' }, COUNT: { type: number }, SIZE: {}, APP: { from: 'event.labels[\"app.kubernetes.io/name\"]', choices: [shop] }, TAG: { from: 'event.tags[0]' }, ZONE: { default: eu }, GONE: { from: event.gone, default: there }, OTHER: {} }",
    ].join('\n');
    expect(decide(yaml)).toEqual({
      type: 'start',
      inputs: { HOST: 'db-1', COUNT: '5', SIZE: '1', APP: 'shop', TAG: 'a' },
      dedup: { key: 'f1/db-1:9100', forMs: 1_800_000 },
      concurrencyKey: 'db-1-eu-',
      may: 'change',
      whenResolved: 'stop-if-waiting',
      runOn: 'dmz',
      rate: { count: 6, perMs: 3_600_000 },
    });
  });

  test('are held together by what it is about, or by the event where that has no end', () => {
    expect(decide('on: { alertmanager: }')).toEqual(start);
    expect(decide('on: { alertmanager: { dedup: { for: 1h } } }')).toEqual({
      ...start,
      dedup: { key: 'f1', forMs: 3_600_000 },
    });
    expect(decide('on: { alertmanager: }', { state: 'occurred' })).toEqual({
      ...start,
      dedup: { key: event.key, whileFiring: true },
    });
    const timed = 'on: { alertmanager: { dedup: { key: event.count, for: 1h } } }';
    expect(decide(timed, { state: 'occurred' })).toEqual({ ...start, dedup: { key: '5', forMs: 3_600_000 } });
  });

  test('take a label of which one test holds, whatever of the others cannot be said', () => {
    const yaml = `on: { alertmanager: { match: { a: ["~y", ${long}] } } }`;
    expect(decide(yaml, { labels: { a: long } })).toEqual(start);
  });

  test('are for the people that it names, by any of their names, and for groups of the page', () => {
    const yaml =
      'on: { slack: { command: /failover, people: [dba, eve] } }\napprovals: { dba: { people: [ada] } }';
    const asked = { source: 'slack', labels: { command: '/failover' }, person: 'U1' };
    const why = '`U1` is not one of those who can ask for it: `dba`, `eve`';
    expect(decide(yaml, asked)).toEqual({ type: 'no-match', reason: why });
    expect(decide(yaml, asked, { names: ['U1', 'bob'] })).toEqual({ type: 'no-match', reason: why });
    expect(decide(yaml, asked, { names: ['U1', 'ada'] })).toEqual(start);
    expect(decide(yaml, { ...asked, person: 'eve' })).toEqual(start);
    const { person: _nobody, ...byNobody } = asked;
    expect(decide(yaml, byNobody)).toEqual({
      type: 'no-match',
      reason: 'the rule is for some people, and the event says of nobody that they asked for it',
    });
  });
});

describe('a rule that does not fire', () => {
  test.each([
    ['on: { grafana: }', {}, 'the event comes from `alertmanager`, and the rule is for `grafana`'],
    [
      'on: [{ source: alertmanager/dmz }]',
      {},
      'the event came through the endpoint `prod`, and the rule is for `dmz`',
    ],
    [
      'on: { alertmanager: }',
      { state: 'resolved' },
      'the event tells that it is over, and that starts nothing',
    ],
    [
      'on: { schedule: { cron: "0 6 * * mon" } }',
      { source: 'schedule', labels: { cron: '0 7 * * mon', timezone: 'UTC' } },
      'the tick is of `0 7 * * mon` in `UTC`, and the rule is for `0 6 * * mon` in `UTC`',
    ],
    ['on: { alertmanager: { match: { severity: low } } }', {}, '`severity` is `page`, and has to be `low`'],
    [
      'on: { alertmanager: { match: { severity: [low, "~h.*"] } } }',
      {},
      '`severity` is `page`, and has to be `low` or `~h.*`',
    ],
    [
      'on: { alertmanager: { match: { severity: "~pag" } } }',
      {},
      '`severity` is `page`, and has to be `~pag`',
    ],
    [
      'on: { alertmanager: { match: { severity: ["~p.*", "!page"] } } }',
      {},
      '`severity` is `page`, and may not be `page`',
    ],
    ['on: { alertmanager: { match: { team: x } } }', {}, 'the event has no label `team`, and has to be `x`'],
    [
      'on: { alertmanager: { match: { toString: "~.+" } } }',
      {},
      'the event has no label `toString`, and has to be `~.+`',
    ],
    [
      'on: { alertmanager: { match: { a: ["~.*", "!~x+"], severity: "~pag", b: c } } }',
      { labels: { a: long, severity: 'page' } },
      'the event has no label `b`, and has to be `c`',
    ],
    [
      'on: { alertmanager: { match: { a: ["!~x+", "!y", z] } } }',
      { labels: { a: long } },
      `\`a\` is \`${'x'.repeat(59)}…\`, and has to be \`z\``,
    ],
    [
      'on: { alertmanager: { match: { severity: "~pag|age" } } }',
      {},
      '`severity` is `page`, and has to be `~pag|age`',
    ],
    [
      'on: { alertmanager: { match: { a: b } } }',
      { labels: { a: '`\u001b[31m\n$(reboot)`' } },
      "`a` is `'␛[31m␊$(reboot)'`, and has to be `b`",
    ],
    ['on: { alertmanager: { if: event.count > 5 } }', {}, '`if` does not hold'],
    [
      'on: { alertmanager: { if: event.labels.team == "x" } }',
      {},
      '`if` asks for `team`, which the event does not have',
    ],
  ] as const)('%s', (yaml, changes, reason) => {
    expect(decide(yaml, changes as Partial<ReceivedEvent>)).toEqual({ type: 'no-match', reason });
  });

  const hostile = (value: unknown) => ({ fields: { ...event.fields, value } as ReceivedEvent['fields'] });
  const fed = (more = '') => `on: { alertmanager: }\ninputs: { A: { from: event.value${more} } }`;
  test.each([
    [
      'on: { alertmanager: { if: double(event.fingerprint) > 1.0 } }',
      {},
      '`if` fails: double() type error: cannot convert to double',
    ],
    [
      'on: { alertmanager: { match: { a: ["~.*", y], severity: page } } }',
      { labels: { a: long, severity: 'page' } },
      '`a` is longer than the 1,000 characters that patterns are tried on',
    ],
    [
      'on: { alertmanager: { match: { a: "!~x+" } } }',
      { labels: { a: long } },
      '`a` is longer than the 1,000 characters that patterns are tried on',
    ],
    [
      'on: { alertmanager: { match: { a: "~(x+)+" } } }',
      { labels: { a: `${'x'.repeat(40)}!` } },
      '`a` and ~(x+)+ cannot be matched within a second: repetitions inside of repetitions try too many ways',
    ],
    ['on: { alertmanager: { if: event.count } }', {}, 'what `if` comes to is neither true nor false'],
    [
      'on: { alertmanager: { dedup: { key: event.fingerprint } } }',
      { state: 'occurred' },
      '`dedup` has a key and no `for`, and no end is told of what just happens: the key would keep nothing',
    ],
    [
      'on: { alertmanager: { dedup: { key: event.gone } } }',
      {},
      '`dedup.key` asks for `gone`, which the event does not have',
    ],
    [
      'on: { alertmanager: { dedup: { key: event.tags } } }',
      {},
      'what `dedup.key` comes to is a list, and no text',
    ],
    [
      'on: { alertmanager: { dedup: { key: event.value } } }',
      hostile(''),
      'what `dedup.key` comes to is empty',
    ],
    [
      'on: { alertmanager: { dedup: { key: event.value } } }',
      hostile('x'.repeat(1_001)),
      'what `dedup.key` comes to is longer than 1,000 characters',
    ],
    ['on: { alertmanager: { set: { A: event.count } } }', {}, 'the page has no input `A`, which `set` names'],
    [
      'on: { alertmanager: { set: { A: event.gone } } }\ninputs: { A: { default: x } }',
      {},
      '`set.A` asks for `gone`, which the event does not have',
    ],
    [
      'on: { alertmanager: { set: { A: event.labels } } }\ninputs: { A: {} }',
      {},
      'what `set.A` comes to is no text',
    ],
    [
      'on: { alertmanager: { set: { A: event.fingerprint } } }\ninputs: { A: { secret: true } }',
      {},
      '`A` is a secret, which no event gives',
    ],
    [fed(), {}, 'the event has no `event.value`, and input `A` has no default'],
    [fed(), hostile(null), 'the event has no `event.value`, and input `A` has no default'],
    [fed(), hostile(['a']), '`event.value` is a list, and no text, and cannot be input `A`'],
    [fed(', pattern: "[a-z]+"'), hostile('a\nb'), 'input `A`: expected a match of /[a-z]+/; got `a␊b`'],
    [
      fed(', pattern: "[a-z]+"'),
      hostile('$(reboot)'),
      'input `A`: expected a match of /[a-z]+/; got `$(reboot)`',
    ],
    [
      fed(', choices: [a, b]'),
      hostile('c'.repeat(70)),
      `input \`A\`: expected one of \`a\`, \`b\`; got \`${'c'.repeat(59)}…\``,
    ],
    [fed(', type: number'), hostile('1; reboot'), 'input `A`: expected a number; got `1; reboot`'],
    [fed(', required: true'), hostile(''), 'input `A` is required'],
    [fed(), hostile('a\0b'), 'input `A`: its value holds a NUL byte, which cannot be passed to a process'],
    [
      fed(),
      hostile('x'.repeat(1_048_576)),
      'input `A`: its value is 1,048,576 bytes long, and a process takes at most 131,072 with its name',
    ],
    [fed(), hostile('a\nb'), 'input `A`: its value holds a line break, and no `pattern` says that it may'],
    [
      fed(),
      hostile('\u001b[2J'),
      'input `A`: its value holds a control character, and no `pattern` says that it may',
    ],
  ] as const)('because it cannot: %.70s', (yaml, changes, reason) => {
    expect(decide(yaml, changes as Partial<ReceivedEvent>)).toEqual({ type: 'rejected', reason });
  });

  test('lets plain text through as it is, whatever a shell would make of it', () => {
    const values = ['$(reboot)', '`reboot`', "'; rm -rf / #", 'a\tb', '${HOME}', ' ', '\\', '日本'];
    for (const value of values)
      expect(decide(fed(), hostile(value))).toEqual({ ...start, inputs: { A: value } });
    expect(decide(fed(', pattern: "[^]*"'), hostile('a\nb'))).toEqual({ ...start, inputs: { A: 'a\nb' } });
  });
});

describe('quiet hours', () => {
  const weekend = (then: string) =>
    `on: { alertmanager: { quiet: { days: [sat, sun], from: 10:00, to: 20:00, timezone: Europe/Berlin, then: ${then} } } }`;

  test('have a run wait, asked for, or left out', () => {
    const within = 'it is within the quiet hours of Europe/Berlin';
    expect(decide(weekend('wait'))).toEqual({
      ...start,
      type: 'held',
      until: Date.parse('2026-01-17T19:00:00Z'),
      reason: `${within}, and starts when they are over`,
    });
    expect(decide(weekend('ask'))).toEqual({
      ...start,
      type: 'ask',
      reason: `${within}, in which a person is asked first`,
    });
    expect(decide(weekend('drop'))).toEqual({
      type: 'dropped',
      reason: `${within}, in which events start nothing`,
    });
    for (const then of ['wait', 'ask', 'drop'])
      expect(decide(weekend(then), {}, { at: '2026-01-17T19:00:00Z' })).toEqual(start);
  });

  test.each([
    // At 16:00 in Berlin, of other hours too: what begins after some of them must not begin within others.
    ['{ from: 10:00, to: 20:00 }, { from: 20:00, to: 22:00, then: drop }', '2026-01-17T21:00:00Z'],
    ['{ from: 10:00, to: 20:00 }, { from: 18:00, to: 23:00, then: ask }', '2026-01-17T22:00:00Z'],
  ])('that meet hold a run until all are over: %s', (quiet, until) => {
    const zoned = quiet.replaceAll(' }', ', timezone: Europe/Berlin }');
    expect(decide(`on: { alertmanager: { quiet: [${zoned}] } }`)).toEqual({
      ...start,
      type: 'held',
      until: Date.parse(until),
      reason: 'it is within the quiet hours of Europe/Berlin, and starts when they are over',
    });
  });

  test('that leave no time between them hold nothing for ever', () => {
    const quiet = '[{ from: 10:00, to: 20:00 }, { from: 20:00, to: 10:00, then: ask }]';
    expect(decide(`on: { alertmanager: { quiet: ${quiet} } }`)).toEqual({
      type: 'rejected',
      reason: 'it is within the quiet hours of UTC, and with the other hours of the rule they never end',
    });
  });

  test('that never end hold nothing for ever', () => {
    expect(decide('on: { alertmanager: { quiet: {} } }')).toEqual({
      type: 'rejected',
      reason: 'it is within the quiet hours of UTC, which never end',
    });
  });
});

describe('laws', () => {
  const word = fc.constantFrom('a', 'b', 'c', '');
  const labels = fc.dictionary(fc.constantFrom('x', 'y'), word);
  const written = fc
    .tuple(fc.constantFrom('', '!', '~', '!~', '='), fc.constantFrom('a', 'b', 'a|b'))
    .map(([sign, text]) => sign + text);
  const match = fc.dictionary(fc.constantFrom('x', 'y'), fc.array(written, { minLength: 1, maxLength: 2 }));
  const condition = fc.constantFrom('event.n < 3', 'event.n == 2', 'event.gone == 1', 'true', 'false');

  test('a rule never fires where one of its conditions fails, and always where none does', () => {
    fc.assert(
      fc.property(match, labels, condition, fc.integer({ min: 0, max: 4 }), (wanted, has, code, n) => {
        const outcome = decide(
          `on: { alertmanager: { match: ${JSON.stringify(wanted)}, if: ${JSON.stringify(code)} } }`,
          { labels: has, fields: { n } },
        );
        const fits = Object.entries(wanted).every(([label, texts]) => {
          const value = has[label] ?? '';
          const one = (text: string) => {
            const [, sign = '', rest = ''] = /^(!?~?=?)(.*)$/.exec(text) ?? [];
            return {
              isNot: sign.startsWith('!'),
              holds: sign.includes('~') ? rest.split('|').includes(value) : value === rest,
            };
          };
          const tests = texts.map(one);
          const positive = tests.filter(({ isNot }) => !isNot);
          return (
            tests.every((each) => !each.isNot || !each.holds) &&
            (positive.length === 0 || positive.some((each) => each.holds))
          );
        });
        const met = code === 'true' || (code === 'event.n < 3' ? n < 3 : code === 'event.n == 2' && n === 2);
        expect(outcome.type).toBe(fits && met ? 'start' : 'no-match');
      }),
    );
  });

  test('the key is the same for whatever is told of the same thing again, at any time', () => {
    const [rule] = rulesOf(
      'on: { alertmanager: { dedup: { key: event.host } } }\ninputs: { A: { from: event.a } }',
    );
    if (rule === undefined) throw new Error('no rule');
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.nat(),
        fc.array(fc.string()),
        fc.dictionary(fc.string(), fc.string()),
        (host, at, tags, has) => {
          const keyOf = (told: Partial<ReceivedEvent>, time: number) => {
            const outcome = decideTrigger(rule, { ...event, ...told }, { now: time }, evaluateExpression);
            return 'dedup' in outcome ? outcome.dedup : outcome;
          };
          const expected = { key: host, whileFiring: true };
          expect(keyOf({ fields: { host, a: 'x' } }, at)).toEqual(expected);
          expect(keyOf({ key: `${at}`, labels: has, fields: { tags, a: 'x', host } }, at * 2)).toEqual(
            expected,
          );
        },
      ),
    );
  });
});
