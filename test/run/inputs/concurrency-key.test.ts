import { expect, test } from 'vitest';
import { concurrencyKey } from '../../../src/run/inputs/concurrency-key.ts';

const declared = [{ name: 'HOST', default: 'localhost' }, { name: 'PORT' }];

test.each([
  ['$HOST', { HOST: 'db1' }, 'db1'],
  ['$HOST', {}, 'localhost'],
  // Nothing is what was given.
  ['$HOST', { HOST: '' }, ''],
  ['on ${HOST}:$PORT', { PORT: '5432' }, 'on localhost:5432'],
  ['on ${HOST}:$PORT', {}, 'on localhost:'],
  ['$constructor', {}, ''],
])('%s with %j counts as `%s`', (key, inputs, value) => {
  expect(concurrencyKey(key, inputs, declared)).toBe(value);
});
