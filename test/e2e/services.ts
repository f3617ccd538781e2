// Owns real servers on loopback, started for one test and ended with it.
//
// `.ci/run` names the Debian 12 packages of all of them. Where one is missing its tests are skipped and say so; with
// RUNSHEET_REQUIRE_SERVICES set they fail instead.
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { appendFile, chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, onTestFinished, test } from 'vitest';
import { waitMs } from '../budgets.ts';

const call = promisify(execFile);

const cleanEnv = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };

/** A server that is not ready after this long fails the test with what it logged. */
const readyDeadlineMs = waitMs.server;

/** `describe` where all programs are installed; otherwise a suite that is skipped, or that fails if asked to. */
export function describeWith(programs: readonly string[], name: string, body: () => void): void {
  const missing = programs.filter((program) => findProgram(program) === undefined);
  if (missing.length === 0) {
    describe(name, body);
    return;
  }
  const why = `not installed: ${missing.join(', ')}`;
  if (process.env.RUNSHEET_REQUIRE_SERVICES) {
    test(name, () => {
      throw new Error(`${why}, and RUNSHEET_REQUIRE_SERVICES is set`);
    });
  } else {
    describe.skip(`${name} (${why})`, body);
  }
}

/** The absolute path of a program: on PATH, among the servers' programs, or where Debian keeps PostgreSQL's. */
export function findProgram(name: string): string | undefined {
  const folders = [
    ...(process.env.PATH ?? '').split(':'),
    '/usr/local/sbin',
    '/usr/sbin',
    '/sbin',
    ...postgresFolders(),
  ];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function postgresFolders(): string[] {
  try {
    return readdirSync('/usr/lib/postgresql')
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => `/usr/lib/postgresql/${version}/bin`);
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function program(name: string): string {
  const path = findProgram(name);
  if (path === undefined) throw new Error(`${name} is not installed`);
  return path;
}

/** So many ports are those of one worker of the tests, below those that the system gives to whoever names none. */
const portsOfWorker = 1_000;
const firstPort = 10_000 + (Number(process.env.VITEST_POOL_ID ?? 0) % 20) * portsOfWorker;
let lastPort = randomInt(portsOfWorker);

/** A loopback port that nobody listens on, and that nobody else is given before it is listened on. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < portsOfWorker; tries += 1) {
    lastPort = (lastPort + 1) % portsOfWorker;
    // Several may be asked for at once.
    const port = firstPort + lastPort;
    if (await isFree(port)) return port;
  }
  throw new Error(`no port from ${firstPort} on is free`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server
      .on('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

export interface Postgres {
  readonly port: number;
  /** For libpq, as the superuser `postgres`. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs SQL and gives its rows, columns parted by `|`. */
  query(sql: string): Promise<string[]>;
  /** Opens sessions that stay open and idle until the test is over. */
  openIdleSessions(count: number, user: string): Promise<void>;
}

/** A PostgreSQL server that is started and ended by hand. */
export interface PostgresCluster {
  readonly port: number;
  /** Starts it, again where it was ended; resolves when it is ready. */
  start(): Promise<void>;
  /** Ends it as `pg_ctl stop -m fast` does. */
  stop(): Promise<void>;
  /** Has all of its processes stand still, or go on. */
  signalAll(name: 'SIGSTOP' | 'SIGCONT'): void;
  /** Ends it and takes its files away. */
  dispose(): Promise<void>;
}

/** Makes the files of a PostgreSQL server of its own, for all the tests of a file. */
export async function makePostgres({
  maxConnections,
  alsoAt,
  isDurable = false,
}: {
  readonly maxConnections: number;
  /** An address of this machine, beside that of the loopback, at which all may come. */
  readonly alsoAt?: string;
  /** Waits for the device, as servers do whose data is wanted. */
  readonly isDurable?: boolean;
}): Promise<PostgresCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'runsheet-postgres-'));
  // PostgreSQL refuses to run as root; it then runs as the user that its package made.
  const owner = process.getuid?.() === 0 ? userIds('postgres') : undefined;
  if (owner) await chown(folder, owner.uid, owner.gid);
  await chmod(folder, 0o700);
  const port = await freePort();
  const data = join(folder, 'data');
  await call(program('initdb'), ['--auth=trust', '--username=postgres', '--no-sync', '-D', data], {
    ...owner,
    cwd: '/',
    env: cleanEnv,
  });
  if (alsoAt !== undefined) await appendFile(join(data, 'pg_hba.conf'), `host all all ${alsoAt}/24 trust\n`);
  const settings = {
    listen_addresses: alsoAt === undefined ? '127.0.0.1' : `127.0.0.1,${alsoAt}`,
    port,
    unix_socket_directories: '',
    max_connections: maxConnections,
    fsync: isDurable ? 'on' : 'off',
  };
  let server: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (server !== undefined) await endServer(server, 'SIGINT');
  };
  return {
    port,
    start: async () => {
      server = spawn(
        program('postgres'),
        ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
        { ...owner, cwd: '/', env: cleanEnv, stdio: ['ignore', 'ignore', 'pipe'] },
      );
      await serverReady(server, /database system is ready to accept connections/);
    },
    stop,
    signalAll: (name) => {
      const { pid = 0 } = server ?? {};
      // The first one makes the others: it is stopped before them, and goes on behind them.
      const others = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
      for (const one of name === 'SIGSTOP' ? [pid, ...others] : [...others, pid]) process.kill(one, name);
    },
    dispose: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A PostgreSQL server of its own with room for `maxConnections` sessions, three of them for superusers. */
export async function startPostgres({ maxConnections }: { maxConnections: number }): Promise<Postgres> {
  const cluster = await makePostgres({ maxConnections });
  const { port } = cluster;
  onTestFinished(() => cluster.dispose());
  await cluster.start();

  const env = { PGHOST: '127.0.0.1', PGPORT: String(port), PGUSER: 'postgres', PGDATABASE: 'postgres' };
  const query = async (sql: string) => {
    const { stdout } = await call('psql', ['-XwAtc', sql], { env: { ...cleanEnv, ...env } });
    return stdout.split('\n').filter((line) => line !== '');
  };
  return {
    port,
    env,
    query,
    openIdleSessions: async (count, user) => {
      const sessions = Array.from({ length: count }, () =>
        spawn('psql', ['-XwqAt', '-U', user], {
          env: { ...cleanEnv, ...env, PGAPPNAME: 'shop' },
          stdio: ['pipe', 'pipe', 'ignore'],
        }),
      );
      onTestFinished(() => {
        for (const session of sessions) session.kill('SIGKILL');
      });
      // A session that has answered one query is idle from then on.
      await Promise.all(
        sessions.map(
          (session) =>
            new Promise<void>((resolve, reject) => {
              session.on('exit', () => reject(new Error('a session ended before it was idle')));
              session.stdout.once('data', () => resolve());
              session.stdin.on('error', () => {}).write('SELECT 1;\n');
            }),
        ),
      );
    },
  };
}

/** A MariaDB server of its own; gives the environment that leads its client there, as the superuser `root`. */
export async function startMariadb(): Promise<Readonly<Record<string, string>>> {
  const folder = await mkdtemp(join(tmpdir(), 'runsheet-mariadb-'));
  const owner = process.getuid?.() === 0 ? userIds('mysql') : undefined;
  if (owner) await chown(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const install = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal'];
  await call(program('mariadb-install-db'), [...install, '--skip-test-db'], { ...owner, cwd: '/' });
  const port = await freePort();
  const places = [`--datadir=${data}`, `--socket=${join(folder, 's')}`, `--pid-file=${join(folder, 'pid')}`];
  const server = spawn(
    program('mariadbd'),
    ['--no-defaults', ...places, `--port=${port}`, '--bind-address=127.0.0.1', '--skip-log-bin'],
    { ...owner, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  onTestFinished(async () => {
    await endServer(server, 'SIGTERM');
    await rm(folder, { recursive: true, force: true });
  });
  await serverReady(server, /ready for connections/);
  return { MYSQL_HOST: '127.0.0.1', MYSQL_PORT: String(port), MYSQL_USER: 'root' };
}

export interface Nginx {
  readonly folder: string;
  /** The main configuration, which includes `sites/*.conf`. */
  readonly configuration: string;
  /** The command line that makes it read its configuration again. */
  readonly reload: string;
}

/** An nginx of its own, in the folder given, with these files in `sites/`. */
export async function startNginx(folder: string, siteFiles: readonly string[]): Promise<Nginx> {
  const configuration = join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await writeFile(
    configuration,
    [
      // Workers of a server started by root would be another user, who may not look into the folder.
      process.getuid?.() === 0 ? 'user root;' : '',
      'worker_processes 1;',
      `pid ${folder}/nginx.pid;`,
      'error_log stderr notice;',
      'events { worker_connections 64; }',
      'http {',
      '  access_log off;',
      // A connection kept open would go on being served by a worker of the old configuration.
      '  keepalive_timeout 0;',
      ...temporary.map((name) => `  ${name}_temp_path ${folder}/${name};`),
      ...siteFiles.map((file) => `  include ${file};`),
      '}',
      '',
    ].join('\n'),
  );
  const server = spawn(program('nginx'), ['-p', folder, '-c', configuration, '-g', 'daemon off;'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => endServer(server, 'SIGTERM'));
  await serverReady(server, /start worker process \d+/);
  return { folder, configuration, reload: `nginx -p ${folder} -c ${configuration} -s reload` };
}

function userIds(name: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }).trim());
  return { uid: id('-u'), gid: id('-g') };
}

/** Resolves when the server has logged a line that matches; fails with what it had logged instead. */
export async function serverReady(server: ChildProcess, line: RegExp): Promise<void> {
  let logged = '';
  await new Promise<void>((resolve, reject) => {
    const deadline = setTimeout(
      () => reject(new Error(`not ready after ${readyDeadlineMs / 1000} s\n${logged}`)),
      readyDeadlineMs,
    );
    server.on('error', reject);
    server.on('exit', () => reject(new Error(`ended before it was ready\n${logged}`)));
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (line.test(logged)) return;
      logged += text;
      if (!line.test(logged)) return;
      clearTimeout(deadline);
      resolve();
    });
  });
}

/** Ends a server, by force when it does not listen. */
export async function endServer(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  const deadline = setTimeout(() => server.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(deadline);
}
