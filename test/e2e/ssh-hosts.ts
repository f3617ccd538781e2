// Owns OpenSSH servers on loopback with keys and a configuration made for one test.
import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { endServer, findProgram, freePort, serverReady } from './services.ts';

const call = promisify(execFile);

/** Everything that these servers need; for `describeWith`. */
export const sshPrograms = ['sshd', 'ssh', 'ssh-keygen'];

/** What opens the locked key. */
export const lockPhrase = 'open sesame';

export interface SshHosts {
  /** For `RUNSHEET_SSH`. */
  readonly command: string;
  /** What blocks on the hosts have as their folder for temporary files; empty when nothing was left there. */
  readonly temporary: string;
  /** A key that the hosts accept as well; its passphrase is `lockPhrase`. */
  readonly lockedKey: string;
  /** Files in that folder. */
  leftBehind(): Promise<readonly string[]>;
  /** Sets what the hosts' ssh configuration says before the addresses, and the key that it names. */
  configure(lines: readonly string[], key?: string): Promise<void>;
}

export interface SshOptions {
  /** Servers to start; names are spread over them. */
  readonly servers?: number;
  /** Lines for the servers' configuration. */
  readonly settings?: readonly string[];
}

/** Starts servers that answer under the names given. */
export async function startSshHosts(
  names: readonly string[],
  { servers = 1, settings = [] }: SshOptions = {},
): Promise<SshHosts> {
  // A short path: the tool's own control sockets are elsewhere, but sshd is told many paths below it.
  const folder = await mkdtemp(join(tmpdir(), 'sshd-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  await mkdir(path('tmp'));
  // The folder that sshd, as root, wants for the halves of itself that have no rights.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true });
  for (const key of ['host', 'user'])
    await call('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', key, '-f', path(key)]);
  await call('ssh-keygen', ['-q', '-t', 'ed25519', '-N', lockPhrase, '-C', 'locked', '-f', path('locked')]);
  const accepted = await Promise.all(['user.pub', 'locked.pub'].map((name) => readFile(path(name))));
  await writeFile(path('authorized'), Buffer.concat(accepted));
  await chmod(folder, 0o700);
  const ports: number[] = [];
  for (let index = 0; index < servers; index += 1) ports.push(await startServer(folder, index, settings));
  const hostKey = (await readFile(path('host.pub'), 'utf8')).split(' ').slice(0, 2).join(' ');
  await writeFile(path('known'), ports.map((port) => `[127.0.0.1]:${port} ${hostKey}\n`).join(''));
  const configure = (more: readonly string[], key = path('user')): Promise<void> =>
    writeFile(path('config'), [...more, ...clientLines(folder, names, ports, key), ''].join('\n'));
  await configure([]);
  return {
    command: `ssh -F ${path('config')}`,
    temporary: path('tmp'),
    lockedKey: path('locked'),
    leftBehind: () => readdir(path('tmp')),
    configure,
  };
}

async function startServer(folder: string, index: number, settings: readonly string[]): Promise<number> {
  const port = await freePort();
  const file = join(folder, `sshd-${index}.conf`);
  const lines = [
    ...settings,
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    'PidFile none',
    `AuthorizedKeysFile ${join(folder, 'authorized')}`,
    'StrictModes no',
    'UsePAM no',
    'PermitRootLogin yes',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PrintMotd no',
    'PrintLastLog no',
    'MaxStartups 200',
    'LogLevel INFO',
    `SetEnv TMPDIR=${join(folder, 'tmp')}`,
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  const server = spawn(findProgram('sshd') ?? '', ['-D', '-e', '-f', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(async () => {
    // Connections that a killed tool has left behind would stand until they are idle for long enough.
    await call('pkill', ['-P', String(server.pid)]).catch(() => {});
    await endServer(server, 'SIGTERM');
  });
  await serverReady(server, /Server listening on/);
  return port;
}

function clientLines(
  folder: string,
  names: readonly string[],
  ports: readonly number[],
  key: string,
): readonly string[] {
  return [
    ...names.flatMap((name, index) => [`Host ${name}`, `  Port ${ports[index % ports.length]}`]),
    'Host *',
    '  HostName 127.0.0.1',
    `  User ${userInfo().username}`,
    `  IdentityFile ${key}`,
    '  IdentitiesOnly yes',
    `  UserKnownHostsFile ${join(folder, 'known')}`,
    '  GlobalKnownHostsFile /dev/null',
    '  StrictHostKeyChecking yes',
  ];
}
