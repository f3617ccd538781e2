// Owns running blocks in sessions on one machine, a host or another account, and what they leave there for later ones.

import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import { type MachineAddress, machineWords } from '../../basics/machine-address.ts';
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
import { MachineWay, type WayContext } from './ways/machine-way.ts';
import { tryWay } from './ways/try-way.ts';

export interface SessionMachineContext extends WayContext {
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

export class SessionMachine implements Machine {
  readonly host?: string;
  readonly #way: MachineWay;
  /** Sessions were opened there, so that nobody is asked any more. */
  #isOpen = false;
  /** Where sessions begin over there is not known before the first block. */
  readonly carried: CarriedState;
  readonly #context: SessionMachineContext;
  /** What the run's own variables were when they were last handed over. */
  readonly #given = new Map<string, string>();
  /** What each kind of shell starts from there, once it was seen. */
  readonly #baselines = new Map<string, ShellState>();

  constructor(address: MachineAddress, context: SessionMachineContext) {
    if (address.host !== undefined) this.host = address.host;
    this.#way = new MachineWay(address, context);
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
      return { startFailure: `\`${item.language}\` blocks run on this machine, as the operator, only` };
    return this.#prepared(request, language);
  }

  async prepareScript(
    request: ExecutionRequest,
    { text, input }: MachineScript,
  ): Promise<PreparedBlock | StartFailure> {
    const language: RunnableThere = {
      type: 'interpreter',
      choices: [['/bin/sh']],
      extension: 'sh',
      code: fromByteText(text),
      help: 'there is none',
    };
    return this.#prepared(request, language, input);
  }

  async #prepared(
    request: ExecutionRequest,
    language: RunnableThere,
    input?: Uint8Array,
  ): Promise<PreparedBlock | StartFailure> {
    const refusal = await this.#open(request);
    if (refusal !== undefined) return { startFailure: refusal };
    const { item, purpose, terminal } = request;
    const { resources } = this.#context;
    this.#giveVariables();
    const isShell = language.type === 'shell';
    const onTerminal =
      purpose === 'block' &&
      isShell &&
      terminal !== undefined &&
      (terminal.type === 'operator' || (this.#way.givesTerminals && !wantsStdout(item)));
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
      way: this.#way,
      grace,
      leftOvers: pool.leftOvers,
      request,
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

  /** Finds out whether another account of this machine can be had, before anything is begun as it. */
  async #open({ item, attempt, terminal, signal, onOutput }: ExecutionRequest): Promise<string | undefined> {
    if (this.#isOpen || this.host !== undefined) return undefined;
    const way = this.#way;
    let lost = await tryWay(way);
    if (lost !== undefined && way.couldBeAsked(lost)) {
      const { pool, secrets } = this.#context.resources;
      const { leftOvers } = pool;
      const asked = secrets.redactor.createStream();
      const shown = { address: item.address, attempt, stream: 'terminal' } as const;
      await way.ask({
        terminal,
        signal,
        // What is asked is no output of the block: it is shown where the answer is typed, and recorded nowhere.
        onBytes: (bytes) => onOutput({ ...shown, bytes: asked.push(bytes) }),
        onHeld: (held) => void leftOvers.watchTerminal(held),
      });
      lost = await tryWay(way);
    }
    this.#isOpen = lost === undefined;
    return lost === undefined ? undefined : way.refusal({ begun: false, message: lost });
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
          keepState: request.purpose === 'block' && request.each === undefined,
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
    const { address } = this.#way;
    const where = machineWords(address);
    const who = `\`${address.host ?? address.user}\``;
    const because = (message: string): FailureReason<string> => ({ type: 'spawn', message });
    if (refusal === 'no-folder')
      return because(`the working directory \`${item.cwd}\` does not exist ${where}`);
    if (refusal === 'no-scratch')
      return because(`${who} has no folder for temporary files that can be written`);
    const commands =
      language.type === 'shell' ? language.commands : language.choices.map(([command = '']) => command);
    const what = purpose === 'condition' ? 'conditions' : `\`${item.language}\` blocks`;
    const needed = commands.map((command) => `\`${command}\``).join(' or ');
    return because(`${what} need ${needed}, which ${who} does not have; ${language.help}`);
  }
}

function withoutOwn(state: ShellState): ShellState {
  const variables = new Map(state.variables);
  for (const name of ownVariables) variables.delete(name);
  return { ...state, variables };
}
