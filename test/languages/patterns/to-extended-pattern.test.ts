// Tests that bash matches what JavaScript matches, and that what it could not match is refused.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { toExtendedPattern } from '../../../src/languages/patterns/to-extended-pattern.ts';

const texts = [
  'ok',
  'ok\n',
  'a\nok\nb',
  'v1.28.0',
  'v1x28y0',
  'a-b_c',
  '',
  'x]y',
  'a b\tc',
  '12',
  'role:master\r\n',
];

test.each([
  ...[
    '^ok$',
    'o.$',
    'a.ok',
    '[0-9]+\\.[0-9]+',
    '\\d{2}',
    '\\w+-\\w',
    '[^a-z]',
    '\\s',
    'a|^$',
    '(o)(k)',
    '[\\w.-]+',
  ],
  ...['^v(\\d+)\\.(\\d+)', '\\]', '^role:master\\r'],
])('/%s/', (source) => {
  const pattern = toExtendedPattern(source);
  for (const text of texts) {
    const said = execFileSync(
      'bash',
      ['-c', '[[ $1 =~ $2 ]] && echo "yes:${BASH_REMATCH[1]-}" || echo no', '-', text, pattern ?? ''],
      { encoding: 'utf8' },
    );
    const match = new RegExp(source).exec(text);
    expect(said).toBe(match === null ? 'no\n' : `yes:${match[1] ?? ''}\n`);
  }
});

test('ends of lines count where no group does', () => {
  expect(toExtendedPattern('^ok\\r?$', 'm', 'none')).toBe('(^|\n)ok\r?(\n|$)');
  expect(toExtendedPattern('^ok$', 'm')).toBeUndefined();
  expect(toExtendedPattern('a$|^b', 'm', 'none')).toBeUndefined();
});

test.each(['(?:a)', 'a+?', '\\bword', '(?=x)', ...['ü+', '[ü]'], '[]a]', '\\1', 'a{,2}', '[a\\]b]'])(
  '/%s/ is refused',
  (source) => {
    expect(toExtendedPattern(source)).toBeUndefined();
  },
);

test('flags are refused', () => {
  expect(toExtendedPattern('a', 'i')).toBeUndefined();
  expect(toExtendedPattern('a.b', 's')).toBe('a.b');
});
