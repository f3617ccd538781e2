import { expect, test } from 'vitest';
import { KnownSecrets } from '../../../src/run/masking/known-secrets.ts';

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
