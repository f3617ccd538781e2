// Owns how the system's ssh is called and where its connections meet.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface SshSettings {
  /** What starts OpenSSH's client: its name, or a path with arguments such as `-F file`. */
  readonly command: readonly string[];
  /** The environment of ssh itself; inputs and secrets have no place in it. */
  readonly env: Readonly<Record<string, string>>;
  /** True when a person is there whom ssh may ask for a password or about an unknown host. */
  readonly mayAsk: boolean;
}

/** How a session is wanted. */
export interface SshCall {
  readonly host: string;
  /** The command line for the host; it is seen by everybody there, and holds nothing secret. */
  readonly command: string;
  readonly terminal: boolean;
  /** False makes ssh fail where it would have to ask somebody. */
  readonly mayAsk: boolean;
}

/** An idle connection ends itself after so many seconds, also when the tool was killed. */
const persistSeconds = 600;
const connectTimeoutSeconds = 30;
/** A connection that is silent for three of these is lost. */
const aliveIntervalSeconds = 15;
const exitTimeoutMs = 5_000;
/** Sockets have paths of about a hundred bytes, and ssh adds some of its own while it makes one. */
const longestFolderBytes = 60;

/** One client for a run: all its sessions of a host go through one connection. */
export class SshClient {
  readonly settings: SshSettings;
  #folder: string | undefined;
  readonly #sockets = new Map<string, string>();

  constructor(settings: SshSettings) {
    this.settings = settings;
  }

  /** The program and its arguments for a session. */
  call({ host, command, terminal, mayAsk }: SshCall): { readonly file: string; readonly args: string[] } {
    const [file = 'ssh', ...own] = this.settings.command;
    const options = {
      ControlMaster: 'auto',
      ControlPath: this.#socketOf(host),
      ControlPersist: String(persistSeconds),
      BatchMode: mayAsk ? 'no' : 'yes',
      LogLevel: 'ERROR',
      ConnectTimeout: String(connectTimeoutSeconds),
      ServerAliveInterval: String(aliveIntervalSeconds),
      ServerAliveCountMax: '3',
      // What a configuration wants for people's own sessions would stand in the way of ours.
      ClearAllForwardings: 'yes',
      RemoteCommand: 'none',
      EscapeChar: 'none',
    };
    const asked = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
    return { file, args: [...own, ...asked, terminal ? '-tt' : '-T', '--', host, command] };
  }

  /** Whether the connection to a host stands. */
  async isConnected(host: string): Promise<boolean> {
    return this.#control('check', host);
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all([...this.#sockets.keys()].map((host) => this.#control('exit', host)));
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
    this.#sockets.clear();
  }

  async #control(request: 'check' | 'exit', host: string): Promise<boolean> {
    const socket = this.#sockets.get(host);
    if (socket === undefined || !existsSync(socket)) return false;
    const [file = 'ssh', ...own] = this.settings.command;
    const args = [...own, '-o', `ControlPath=${socket}`, '-O', request, '--', host];
    try {
      await promisify(execFile)(file, args, { env: this.settings.env, timeout: exitTimeoutMs });
      return true;
    } catch {
      return false;
    }
  }

  /** Short names: a host may be called anything, at any length. */
  #socketOf(host: string): string {
    const known = this.#sockets.get(host);
    if (known !== undefined) return known;
    if (this.#folder === undefined) {
      const wished = tmpdir();
      const parent = Buffer.byteLength(wished) > longestFolderBytes ? '/tmp' : wished;
      this.#folder = mkdtempSync(join(parent, 'rs-'));
    }
    const socket = join(this.#folder, String(this.#sockets.size));
    this.#sockets.set(host, socket);
    return socket;
  }
}
