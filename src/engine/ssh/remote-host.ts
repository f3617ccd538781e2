// Owns one host of a run: its blocks one after the other, and the state carried between them. Knows no other host.
import { randomBytes } from 'node:crypto';
import { join, posix } from 'node:path';
import { fromByteText } from '../../languages/shell/byte-text.ts';
import type { FreshDialect } from '../../languages/shell/shell-dialect.ts';
import type { ShellState } from '../../languages/shell/shell-state.ts';
import type { FailureReason, SavedState } from '../../run/event.ts';
import type { ExecutionRequest, ExecutionResult } from '../../run/executor.ts';
import { failureOf, stateWarnings } from '../attempts/failure-of.ts';
import { handedOnBy, maskValues, type Values } from '../attempts/handed-on-by.ts';
import { captureLimitBytes } from '../attempts/read-capture.ts';
import { answer, notStarted, withoutSecrets } from '../attempts/result-of.ts';
import { type AttemptContext, wantsStdout } from '../attempts/run-attempt.ts';
import {
  conditionOutputBytes,
  FileOutput,
  MemoryOutput,
  type OutputStore,
  outputFileName,
} from '../output/output-store.ts';
import { CarriedState } from '../shells/carried-state.ts';
import { readSnapshot } from '../shells/save-snapshot.ts';
import { SavedStates } from '../shells/saved-states.ts';
import {
  type RemoteLanguage,
  type RemoteLanguageSettings,
  remoteLanguage,
  remoteShellLanguage,
} from './remote-language.ts';
import { fromHome, renderStart } from './render-start.ts';
import { type RemoteRun, runRemotely } from './run-remotely.ts';
import type { SshClient } from './ssh-client.ts';

export interface RemoteContext {
  readonly client: SshClient;
  readonly attempts: AttemptContext;
  readonly languages: RemoteLanguageSettings;
  readonly runFolder: string;
  readonly secretNames: Set<string>;
  /** What the run hands to every block: its inputs, its environment, what was captured. */
  readonly variables: () => Values;
}

/** What a terminal, or the session itself, sets: none of it is the block's doing. */
const ownVariables = [
  ...['TERM', 'COLORTERM', 'COLUMNS', 'LINES', 'SSH_CLIENT', 'SSH_CONNECTION', 'SSH_TTY', 'SSH_AUTH_SOCK'],
  ...['XDG_SESSION_ID', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'],
];

export class RemoteHost {
  readonly #host: string;
  readonly #context: RemoteContext;
  /** Where sessions begin over there is not known before the first block. */
  readonly #carried = new CarriedState({}, '');
  /** What the run's own variables were when they were last handed over. */
  readonly #given = new Map<string, string>();
  readonly #saved: SavedStates;
  /** What each kind of shell starts from there, once it was seen. */
  readonly #baselines = new Map<string, ShellState>();
  #queue: Promise<unknown> = Promise.resolve();

  /** `restoreFrom` is a state of an earlier process. Throws when it is torn. */
  constructor(host: string, context: RemoteContext, restoreFrom: SavedState | undefined) {
    this.#host = host;
    this.#context = context;
    const { runFolder, secretNames, attempts } = context;
    this.#saved = new SavedStates(runFolder, randomBytes(4).toString('hex'), {
      redactor: attempts.redactor,
      names: secretNames,
    });
    if (restoreFrom !== undefined)
      this.#carried.restore(readSnapshot(context.runFolder, restoreFrom).changes);
  }

  /** Runs it there; `keep` gets what it hands on, unmasked. */
  run(request: ExecutionRequest, keep: (values: Values) => void): Promise<ExecutionResult> {
    const done = this.#queue.then(() => this.#run(request, keep));
    this.#queue = done.catch(() => {});
    return done;
  }

  async #run(request: ExecutionRequest, keep: (values: Values) => void): Promise<ExecutionResult> {
    const { item, purpose } = request;
    const store = this.#openStore(request);
    const language =
      purpose === 'condition'
        ? remoteShellLanguage(this.#context.languages.shell, request.code)
        : remoteLanguage(item.language, request.code, this.#context.languages);
    if (language.type === 'unknown' || language.type === 'local-only')
      return withoutSecrets(
        notStarted(store, `\`${item.language}\` blocks cannot be run on a host`),
        this.#context.attempts.redactor,
      );
    this.#giveVariables();
    const nonce = randomBytes(16).toString('hex');
    const onTerminal =
      purpose === 'block' &&
      language.type === 'shell' &&
      request.terminal !== undefined &&
      (request.terminal.type === 'operator' || !wantsStdout(item));
    const start = renderStart(language, {
      request,
      host: this.#host,
      nonce,
      carried: this.#carried,
      common: this.#context.attempts.common,
      baseline: language.type === 'shell' ? this.#baselines.get(language.dialect.name) : undefined,
      onTerminal,
    });
    const ran = await runRemotely(this.#context, {
      request,
      host: this.#host,
      store,
      script: { nonce, start, ...(item.cwd !== undefined && { needsFolder: fromHome(item.cwd) }) },
      ...(language.type === 'shell' && { dialect: language.dialect }),
      onTerminal,
      rawStdoutLimit: purpose === 'block' && item.capture !== undefined ? captureLimitBytes : 0,
    });
    return this.#conclude(request, language, store, ran, keep);
  }

  #openStore({ item, attempt, purpose }: ExecutionRequest): OutputStore {
    if (purpose === 'condition') return new MemoryOutput(conditionOutputBytes);
    const name = outputFileName(`${item.address}@${this.#host}`, attempt);
    return new FileOutput(this.#context.runFolder, join('outputs', name));
  }

  /** A block there may have given one of them another value, which stands until the run gives it a new one. */
  #giveVariables(): void {
    const changed: Record<string, string> = {};
    for (const [name, value] of Object.entries(this.#context.variables())) {
      if (this.#given.get(name) === value) continue;
      this.#given.set(name, value);
      changed[name] = value;
    }
    this.#carried.assign(changed);
  }

  #conclude(
    request: ExecutionRequest,
    language: RemoteLanguage,
    store: OutputStore,
    ran: RemoteRun,
    keep: (values: Values) => void,
  ): ExecutionResult {
    const { attempt, refusal } = ran;
    const isCondition = request.purpose === 'condition';
    const endedEarly = attempt.endedBy !== 'itself' ? failureOf(attempt, request) : undefined;
    const reason =
      endedEarly ?? ran.failure ?? this.#refused(request, language, refusal) ?? failureOf(attempt, request);
    if (language.type === 'shell') this.#learn(language.dialect, ran);
    const { redactor } = this.#context.attempts;
    if (isCondition) return withoutSecrets(answer(attempt, store, {}, [], reason), redactor);
    const warnings: string[] = [];
    let changed = false;
    const hasRun = ran.failure === undefined && refusal === undefined;
    if (language.type === 'shell' && hasRun) {
      warnings.push(...stateWarnings(attempt));
      changed = this.#adopt(request, language.dialect, ran);
    }
    const values = hasRun ? handedOnBy(request.item, attempt, reason, warnings) : {};
    keep(values);
    const captured = maskValues(values, { redactor, secretNames: this.#context.secretNames });
    const shellState = changed ? this.#saved.save(this.#carried.changes(), warnings) : undefined;
    if (store.failure !== undefined) warnings.push(`not all output was stored: ${store.failure}`);
    return withoutSecrets(answer(attempt, store, captured, warnings, reason, shellState), redactor);
  }

  #learn(dialect: FreshDialect, { base }: RemoteRun): void {
    if (base === undefined) return;
    const state = withoutOwn(base.state);
    this.#baselines.set(dialect.name, state);
    this.#carried.rebase(dialect, state);
  }

  /** Takes over what the block left in its shell; gives back whether anything changed. */
  #adopt({ item }: ExecutionRequest, dialect: FreshDialect, { attempt }: RemoteRun): boolean {
    const dump = 'dump' in attempt.outcome ? attempt.outcome.dump : undefined;
    const home = this.#baselines.get(dialect.name)?.cwd;
    if (dump === undefined || home === undefined) return false;
    const cwd = item.cwd === undefined ? undefined : fromHome(item.cwd).replace(/^~/, fromByteText(home));
    return this.#carried.adopt(
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
    language: RemoteLanguage,
    refusal: RemoteRun['refusal'],
  ): FailureReason<string> | undefined {
    if (refusal === undefined) return undefined;
    if (refusal === 'no-folder')
      return {
        type: 'spawn',
        message: `the working directory \`${item.cwd}\` does not exist on \`${this.#host}\``,
      };
    if (refusal === 'no-scratch')
      return {
        type: 'spawn',
        message: `\`${this.#host}\` has no folder for temporary files that can be written`,
      };
    const commands =
      language.type === 'shell'
        ? language.commands
        : language.type === 'interpreter'
          ? language.choices.map(([command = '']) => command)
          : [];
    const what = purpose === 'condition' ? 'conditions' : `\`${item.language}\` blocks`;
    const needed = commands.map((command) => `\`${command}\``).join(' or ');
    const help = 'help' in language ? `; ${language.help}` : '';
    return { type: 'spawn', message: `${what} need ${needed}, which \`${this.#host}\` does not have${help}` };
  }
}

function withoutOwn(state: ShellState): ShellState {
  const variables = new Map(state.variables);
  for (const name of ownVariables) variables.delete(name);
  return { ...state, variables };
}
