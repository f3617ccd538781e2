// Tests which values in a command line are taken for secrets.
import { expect, test } from 'vitest';
import { findTypedSecrets } from '../../../src/run/drafting/find-typed-secrets.ts';

test.each([
  ['export DB_PASSWORD=hunter22', [{ name: 'DB_PASSWORD', value: 'hunter22' }]],
  ["PGPASSWORD='with blank' psql -h db", [{ name: 'PGPASSWORD', value: 'with blank' }]],
  ['tool --api-token=abcdef --verbose', [{ name: 'API_TOKEN', value: 'abcdef' }]],
  ['tool --password "open sesame"', [{ name: 'PASSWORD', value: 'open sesame' }]],
  ['curl -H "Authorization: Bearer eyJhbGciOi"', [{ name: 'API_TOKEN', value: 'eyJhbGciOi' }]],
  ['curl https://ada:lovelace@host/', [{ name: 'PASSWORD', value: 'lovelace' }]],
  ['tool --password --force', []],
  ['export DB_PASSWORD=$(pass show db)', []],
  ['export TOKEN_FILE=/run/token', []],
  ['echo hello', []],
])('%s', (code, expected) => {
  expect(findTypedSecrets(code)).toEqual(expected);
});
