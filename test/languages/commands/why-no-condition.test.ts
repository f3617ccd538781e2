import { expect, test } from 'vitest';
import { alwaysHolds, whyNoCondition } from '../../../src/languages/commands/why-no-condition.ts';

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
  ['$ENV is prod', 'compares in a way that no shell knows', 'write `test "$ENV" = prod`'],
  ['os != linux', 'compares in a way that no shell knows', 'write `test "$os" != linux`'],
  ['yes', 'is a word, and no condition that a shell can ask', undefined],
])('%j is no condition', (condition, message, help) => {
  const found = whyNoCondition(condition);
  expect(found?.message).toBe(message);
  if (help !== undefined) expect(found?.help).toBe(help);
});

test.each(['true', ':', 'exit', 'exit 0', 'echo done'])('%j always holds', (condition) => {
  expect(alwaysHolds(condition)).toBe(true);
  expect(whyNoCondition(condition)).toBeUndefined();
});

test.each(['false', 'exit 1', 'true && test -e x', 'test -e x', 'x=$(true)'])(
  '%j may not hold',
  (condition) => {
    expect(alwaysHolds(condition)).toBe(false);
  },
);

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
  './is-it in prod',
  '! true',
  'true | false',
  '',
])('%j may be a condition', (condition) => {
  expect(whyNoCondition(condition)).toBeUndefined();
});
