// Owns what is carried from block to block across all shells and languages of a run.
import type { Address } from '../../basics/address.ts';
import { namedValue, namedValues } from '../../basics/named-values.ts';
import { type ByteText, fromByteText, toByteText } from '../../languages/shell/byte-text.ts';
import { unquoteScalar } from '../../languages/shell/parse-declarations.ts';
import type { ShellDialect, ShellDump } from '../../languages/shell/shell-dialect.ts';
import {
  applyChange,
  changeBetween,
  isEmptyChange,
  type ShellState,
  type ShellVariable,
  type StateChange,
  unknownState,
} from '../../languages/shell/shell-state.ts';
import type { KnownSecrets } from '../../run/masking/known-secrets.ts';
import type { LockedPart } from './saved/secret-lock.ts';

/** Under what a state holds the action of an EXIT trap, as its shell quotes it. */
const exitTrap = 'exit-trap';

/** Variables set by the run itself: environment variables with a text, or unset. */
type Assignments = ReadonlyMap<string, string | undefined>;

interface HeldShell {
  readonly dialect: ShellDialect;
  /** The shell as it starts in this process's environment. */
  readonly baseline: ShellState;
  state: ShellState;
  /** What was taken over last, and what came of it. */
  adopted?: {
    readonly from: ShellState;
    readonly own: readonly string[];
    readonly cwd: string | undefined;
    readonly to: ShellState;
  };
}

/** What a snapshot holds: everything that differs from a shell in which nothing was run. */
export interface CarriedChanges {
  readonly cwd: string;
  /** Changes of the environment since the start of the run. */
  readonly environment: Assignments;
  readonly shells: ReadonlyMap<string, StateChange>;
  /** The folder in which each runbook was left for another one, by its link; the opened one has none. */
  readonly leftIn: ReadonlyMap<Address | undefined, string>;
  /** The link whose runbook `cwd` belongs to; null for the opened one, absent where an older tool did not say. */
  readonly within?: Address | null;
  /** Variables that were left out because they held secrets: they have to be set again. */
  readonly withheld: readonly string[];
  /** Code, folders and lists that held secrets: each opens with its own. */
  readonly locked: readonly LockedPart[];
  /** Kinds of shells whose last one went without a word, see `loseShell`. */
  readonly gone: readonly string[];
}

/**
 * The state of a run. Each kind of shell has a state of its own (functions and options do not translate);
 * the environment and the working directory are common to all shells and languages.
 */
export class CarriedState {
  readonly startEnvironment: Readonly<Record<string, string>>;
  readonly startCwd: string;
  readonly #environment = new Map<string, string | undefined>();
  readonly #shells = new Map<string, HeldShell>();
  /** From a snapshot, waiting for their shell to be started. */
  readonly #waiting = new Map<string, StateChange>();
  /** The folder in which each runbook was left for another one, by its link; the opened one has none. */
  readonly leftIn = new Map<Address | undefined, string>();
  /** The link whose runbook the working folder belongs to; undefined for the opened one. */
  within: Address | undefined;
  #cwd: string;
  readonly #secrets: KnownSecrets;
  /** Kinds of shells whose last one has taken its EXIT trap with it. */
  readonly #gone = new Set<string>();
  /** What an earlier process has left out, and this one was given at its start. */
  #withheld: readonly string[] = [];

  /** What turns out to be a secret joins the others. */
  constructor(environment: Readonly<Record<string, string>>, cwd: string, secrets: KnownSecrets) {
    this.startEnvironment = environment;
    this.startCwd = cwd;
    this.#cwd = cwd;
    this.#secrets = secrets;
  }

  get cwd(): string {
    return this.#cwd;
  }

  /** One environment variable as a process started now gets it. */
  valueOf(name: string): string | undefined {
    return this.#environment.has(name)
      ? this.#environment.get(name)
      : namedValue(this.startEnvironment, name);
  }

  /** What differs from the environment that processes start with; undefined is a variable that is taken away. */
  get assignments(): Assignments {
    return this.#environment;
  }

  /** The environment that a process started now gets. */
  environment(): Record<string, string> {
    const environment = Object.assign(namedValues<string>(), this.startEnvironment);
    for (const [name, value] of this.#environment) {
      if (value === undefined) delete environment[name];
      else environment[name] = value;
    }
    return environment;
  }

  /** The state that a block of this shell starts from. */
  stateOf(dialect: ShellDialect, baseline: ShellState): ShellState {
    const held = this.#shells.get(dialect.name);
    if (held !== undefined) return held.state;
    const waiting = this.#waiting.get(dialect.name);
    let state = waiting === undefined ? baseline : applyChange(baseline, waiting);
    state = { ...state, cwd: toByteText(this.#cwd) };
    state = assign(state, dialect, this.#environment);
    this.#waiting.delete(dialect.name);
    this.#shells.set(dialect.name, { dialect, baseline, state });
    return state;
  }

  /**
   * What a shell that was never seen is taken to start from, before `stateOf`: what was unset and switched off before the
   * run was resumed is there, and so is unset and switched off again.
   */
  supposedBaseline(dialect: ShellDialect): ShellState {
    const { unset = [], optionsOff = [] } = this.#waiting.get(dialect.name) ?? {};
    return {
      ...unknownState,
      variables: new Map(unset.map((name) => [name, { flags: '', exported: false, source: "''" }])),
      options: new Set(optionsOff),
    };
  }

  /**
   * Learns what a shell really starts from, where blocks had to begin before that could be known: what was
   * changed so far is a change of that.
   */
  rebase(dialect: ShellDialect, baseline: ShellState): void {
    const held = this.#shells.get(dialect.name);
    if (held === undefined) return;
    const state = applyChange(baseline, changeBetween(held.baseline, held.state));
    this.#shells.set(dialect.name, { dialect, baseline, state });
    if (this.#cwd === '') this.#cwd = fromByteText(state.cwd);
  }

  /**
   * A signal has ended the shell of a block, or `exec` has replaced it, before it could tell anything. As a script's would,
   * its EXIT trap goes with it, unless a later block goes on in that shell. True where one waited.
   */
  loseShell({ name }: Pick<ShellDialect, 'name'>): boolean {
    const action =
      this.#shells.get(name)?.state.more.get(exitTrap) ??
      this.#waiting.get(name)?.more?.find(([kind]) => kind === exitTrap)?.[1];
    if (!action || this.#gone.has(name)) return false;
    this.#gone.add(name);
    return true;
  }

  /** The EXIT traps that wait for the end of their shells, as code by the shell's name; from now on none waits. */
  takeExitTraps(): readonly (readonly [shell: string, code: string])[] {
    const found: (readonly [string, string])[] = [];
    const take = (shell: string, action: ByteText | undefined): void => {
      const code = unquoteScalar(action ?? '') ?? '';
      if (code !== '' && !this.#gone.has(shell)) found.push([shell, fromByteText(code)]);
    };
    for (const [shell, held] of this.#shells) {
      const more = new Map(held.state.more);
      take(shell, more.get(exitTrap));
      more.delete(exitTrap);
      held.state = { ...held.state, more };
    }
    for (const [shell, change] of this.#waiting) {
      take(shell, change.more?.find(([kind]) => kind === exitTrap)?.[1]);
      const more = change.more?.filter(([kind]) => kind !== exitTrap);
      this.#waiting.set(shell, { ...change, ...(more !== undefined && { more }) });
    }
    return found;
  }

  /** Sets environment variables in every shell and language. */
  assign(variables: Readonly<Record<string, string>>): void {
    const assignments = new Map(Object.entries(variables));
    for (const [name, value] of assignments) {
      this.#environment.set(name, value);
      this.#secrets.learn(name, value);
    }
    for (const held of this.#shells.values()) held.state = assign(held.state, held.dialect, assignments);
  }

  /** Goes on in another folder, in every shell and language. */
  enter(folder: string): void {
    this.#cwd = folder;
    for (const held of this.#shells.values()) held.state = { ...held.state, cwd: toByteText(folder) };
  }

  /**
   * Takes over what a block left behind; the names and the folder of `own` were set for the block alone. Gives back whether
   * anything changed.
   */
  adopt(dialect: ShellDialect, dump: ShellDump, own: { names: readonly string[]; cwd?: string }): boolean {
    const held = this.#shells.get(dialect.name);
    if (held === undefined) return false;
    const before = held.state;
    const isBack = this.#gone.delete(dialect.name);
    // Nothing, or the same again from where it led to: comparing would find nothing.
    if (dump.state === before || isAdopted(held, dump.state, own)) return isBack;
    const variables = new Map(dump.state.variables);
    for (const name of [...dump.hidden, ...own.names]) {
      const kept = before.variables.get(name);
      if (kept === undefined) variables.delete(name);
      else variables.set(name, kept);
    }
    const stayed = own.cwd !== undefined && dump.state.cwd === toByteText(own.cwd);
    const after: ShellState = { ...dump.state, variables, cwd: stayed ? before.cwd : dump.state.cwd };
    const change = changeBetween(before, after);
    if (!isEmptyChange(change)) held.state = after;
    held.adopted = { from: dump.state, own: own.names, cwd: own.cwd, to: held.state };
    if (held.state === before) return isBack;
    this.#share(held, before, change);
    return true;
  }

  /** Brings what all have in common from one shell to the environment and the other shells. */
  #share(from: HeldShell, before: ShellState, change: StateChange): void {
    if (change.cwd !== undefined) this.#cwd = fromByteText(change.cwd);
    const assignments = new Map<string, string | undefined>();
    for (const name of change.unset)
      if (before.variables.get(name)?.exported === true) assignments.set(name, undefined);
    for (const [name, variable] of change.set) {
      this.#learn(name, variable, from.dialect);
      if (variable.exported) assignments.set(name, from.dialect.valueOf(variable));
      else if (before.variables.get(name)?.exported === true) assignments.set(name, undefined);
    }
    for (const [name, value] of assignments) this.#environment.set(name, value);
    for (const other of this.#shells.values()) {
      if (other === from) continue;
      other.state = assign(other.state, other.dialect, assignments);
      if (change.cwd !== undefined) other.state = { ...other.state, cwd: change.cwd };
      if (change.umask !== undefined) other.state = { ...other.state, umask: change.umask };
    }
  }

  /** The elements of a list are not told apart: it is kept nowhere. */
  #learn(name: string, variable: ShellVariable, dialect: ShellDialect): void {
    if (variable.source === undefined || !this.#secrets.mayBeSecret(name)) return;
    const value = dialect.valueOf(variable);
    if (value === undefined) this.#secrets.withhold(name);
    else this.#secrets.learn(name, value);
  }

  changes(): CarriedChanges {
    const shells = new Map<string, StateChange>(this.#waiting);
    for (const [name, { baseline, state }] of this.#shells) shells.set(name, changeBetween(baseline, state));
    return {
      cwd: this.#cwd,
      environment: new Map(this.#environment),
      shells,
      leftIn: new Map(this.leftIn),
      within: this.within ?? null,
      withheld: this.#withheld,
      locked: [],
      gone: [...this.#gone],
    };
  }

  /** Takes up the state of an earlier process; before the first shell is started. */
  restore(changes: CarriedChanges): void {
    this.#cwd = changes.cwd;
    for (const [name, value] of changes.environment) this.#environment.set(name, value);
    for (const [name, change] of changes.shells) this.#waiting.set(name, change);
    for (const [link, folder] of changes.leftIn) this.leftIn.set(link, folder);
    this.within = changes.within ?? undefined;
    this.#withheld = changes.withheld;
    for (const shell of changes.gone) this.#gone.add(shell);
  }
}

function isAdopted(
  { adopted, state }: HeldShell,
  from: ShellState,
  { names, cwd }: { readonly names: readonly string[]; readonly cwd?: string },
): boolean {
  return (
    adopted?.from === from &&
    adopted.to === state &&
    adopted.cwd === cwd &&
    adopted.own.length === names.length &&
    adopted.own.every((name, index) => name === names[index])
  );
}

function assign(state: ShellState, dialect: ShellDialect, assignments: Assignments): ShellState {
  if (assignments.size === 0) return state;
  const variables = new Map(state.variables);
  for (const [name, value] of assignments) {
    const held = variables.get(name);
    if (value === undefined) variables.delete(name);
    else if (held === undefined || !held.exported || dialect.valueOf(held) !== value)
      variables.set(name, dialect.exportedVariable(value));
  }
  return { ...state, variables };
}
