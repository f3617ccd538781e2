import { expect, test } from 'vitest';
import { isSecretValue } from '../../../src/run/masking/is-secret-value.ts';

test.each([
  ...['hunter2222', 's3cr3t', 'tok-987654', 'correcthorsebattery', 'correct horse', 'P4ssw0rd', 'kGh/d+=='],
  ...['/9j4AAQSkZJRgABAQ', '123456789', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a', 'Zm9vYmFy', 'mixedCASE'],
])('%s can be a secret', (value) => {
  expect(isSecretValue(value)).toBe(true);
});

test.each([
  ...[
    '',
    'true',
    'false',
    'no',
    'none',
    'disabled',
    'Disabled',
    'REQUIRED',
    'abc1',
    '12',
    '86400',
    '12:30:45',
  ],
  ...['/etc/app/token', './token', '~/.token', '../a/b.c', '<your-token>', '$TOKEN', `\${TOKEN}`, '********'],
  ...['xxxxxxxxxxxx', 'your-api-key', 'YOUR_TOKEN', 'changeme', 'change-me', '          '],
])('%j is none', (value) => {
  expect(isSecretValue(value)).toBe(false);
});
