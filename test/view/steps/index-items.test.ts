import { expect, test } from 'vitest';
import { decodeSource } from '../../../src/text/source-file.ts';
import { proseText } from '../../../src/view/steps/index-items.ts';
import { usedVariables } from '../../../src/view/words/used-variables.ts';

function slice(markdown: string, from: string, to: string): string {
  const { source } = decodeSource('a.md', Buffer.from(markdown));
  const start = Buffer.byteLength(markdown.slice(0, markdown.indexOf(from)));
  const end = Buffer.byteLength(markdown.slice(0, markdown.indexOf(to) + to.length));
  return proseText(source, { start, end });
}

test('prose loses what its container puts before its lines, and no more', () => {
  expect(slice('# A\n\none\n    two', 'one', 'two')).toBe('one\n    two');
  expect(slice('1. one\n   two\n\n       code\n', 'one', 'code')).toBe('one\ntwo\n\n    code');
  expect(slice('> - é one\r\n>   two\r\n', 'one', 'two')).toBe('one\ntwo');
  expect(slice('> quote\nlazy', 'quote', 'lazy')).toBe('quote\nlazy');
});

test('variables that only a condition or the question reads are found, behind those of the code', () => {
  const values = { USED: '85', LIMIT: '70', APP: 'shop', ZONE: 'eu1' };
  const conditions = {
    ...{ when: 'test "$USED" -ge "$LIMIT"', check: 'pgrep "$APP"' },
    confirm: "Is it $APP's turn in ${ZONE}?",
  };
  expect(usedVariables('restart "$APP"', values, conditions)).toEqual([
    { name: 'APP', value: 'shop' },
    { name: 'USED', value: '85' },
    { name: 'LIMIT', value: '70' },
    { name: 'ZONE', value: 'eu1' },
  ]);
});

test('the variables of a file are those of its path, of its text and of what looks at it', () => {
  const values = { CONF: '/etc/app.conf', PORT: '80', CHECK: '/bin/check' };
  const file = { language: 'ini', writes: { path: '"${CONF}"', validate: '$CHECK $FILE' } };
  expect(usedVariables('port ${PORT}', values, file)).toEqual([
    { name: 'CONF', value: '/etc/app.conf' },
    { name: 'PORT', value: '80' },
    { name: 'CHECK', value: '/bin/check' },
  ]);
});

test('variables of a client of PostgreSQL are found in SQL alone', () => {
  const values = { LIMIT: '70', TABLE: 'orders' };
  const code = `SELECT * FROM :"TABLE" WHERE used < :'LIMIT';`;
  expect(usedVariables(code, values, { language: 'psql' }).map(({ name }) => name)).toEqual([
    'TABLE',
    'LIMIT',
  ]);
  expect(usedVariables(code, values, { language: 'sh' })).toEqual([]);
});

test('variables are found in shell, Python, JavaScript, Ruby and PHP', () => {
  const values = { HOST: 'db1', PORT: '5432', TOKEN: '***', A: 'a', B: 'b', UNUSED: 'u' };
  const code =
    'psql -h "$HOST" -p ${PORT:-5432} $MISSING; os.environ["TOKEN"]; process.env.A; getenv("B") $HOST';
  expect(usedVariables(code, values)).toEqual([
    { name: 'HOST', value: 'db1' },
    { name: 'PORT', value: '5432' },
    { name: 'TOKEN', value: '***' },
    { name: 'A', value: 'a' },
    { name: 'B', value: 'b' },
  ]);
});
