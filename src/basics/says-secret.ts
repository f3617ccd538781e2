// Owns which names say that what they name is not for everybody's eyes.

const everywhere = 'PASSWORD|PASSWD|PASSPHRASE|SSHPASS';
const asWords =
  'PASS|PWD|TOKEN|SECRET|API_?KEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY|SIGNING_KEY|ENCRYPTION_KEY|SECRET_KEY_BASE';
const end = '_?\\d*$';

const alone = /^(?:PASS|PWD|OLD_?PWD)$/;
const saying = new RegExp(`(?:${everywhere}|(?:^|_)(?:${asWords}))${end}`);

/**
 * True of `PGPASSWORD`, `apiToken`, `deploy_token_2`, `AWS_SECRET_ACCESS_KEY` and their like; false of what only speaks
 * of a secret, such as `TOKEN_FILE` or `PASSWORD_LENGTH`.
 */
export function saysSecret(name: string): boolean {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toUpperCase();
  return saying.test(words) && !alone.test(words);
}
