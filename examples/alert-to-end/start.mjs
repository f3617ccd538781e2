// Brings an exhausted PostgreSQL pool, Prometheus, Alertmanager and a server of runbooks up on this machine, with
// stand-ins for mail, Slack, PagerDuty and the accounts of people, and takes all of it down again.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, constants, readdirSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openProvider } from './provider.mjs';
import { openChat, openExporter, openMail, openPager } from './stand-ins.mjs';

const call = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..', '..');
const tool = join(root, 'dist', 'runsheet.js');
const say = (line) => process.stdout.write(`${line}\n`);
const children = [];

/** A program on the path, or where Debian keeps those of PostgreSQL. */
function find(name) {
  const versions = isThere('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const folders = [
    ...(process.env.PATH ?? '').split(':'),
    '/usr/sbin',
    ...versions.map((version) => `/usr/lib/postgresql/${version}/bin`),
  ];
  const found = folders.map((folder) => join(folder, name)).find(isThere);
  if (found !== undefined) return found;
  say(`${name} is not installed: apt-get install postgresql prometheus prometheus-alertmanager`);
  return process.exit(1);
}

function isThere(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** A server of this example; the promise is kept once it says that it is ready. */
function begin(command, args, ready, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  children.push(child);
  return new Promise((resolve, reject) => {
    let said = '';
    const look = (chunk) => {
      if (said === undefined) return;
      said += chunk;
      if (!ready.test(said)) return;
      said = undefined;
      resolve(child);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.on('error', reject);
    child.on('close', () => reject(new Error(`${command} has ended: ${said ?? ''}`)));
  });
}

/** PostgreSQL refuses to run as root: it then runs as the user that its package has made. */
async function postgresUser() {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (what) => Number((await call('id', [what, 'postgres'])).stdout)),
  );
  return { uid, gid };
}

/** Twenty connections at most, all but three of which an application has opened and forgotten. */
async function startPostgres(folder, port) {
  const user = await postgresUser();
  const data = join(folder, 'postgres');
  await mkdir(data, { mode: 0o700 });
  if (user.uid !== undefined) await chown(data, user.uid, user.gid);
  const options = { ...user, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C' } };
  await call(find('initdb'), ['--auth=trust', '--username=postgres', '--no-sync', '-D', data], options);
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 20,
    fsync: 'off',
  };
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  await begin(find('postgres'), ['-D', data, ...given], /ready to accept connections/, options);
  const psql = (...args) => ['-X', '-h', '127.0.0.1', '-p', String(port), '-d', 'postgres', ...args];
  const query = async (sql) =>
    (await call(find('psql'), psql('-U', 'postgres', '-At', '-c', sql))).stdout.trim();
  await query('CREATE ROLE shop LOGIN');
  const opened = Array.from({ length: 17 }, () =>
    begin(find('psql'), psql('-U', 'shop', '-At'), /open/, { stdio: ['pipe', 'pipe', 'pipe'] }),
  );
  // Each is told by its session that it is open, and stays so without a word.
  for (const child of children.slice(-opened.length)) {
    child.stdin.on('error', () => {});
    child.stdin.write("SELECT 'open';\n");
  }
  await Promise.all(opened);
  return query;
}

/** The files of this folder, with the ports of this start in them. */
async function fillIn(folder, values) {
  const fill = async (name, to = name) => {
    const text = await readFile(join(here, name), 'utf8');
    const filled = text.replace(/\$\{([A-Z_]+)\}/g, (_, variable) => String(values[variable]));
    await writeFile(join(folder, to), filled);
  };
  await mkdir(join(folder, 'library'));
  await Promise.all(
    ['rules.yml', 'prometheus.yml', 'alertmanager.yml', 'serve.yaml'].map((name) => fill(name)),
  );
  await fill('channels.yaml', 'library/runsheet.yaml');
  await writeFile(join(folder, 'library', 'pool.md'), await readPage());
}

/** The runbook of the project, which asks the people of this example, and takes a second for long. */
async function readPage() {
  let page = await readFile(join(root, 'runbooks', 'postgres-connection-pool.md'), 'utf8');
  const telling = `approvals: { dba: { people: [ann] } }\nnotify: [{ on: [approval, succeeded, failed], to: [chat, pager] }]\n`;
  for (const [old, other] of [
    ['env: {', `${telling}env: {`],
    ['{name=end-idle-sessions', '{name=end-idle-sessions approve=dba'],
    ['default: 10 minutes', 'default: 1 second'],
  ]) {
    if (!page.includes(old)) throw new Error(`the runbook has no \`${old}\``);
    page = page.replace(old, other);
  }
  return page;
}

async function startMonitoring(folder, alerts, own) {
  await begin(
    find('prometheus-alertmanager'),
    [
      `--config.file=${join(folder, 'alertmanager.yml')}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=127.0.0.1:${alerts}`,
      '--cluster.listen-address=',
    ],
    /msg="?Listening on"?/,
  );
  await begin(
    find('prometheus'),
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'metrics')}`,
      `--web.listen-address=127.0.0.1:${own}`,
    ],
    /ready to receive web requests/,
  );
}

/** Ends all that was started, the server of runbooks first and PostgreSQL last. */
async function endAll(folder) {
  for (const child of children.reverse()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill(child.spawnfile.endsWith('/postgres') ? 'SIGINT' : 'SIGTERM');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
}

/** The run that the alert starts, once it has; undefined where everything is ended before. */
async function firstRun(state, isOver) {
  while (!isOver()) {
    const { stdout } = await call(process.execPath, [tool, 'runs', '--json', '--state-dir', state]);
    const [first] = JSON.parse(stdout);
    if (first !== undefined) return first.id;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return undefined;
}

async function main() {
  const pagePort = Number(process.argv[2] ?? 8042);
  const origin = `http://127.0.0.1:${pagePort}`;
  const folder = await mkdtemp(join(tmpdir(), 'runsheet-alert-'));
  await chmod(folder, 0o711);
  let isEnding = false;
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => {
      if (isEnding) return;
      isEnding = true;
      void endAll(folder).then(() => process.exit(0));
    });
  try {
    const [postgres, alerts, own] = [await freePort(), await freePort(), await freePort()];
    const [token, secret] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
    const query = await startPostgres(folder, postgres);
    say(`PostgreSQL at 127.0.0.1:${postgres} has 20 connections, and 17 of them idle`);
    await fillIn(folder, {
      POSTGRES_PORT: postgres,
      ALERTMANAGER_PORT: alerts,
      PAGE_PORT: pagePort,
      ALERTMANAGER_TOKEN: token,
      EXPORTER_PORT: await openExporter(query),
      MAIL_PORT: await openMail(say),
      CHAT_PORT: await openChat(say),
      PAGER_PORT: await openPager(say),
      PROVIDER_PORT: await openProvider(secret, `${origin}/sign-in/oidc/return`),
    });
    const env = {
      ...process.env,
      RUNSHEET_STATE: join(folder, 'state'),
      ALERTMANAGER_TOKEN: token,
      OIDC_SECRET: secret,
    };
    const args = [tool, 'serve', '--library', 'library', '--listen', `127.0.0.1:${pagePort}`];
    const server = spawn(process.execPath, args, {
      cwd: folder,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    children.push(server);
    server.on('close', () => process.kill(process.pid, 'SIGTERM'));
    await startMonitoring(folder, alerts, own);
    say(
      `the page is at ${origin}: sign in as bob, who operates, and elsewhere as ann, who approves; any password will do`,
    );
    say(
      `Prometheus is at http://127.0.0.1:${own}, Alertmanager at http://127.0.0.1:${alerts}; Ctrl-C ends everything`,
    );
    const run = await firstRun(join(folder, 'state'), () => isEnding);
    if (run !== undefined)
      say(`the alert has started a run, which looks, and then waits for bob: ${origin}/runs/${run}`);
  } catch (error) {
    if (isEnding) return;
    say(String(error instanceof Error ? error.message : error));
    await endAll(folder);
    process.exit(1);
  }
}

const { username } = userInfo();
say(`starting as ${username}; nothing is left behind at the end`);
await main();
