// Owns a machine for one test: a folder of its own, and real servers on loopback that `systemctl` starts and stops.
//
// The servers are children of the test and of no run, as those of a real machine are children of its init. `systemctl`
// is a program first on the path that asks the test.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { endServer, findProgram, serverReady } from '../services.ts';

/** A server, as its unit file says. */
export interface Unit {
  /** The account that it runs as. */
  readonly user: string;
  /** Program and arguments, made when it is started, as a unit reads its environment file then. */
  readonly command: () => Promise<readonly string[]> | readonly string[];
  readonly env?: () => Promise<Readonly<Record<string, string>>>;
  /** What it logs when it is ready to serve. */
  readonly ready: RegExp;
  /** What stops it; SIGTERM unless said otherwise. */
  readonly stop?: NodeJS.Signals;
}

export class Machine {
  /** Everybody may look into it; what servers write lies in folders of theirs. */
  readonly folder: string;
  readonly #units = new Map<string, Unit>();
  readonly #running = new Map<string, ChildProcess>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<Machine> {
    const machine = new Machine(await mkdtemp(join(tmpdir(), 'runsheet-machine-')));
    const inMemory = mountMemory(machine.folder);
    await chmod(machine.folder, 0o755);
    const socket = join(machine.folder, 'init');
    const init = machine.#listen(socket);
    onTestFinished(async () => {
      init.close();
      init.closeAllConnections();
      await Promise.all([...machine.#running.keys()].map((name) => machine.stop(name)));
      if (inMemory) execFileSync('umount', ['--lazy', machine.folder]);
      await rm(machine.folder, { recursive: true, force: true });
    });
    const asks = `#!/bin/sh
for unit; do :; done
case "$*" in *--quiet*) exec >/dev/null 2>&1 ;; esac
curl -sS --fail-with-body --unix-socket '${socket}' "http://init/$1/$unit" || case $1 in is-active) exit 3 ;; *) exit 1 ;; esac
`;
    await mkdir(machine.bin);
    await writeFile(join(machine.bin, 'systemctl'), asks, { mode: 0o755 });
    return machine;
  }

  /** Programs of this machine, which come before those of the real one. */
  get bin(): string {
    return join(this.folder, 'bin');
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** Makes a folder that belongs to an account. */
  async own(user: string, name: string): Promise<string> {
    execFileSync('install', ['-d', '-o', user, '-g', user, '-m', '0755', this.path(name)]);
    return this.path(name);
  }

  async write(name: string, text: string): Promise<string> {
    await writeFile(this.path(name), text);
    return this.path(name);
  }

  define(name: string, unit: Unit): void {
    this.#units.set(name, unit);
  }

  /** Resolves when it is ready to serve; fails with what it has logged. */
  async start(name: string): Promise<void> {
    if (this.isActive(name)) return;
    const unit = this.#units.get(name);
    if (!unit) throw new Error(`there is no unit ${name}`);
    const id = (flag: string): number => Number(execFileSync('id', [flag, unit.user], { encoding: 'utf8' }));
    const [program = '', ...args] = await unit.command();
    // Some log to their standard output.
    const server = spawn('sh', ['-c', 'exec "$0" "$@" >&2', findProgram(program) ?? program, ...args], {
      uid: id('-u'),
      gid: id('-g'),
      cwd: '/',
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', ...(await unit.env?.()) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#running.set(name, server);
    await serverReady(server, unit.ready);
  }

  async stop(name: string): Promise<void> {
    const server = this.#running.get(name);
    if (server) await endServer(server, this.#units.get(name)?.stop ?? 'SIGTERM');
  }

  isActive(name: string): boolean {
    const server = this.#running.get(name);
    return server !== undefined && server.exitCode === null && server.signalCode === null;
  }

  /** Which of its servers run. */
  activeUnits(): readonly string[] {
    return [...this.#units.keys()].filter((name) => this.isActive(name)).sort();
  }

  #listen(socket: string): Server {
    return createServer((request, response) => {
      const [, verb = '', name = ''] = decodeURI(request.url ?? '').split('/');
      this.#obey(verb, name).then(
        (said) => response.end(said),
        (error: Error) => response.writeHead(500).end(`${error.message}\n`),
      );
    }).listen(socket);
  }

  async #obey(verb: string, name: string): Promise<string> {
    if (verb === 'daemon-reload') return '';
    if (!this.#units.has(name)) throw new Error(`Unit ${name}.service not found.`);
    switch (verb) {
      case 'start':
        await this.start(name);
        return '';
      case 'stop':
        await this.stop(name);
        return '';
      case 'restart':
        await this.stop(name);
        await this.start(name);
        return '';
      case 'reload':
        if (!this.#running.get(name)?.kill('SIGHUP')) throw new Error(`Unit ${name}.service is not active.`);
        return '';
      case 'is-active':
        if (!this.isActive(name)) throw new Error('inactive');
        return 'active\n';
      default:
        throw new Error(`Unknown command verb ${verb}.`);
    }
  }
}

/** Servers bring all they write to the disk, which takes its time; not everywhere may a file system be mounted. */
function mountMemory(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1g', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The variables of an environment file, as a unit reads it. */
export async function environmentOf(path: string): Promise<Record<string, string>> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return Object.fromEntries(
    lines.flatMap((line) => {
      const match = /^(\w+)="?(.*?)"?$/.exec(line);
      return match ? [[match[1] ?? '', match[2] ?? '']] : [];
    }),
  );
}
