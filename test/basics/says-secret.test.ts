import { expect, test } from 'vitest';
import { saysSecret } from '../../src/basics/says-secret.ts';

test.each([
  ...['PASSWORD', 'PGPASSWORD', 'db_password', 'dbPassword', 'MYSQL_PWD', 'SSHPASS', 'DB_PASS', 'PASSPHRASE'],
  ...['TOKEN', 'apiToken', 'deploy_token_2', 'GITHUB_TOKEN', 'API_KEY', 'STRIPE_APIKEY', 'CLIENT_SECRET'],
  ...['AWS_SECRET_ACCESS_KEY', 'SECRET_KEY_BASE', 'TLS_PRIVATE_KEY', 'SECRET', 'PASSWORD1'],
])('%s says that it is a secret', (name) => {
  expect(saysSecret(name)).toBe(true);
});

test.each([
  ...[
    'TOKEN_FILE',
    'PASSWORD_LENGTH',
    'PWD',
    'OLDPWD',
    'PASS',
    'COMPASS',
    'BYPASS',
    'TOKENS',
    'KEY',
    'HOST_KEY',
  ],
  ...['SECRET_NAME', 'TOKENIZER', 'PASSWORDLESS', 'SSH_AUTH_SOCK', 'GPG_KEY', 'SECRETARY', 'MAX_TOKENS'],
])('%s does not', (name) => {
  expect(saysSecret(name)).toBe(false);
});
