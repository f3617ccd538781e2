import { describe, expect, test } from 'vitest';
import {
  checkExpression,
  evaluateExpression,
} from '../../../../src/runbook/front-matter/triggers/check-expression.ts';

const fields = {
  labels: { env: 'dev', instance: 'db-1' },
  annotations: { free_percent: '9.5' },
  count: 5,
  share: 0.5,
  tags: ['a', 'b'],
  none: null,
  long: 'y'.repeat(1_001),
};

describe('expressions over an event', () => {
  test.each([
    ['double(event.annotations.free_percent) < 10.0 && !(event.labels.env == "prod")', true],
    ['event.labels.env in ["dev", "test"]', true],
    ['event.labels["instance"].matches("^db-[0-9]+$")', true],
    ['event.tags.exists(tag, tag.matches("b"))', true],
    ['has(event.labels.team) && event.labels.team == "x"', false],
    ['event.labels.env == "dev" || event.missing == 1', true],
    ['event.count > 4 && event.count == 5 && event.share < 1', true],
    ['event.labels.instance.split("-")[1]', '1'],
    ['size(event.tags)', 2n],
    ['event.count', 5],
    ['event.none', null],
  ])('%s', (code, value) => {
    expect(evaluateExpression(code, fields)).toEqual({ ok: true, value });
    expect(checkExpression(code, typeof value === 'boolean' ? 'condition' : 'text')).toBeUndefined();
  });

  test.each([
    ['event.labels.team == "x"', true, 'asks for `team`, which the event does not have'],
    ['event.constructor', true, 'asks for `constructor`, which the event does not have'],
    ['event.labels.__proto__', true, 'asks for `__proto__`, which the event does not have'],
    ['double(event.labels.env) < 1.0', false, 'fails: double() type error: cannot convert to double'],
    [
      'event.count + 1',
      false,
      'fails: no such overload: dyn<double> + int; numbers of an event are doubles: write `1.0`, or `int(…)`',
    ],
    ['event.long.matches("y")', false, 'fails: matches() takes texts of at most 1,000 characters'],
    [
      '[event.long].exists(one, one.matches("y"))',
      false,
      'fails: matches() takes texts of at most 1,000 characters',
    ],
    [
      'event.labels.env.matches(event.labels.env + "(")',
      false,
      'fails: invalid regular expression: /dev(/u: Unterminated group',
    ],
    ['event.count.matches("y")', false, "fails: found no matching overload for 'double.matches(string)'"],
  ])('%s comes to nothing', (code, isMissing, reason) => {
    expect(evaluateExpression(code, fields)).toEqual({ ok: false, error: { isMissing, reason } });
  });

  test.each([
    ['event.labels.env = "dev"', 'condition', 'unexpected character: =', '='],
    ['event.labels.env == "dev', 'condition', 'unterminated string', '"dev'],
    ['[1, 2', 'text', 'expected RBRACKET, got EOF', ''],
    ['evnt.labels.env == "dev"', 'condition', 'unknown variable: evnt', 'evnt'],
    ['"a" + 1', 'text', 'no such overload: string + int', '"a" + 1'],
    [
      '1 + 1.0',
      'text',
      'no such overload: int + double',
      '1 + 1.0',
      'numbers of an event are doubles: write `1.0`, or `int(…)`',
    ],
    [
      'event.labels.env && "x"',
      'condition',
      "logical operator requires bool operands, got 'string'",
      'event.labels.env && "x"',
    ],
    ['now() > 1', 'condition', "found no matching overload for 'now()'", 'now()'],
    ['size(event.tags)', 'condition', 'is a int, and has to be true or false', 'size(event.tags)'],
    [
      '[event.labels.env]',
      'text',
      'is a list, and has to be a text',
      '[event.labels.env]',
      'write `string(…)`, or name a part of it',
    ],
    ['event.a.matches("(")', 'condition', 'holds what is no regular expression', '"("'],
    ['[1].exists(x, "a".matches("("))', 'condition', 'holds what is no regular expression', '"("'],
    ['1'.repeat(10_001), 'text', 'is longer than 10,000 characters', '1'.repeat(10_001)],
    [`${'('.repeat(200)}1${')'.repeat(200)}`, 'text', 'exceeded maxDepth (60)', ''],
  ] as const)('%.40s is wrong whatever the event is', (code, use, message, place, help?: string) => {
    const problem = checkExpression(code, use);
    expect(problem && [problem.message, code.slice(problem.start, problem.end), problem.help]).toEqual([
      message,
      place,
      help,
    ]);
  });
});
