import { describe, expect, test } from 'vitest';
import { whyNoCondition } from '../../../src/languages/commands/why-no-condition.ts';

test.each([
  ['ENV=prod', 'sets `ENV` and asks nothing, so that it always holds', 'write `test "$ENV" = prod`'],
  ["ENV=''", 'sets `ENV` and asks nothing, so that it always holds', `write \`test "$ENV" = ''\``],
  [
    '[ "$ENV"=prod ]',
    'asks whether `"$ENV"=prod` is empty, which it never is',
    'write blanks around the sign: `"$ENV" = prod`',
  ],
  [
    '[[ $ENV!=prod ]]',
    'asks whether `$ENV!=prod` is empty, which it never is',
    'write blanks around the sign: `$ENV != prod`',
  ],
  ['test -n $HOST', 'holds where `$HOST` is empty, too', 'quote it: `-n "$HOST"`'],
  ['$ENV == prod', 'compares in a way that no shell knows', 'write `test "$ENV" = prod`'],
  ['os != linux', 'compares in a way that no shell knows', 'write `test "$os" != linux`'],
  ['yes', 'is a word, and no condition that a shell can ask', undefined],
])('%j is no condition', (condition, message, help) => {
  for (const purpose of ['when', 'check'] as const) {
    const found = whyNoCondition(condition, purpose);
    expect(found?.message).toBe(message);
    if (help !== undefined) expect(found?.help).toBe(help);
  }
});

test.each(['true', ':', 'exit 0', 'echo done'])('%j keeps a block from ever running', (condition) => {
  expect(whyNoCondition(condition, 'check')?.message).toBe('always holds, so that nothing of this ever runs');
  expect(whyNoCondition(condition, 'when')).toBeUndefined();
});

describe.each(['when', 'check'] as const)('of %s', (purpose) => {
  test.each([
    'false',
    'exit 1',
    'test "$ENV" = prod',
    '[ "$ENV" = prod ]',
    '[[ $ENV == prod ]]',
    '[[ -n $HOST ]]',
    '[ -n "$HOST" ]',
    '[ -z $HOST ]',
    '[ "$A" ]',
    '[[ $A =~ ^a=b$ ]]',
    'A=1 ./is-primary',
    'A=$(id -u)',
    'A=1; test $A',
    '(( A == 1 ))',
    'grep -q a=b file',
    'systemctl is-active web',
    '! true',
    'true | false',
    '',
  ])('%j may be one', (condition) => {
    expect(whyNoCondition(condition, purpose)).toBeUndefined();
  });
});
