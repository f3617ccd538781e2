// Owns the way to a machine: how a session on it is opened, and what is said where none can be.
import { type MachineAddress, machineWords } from '../../../basics/machine-address.ts';
import { type AskOptions, askForConnection, couldBeAsked } from './ask-for-connection.ts';
import { askForPassword } from './ask-for-password.ts';
import { canAsk, type RunAsSettings, runAs } from './run-as.ts';
import type { SessionProgram } from './session-program.ts';
import type { SshClient } from './ssh-client.ts';

/** How a session is wanted. */
export interface SessionCall {
  /** A line for `/bin/sh`; it is seen by everybody there, and holds nothing secret. */
  readonly command: string;
  readonly terminal: boolean;
}

export interface WayContext {
  readonly client: SshClient;
  readonly runAs: RunAsSettings;
}

/** What became of a session that did not come to its end. */
export interface LostSession {
  readonly begun: boolean;
  readonly message: string;
}

/** What sudo says to whoever it would have to ask. */
const wantsPassword = /password is required|terminal is required|a password/i;

const noPassword =
  'let sudo run it without a password (`NOPASSWD`), or say what else makes it that user with `run-as` in `runsheet.yaml`';

/** The variables of the tool's own that what changes users may see; the rest is the operator's. */
const passed = /^(?:PATH|TERM|LANG|LC_\w+|TZ|SUDO_\w+)$/;

/** One for each machine. */
export class MachineWay {
  readonly address: MachineAddress;
  readonly #context: WayContext;
  /** Somebody had to say a password: sudo remembers that for what is started in the tool's own session only. */
  #wasAsked = false;

  constructor(address: MachineAddress, context: WayContext) {
    this.address = address;
    this.#context = context;
  }

  /** Whether a block there may have a terminal that is made for it. */
  get givesTerminals(): boolean {
    return !this.#wasAsked;
  }

  /** The program that opens a session. */
  call({ command, terminal }: SessionCall): SessionProgram {
    const { host, user } = this.address;
    const { client } = this.#context;
    if (host !== undefined) {
      const there = user === undefined ? command : this.#onHost(user, command);
      return {
        ...client.call({ host, command: there, terminal, mayAsk: false }),
        env: client.settings.env,
        detached: true,
      };
    }
    return this.#asUser(command, terminal && this.#wasAsked ? [] : undefined);
  }

  /** Whether a session is refused for want of an answer that a person could give. */
  couldBeAsked(message: string): boolean {
    const { host, user } = this.address;
    if (host !== undefined && couldBeAsked(message)) return true;
    return (
      host === undefined && user !== undefined && wantsPassword.test(message) && canAsk(this.#context.runAs)
    );
  }

  /** Lets ssh or sudo ask on the terminal that there is; `nobody` where there is none. */
  async ask(options: AskOptions): Promise<'connected' | 'refused' | 'nobody'> {
    const { host, user } = this.address;
    const { client } = this.#context;
    if (host !== undefined) return askForConnection(client, host, options);
    if (user === undefined) return 'nobody';
    const program = { ...this.#asUser('exit 0', ['-S', '-p', '']), detached: false };
    const answer = await askForPassword(program, { ...options, mayAsk: client.settings.mayAsk, user });
    if (answer === 'connected') this.#wasAsked = true;
    return answer;
  }

  /** Why a session that was not begun could not be, where that is no matter of a connection. */
  async refusal({ begun, message }: LostSession): Promise<string | undefined> {
    const { host, user } = this.address;
    if (begun || user === undefined) return undefined;
    if (host !== undefined && !(await this.#context.client.isConnected(host))) return undefined;
    const help = wantsPassword.test(message) ? `; ${noPassword}` : '';
    return `it cannot be run ${machineWords(this.address)}: ${message === '' ? 'that ended without a word' : message}${help}`;
  }

  /** What became of the connection, to follow "the connection to" and the machine. */
  async lossWords({ begun, message }: LostSession): Promise<string> {
    const { host } = this.address;
    if (!begun) return `could not be made: ${message === '' ? 'ssh ended without a word' : message}`;
    if (host === undefined || (await this.#context.client.isConnected(host)))
      return 'stands, but the block ended the session it ran in, and how it ended is not known';
    return 'was lost while the block was running';
  }

  /** Whatever shell the account over there has, it understands this. */
  #onHost(user: string, command: string): string {
    const line = runAs(this.#context.runAs, { user, command });
    return `exec /bin/sh -c '${line.replaceAll("'", "'\\''")}'`;
  }

  #asUser(command: string, asking: readonly string[] | undefined): SessionProgram {
    const { user = '' } = this.address;
    const { client, runAs: settings } = this.#context;
    const line = runAs(settings, { user, command, ...(asking && { asking }) });
    const env = Object.entries(client.settings.env).filter(([name]) => passed.test(name));
    return { file: '/bin/sh', args: ['-c', line], env: Object.fromEntries(env), detached: !this.#wasAsked };
  }
}
