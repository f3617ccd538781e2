// Owns real accounts of the system that share a group, for tests of what one may do with a run of another.
import { execFileSync } from 'node:child_process';
import { existsSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** An account of the system, as a process is started with it. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Only root can make accounts and be them; elsewhere these tests are skipped. */
export const mayBeOthers = process.getuid?.() === 0 && existsSync('/usr/sbin/useradd');

const group = 'rs-ops';
const names = ['rs-ada', 'rs-grace', 'rs-linus'] as const;

/** Made once and kept: several test files use them at a time. */
const makeMissing = `exec 9>/var/lock/runsheet-accounts; flock 9
getent group ${group} >/dev/null || groupadd --system ${group}
for name in ${names.join(' ')}; do
  getent passwd "$name" >/dev/null ||
    useradd --system --no-create-home --home-dir / --gid ${group} --shell /usr/sbin/nologin "$name"
done`;

/** The accounts `rs-ada`, `rs-grace` and `rs-linus` of the group `rs-ops`. */
export function makeAccounts(): { readonly ada: Account; readonly grace: Account; readonly linus: Account } {
  execFileSync('sh', ['-c', makeMissing], { stdio: ['ignore', 'ignore', 'inherit'] });
  const account = (name: string): Account => {
    const entry = execFileSync('getent', ['passwd', name], { encoding: 'utf8' }).split(':');
    return { name, uid: Number(entry[2]), gid: Number(entry[3]) };
  };
  return { ada: account('rs-ada'), grace: account('rs-grace'), linus: account('rs-linus') };
}

/** What sudo asks ada for. */
export const passwordOfAda = 'open sesame';

/** Lets grace be linus, and ada too, who has to say her password; linus may be nobody else. */
export function makeSudoers(): void {
  execFileSync('chpasswd', { input: `rs-ada:${passwordOfAda}\n` });
  const file = '/etc/sudoers.d/runsheet-tests';
  writeFileSync(`${file}.new`, 'rs-grace ALL=(rs-linus) NOPASSWD: ALL\nrs-ada ALL=(rs-linus) PASSWD: ALL\n', {
    mode: 0o440,
  });
  // A name with a dot is passed over by sudo, so that it never reads half a file.
  renameSync(`${file}.new`, file);
}

/** Whether everybody may come to a file. */
export function isReachable(path: string): boolean {
  for (let at = dirname(path); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (dirname(at) === at) return true;
  }
}
