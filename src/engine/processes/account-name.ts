// Owns what the system calls an account, and a group.
import { execa } from 'execa';

/** Where the system's own programs lie; what the environment would find instead has no say here. */
const systemPath = '/usr/bin:/bin:/usr/sbin:/sbin:/run/current-system/sw/bin';
const patienceMs = 10_000;

const known = new Map<number, string>();

/** The name of an account by the system's database; its number where it has none, or none can be had. */
export async function accountName(uid: number): Promise<string> {
  const name = known.get(uid) ?? (await lookUp(uid)) ?? String(uid);
  known.set(uid, name);
  return name;
}

/** The name of a group; its number where none can be had. */
export async function groupName(gid: number): Promise<string> {
  const [name, , number] = ((await ask('getent', 'group', String(gid))) ?? '').split(':');
  return name !== undefined && number === String(gid) ? name : String(gid);
}

async function lookUp(uid: number): Promise<string | undefined> {
  const entry = await ask('getent', 'passwd', String(uid));
  if (entry !== undefined) {
    const [name, , number] = entry.split(':');
    return number === String(uid) ? name : undefined;
  }
  // A Mac has no getent.
  const name = await ask('id', '-un', String(uid));
  return name === '' ? undefined : name;
}

/** What a program of the system prints; undefined where it is not there, or knows nothing. */
async function ask(program: string, ...args: readonly string[]): Promise<string | undefined> {
  const { exitCode, stdout } = await execa(program, args, {
    env: { PATH: systemPath },
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    timeout: patienceMs,
    verbose: 'none',
  });
  return exitCode === 0 ? stdout.trim() : undefined;
}
