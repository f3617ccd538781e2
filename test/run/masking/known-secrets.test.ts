import { expect, test } from 'vitest';
import { KnownSecrets } from '../../../src/run/masking/known-secrets.ts';
import { countsOf } from '../../work-counts.ts';

test('learns what names say, and what was read without being shown', () => {
  const secrets = new KnownSecrets({ DECLARED: 'declared-1' });
  secrets.watch(['typed']);
  const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----';
  const learned = [
    secrets.learn('API_TOKEN', 'tok-987654'),
    secrets.learn('typed', 'typed-word'),
    secrets.learn('DECLARED', 'rotated-22'),
    secrets.learn('TLS_PRIVATE_KEY', key),
    secrets.learn('BODY_TOKEN', '{\n  "expires in": 3600\n}'),
    secrets.learn('PLAIN', 'plain-value'),
    secrets.learn('USE_TOKEN', 'true'),
  ];
  expect(learned).toEqual([true, true, true, true, true, false, false]);
  expect([...secrets.names].sort()).toEqual([
    'API_TOKEN',
    'BODY_TOKEN',
    'DECLARED',
    'TLS_PRIVATE_KEY',
    'typed',
  ]);
  const text =
    'declared-1 tok-987654 typed-word rotated-22 MIIEvQIBADANBg "expires in": 3600 plain-value true';
  expect(secrets.redactor.redactText(text)).toBe('*** *** *** *** *** "expires in": 3600 plain-value true');
});

test('finds whose value stands in a text, each once, however it is written', () => {
  const secrets = new KnownSecrets({ ONE: 'value-of-one', ALSO: 'value-of-one', TWO: 'a b"c' });
  secrets.add('TWO', 'rotated-two');
  const found = (text: string) => secrets.foundIn(text).map(({ name, value }) => `${name}=${value}`);
  expect(found('nothing of them')).toEqual([]);
  expect(found('dmFsdWUtb2Ytb25l and a%20b%22c')).toEqual(['ONE=value-of-one', 'TWO=a b"c']);
  expect(found('rotated-two')).toEqual(['TWO=rotated-two']);
});

test('works out the forms of a secret once, however often it is told of it and asked for it', async () => {
  const secrets = new KnownSecrets();
  const use = () => {
    secrets.add('ONE', 'value-of-one');
    expect(secrets.redactor.add('value-of-one')).toBe(true);
    expect(secrets.foundIn('the value-of-one')).toHaveLength(1);
  };
  const formsMade = async () =>
    [...(await countsOf(use))]
      .filter(([place]) => place.startsWith('run/masking/secret-forms.ts secretForms '))
      .map(([, count]) => count);
  // Once for all of them, and once for what finds this one alone.
  expect(await formsMade()).toContain(2);
  expect((await formsMade()).filter((count) => count > 0)).toEqual([]);
});
