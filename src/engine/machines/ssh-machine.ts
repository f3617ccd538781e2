// Owns running blocks on one host, and what they leave there for later ones.

import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import { namedValues } from '../../basics/named-values.ts';
import { fromByteText } from '../../languages/shell/byte-text.ts';
import type { FreshDialect, ShellDump } from '../../languages/shell/shell-dialect.ts';
import { type ShellState, unknownState } from '../../languages/shell/shell-state.ts';
import type { FailureReason } from '../../run/event.ts';
import type { ExecutionRequest } from '../../run/executor.ts';
import type { BlockItem } from '../../run/plan.ts';
import type { StartFailure } from '../processes/start-process.ts';
import { CarriedState } from '../shells/carried-state.ts';
import { strictBaseline } from '../shells/fresh-shell.ts';
import { isStrict, type Machine, type MachineScript, type PreparedBlock, wantsStdout } from './machine.ts';
import { RemoteBlock } from './remote-block.ts';
import {
  type RemoteLanguage,
  type RemoteLanguageSettings,
  remoteLanguage,
  remoteShellLanguage,
} from './remote-language.ts';
import type { RemoteRefusal } from './remote-script.ts';
import { fromHome, renderStart } from './render-start.ts';
import type { RunResources } from './run-resources.ts';
import type { SshClient } from './ssh-client.ts';

export interface SshMachineContext {
  readonly client: SshClient;
  readonly resources: RunResources;
  readonly languages: RemoteLanguageSettings;
  /** What the run hands to every block: its inputs, its environment, what was captured. */
  readonly variables: () => Readonly<Record<string, string>>;
}

/** What can be run on a host. */
type RunnableThere = Extract<RemoteLanguage, { type: 'shell' | 'interpreter' }>;

/** What a terminal, or the session itself, sets: none of it is the block's doing. */
const ownVariables = [
  ...['TERM', 'COLORTERM', 'COLUMNS', 'LINES', 'SSH_CLIENT', 'SSH_CONNECTION', 'SSH_TTY', 'SSH_AUTH_SOCK'],
  ...['XDG_SESSION_ID', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'],
];

export class SshMachine implements Machine {
  readonly host: string;
  /** Where sessions begin over there is not known before the first block. */
  readonly carried: CarriedState;
  readonly #context: SshMachineContext;
  /** What the run's own variables were when they were last handed over. */
  readonly #given = new Map<string, string>();
  /** What each kind of shell starts from there, once it was seen. */
  readonly #baselines = new Map<string, ShellState>();

  constructor(host: string, context: SshMachineContext) {
    this.host = host;
    this.#context = context;
    this.carried = new CarriedState({}, '', context.resources.secrets);
  }

  async prepare(request: ExecutionRequest): Promise<PreparedBlock | StartFailure> {
    const { item, purpose } = request;
    const { languages } = this.#context;
    const language =
      purpose === 'condition'
        ? remoteShellLanguage(languages.shell, request.code, isStrict(request))
        : remoteLanguage(item.language, request.code, languages, isStrict(request));
    if (language.type === 'unknown' || language.type === 'local-only')
      return { startFailure: `\`${item.language}\` blocks cannot be run on a host` };
    return this.#prepared(request, language);
  }

  async prepareScript(request: ExecutionRequest, { text, input }: MachineScript): Promise<PreparedBlock> {
    const language: RunnableThere = {
      type: 'interpreter',
      choices: [['/bin/sh']],
      extension: 'sh',
      code: fromByteText(text),
      help: 'there is none',
    };
    return this.#prepared(request, language, input);
  }

  #prepared(request: ExecutionRequest, language: RunnableThere, input?: Uint8Array): PreparedBlock {
    const { item, purpose, terminal } = request;
    const { client, resources } = this.#context;
    this.#giveVariables();
    const isShell = language.type === 'shell';
    const onTerminal =
      purpose === 'block' &&
      isShell &&
      terminal !== undefined &&
      (terminal.type === 'operator' || !wantsStdout(item));
    const { host, carried } = this;
    const nonce = randomBytes(16).toString('hex');
    const baseline = isShell ? this.#baselines.get(language.dialect.name) : undefined;
    const { common, grace, pool } = resources;
    const start = renderStart(language, {
      request,
      host,
      nonce,
      carried,
      common,
      baseline,
      onTerminal,
      ...(input && { input }),
    });
    const block = {
      client,
      grace,
      leftOvers: pool.leftOvers,
      request,
      host,
      script: { nonce, start, ...(item.cwd !== undefined && { needsFolder: fromHome(item.cwd) }) },
      onTerminal,
      ...this.#stateOf(language, request),
      refused: (refusal: RemoteRefusal) => this.#refused(request, language, refusal),
    };
    return {
      carriesState: isShell,
      onTerminal,
      start: async (job) => new RemoteBlock(block, job),
      done: async () => {},
    };
  }

  /** A block there may have given one of them another value, which stands until the run gives it a new one. */
  #giveVariables(): void {
    const changed = namedValues<string>();
    for (const [name, value] of Object.entries(this.#context.variables())) {
      if (this.#given.get(name) === value) continue;
      this.#given.set(name, value);
      changed[name] = value;
    }
    this.carried.assign(changed);
  }

  #stateOf(language: RunnableThere, request: ExecutionRequest) {
    if (language.type !== 'shell') return { onBase: () => {}, adopt: () => false };
    const { dialect } = language;
    const base = strictBaseline(dialect, this.#baselines.get(dialect.name) ?? unknownState);
    return {
      shell: {
        dialect,
        given: {
          code: request.code,
          strict: isStrict(request),
          keepState: request.purpose === 'block',
          state: this.carried.stateOf(dialect, base),
        },
      },
      onBase: (base: ShellDump) => {
        const state = withoutOwn(base.state);
        this.#baselines.set(dialect.name, state);
        this.carried.rebase(dialect, strictBaseline(dialect, state));
      },
      adopt: (dump: ShellDump) => this.#adopt(dialect, dump, request.item),
    };
  }

  #adopt(dialect: FreshDialect, dump: ShellDump, item: BlockItem): boolean {
    const home = this.#baselines.get(dialect.name)?.cwd;
    if (home === undefined) return false;
    const cwd = item.cwd === undefined ? undefined : fromHome(item.cwd).replace(/^~/, fromByteText(home));
    return this.carried.adopt(
      dialect,
      { ...dump, state: withoutOwn(dump.state) },
      {
        names: Object.keys(item.env),
        ...(cwd !== undefined && { cwd: posix.normalize(cwd).replace(/(?<=.)\/$/, '') }),
      },
    );
  }

  #refused(
    { item, purpose }: ExecutionRequest,
    language: RunnableThere,
    refusal: RemoteRefusal,
  ): FailureReason<string> {
    const { host } = this;
    const because = (message: string): FailureReason<string> => ({ type: 'spawn', message });
    if (refusal === 'no-folder')
      return because(`the working directory \`${item.cwd}\` does not exist on \`${host}\``);
    if (refusal === 'no-scratch')
      return because(`\`${host}\` has no folder for temporary files that can be written`);
    const commands =
      language.type === 'shell' ? language.commands : language.choices.map(([command = '']) => command);
    const what = purpose === 'condition' ? 'conditions' : `\`${item.language}\` blocks`;
    const needed = commands.map((command) => `\`${command}\``).join(' or ');
    return because(`${what} need ${needed}, which \`${host}\` does not have; ${language.help}`);
  }
}

function withoutOwn(state: ShellState): ShellState {
  const variables = new Map(state.variables);
  for (const name of ownVariables) variables.delete(name);
  return { ...state, variables };
}
