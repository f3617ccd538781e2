// Tests that a pattern of a file of tests means the same to a stub, which is a script of bash, and to what is called.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { readTestPattern } from '../../../src/runbook/cases/read-test-pattern.ts';

const texts = ['replicas=3', 'replicas=x', 'a\nb', 'é 12', 'x]y', 'a b\tc', 'A_b'];

test.each([
  'replicas=[[:digit:]]',
  '\\d',
  'a.b',
  '^b',
  'a$',
  'é [0-9]+$',
  '[[:space:]]',
  '[^[:alnum:]=]',
  '[[:upper:]_]+',
])('/%s/', (written) => {
  const read = readTestPattern(`/${written}/`);
  if (read === undefined || !('pattern' in read)) throw new Error('it is a pattern');
  const { source, extended = '' } = read.pattern;
  const script = 'for one in "${@:2}"; do [[ $one =~ $1 ]] && echo yes || echo no; done';
  const said = execFileSync('bash', ['-c', script, '-', extended, ...texts], { encoding: 'utf8' });
  expect(said.trim().split('\n')).toEqual(
    texts.map((text) => (new RegExp(source, 's').test(text) ? 'yes' : 'no')),
  );
});
