// Owns what a shell leaves behind after a block and how two such states differ.
import type { ByteText } from './byte-text.ts';

/** A variable as the shell itself would write it down. All text is one character per byte. */
export interface ShellVariable {
  /** Attribute letters such as `x`, `ax`, `A`; empty for a plain variable. */
  readonly flags: string;
  /** Right-hand side in the shell's own quoting; absent when declared without a value. */
  readonly source?: ByteText;
  readonly exported: boolean;
}

/** Everything that is carried from one block to the next. */
export interface ShellState {
  readonly variables: ReadonlyMap<string, ShellVariable>;
  /** Definitions of all functions, as the shell prints them. */
  readonly functions: ByteText;
  /** One line for each function, its attributes before its name. */
  readonly functionNames: readonly string[];
  /** Definitions of all aliases, as the shell prints them. */
  readonly aliases: ByteText;
  /** Options that are on, each as its kind and name: `set:errexit`, `shopt:nullglob`. */
  readonly options: ReadonlySet<string>;
  readonly umask: string;
  readonly cwd: ByteText;
  /**
   * What else the shell holds, by what it is (`traps`, `exit-trap`, `arguments`, `limits`, `status` …), as text that
   * the dialect makes the shell's own where nothing of the kind is there. What is empty is left out.
   */
  readonly more: ReadonlyMap<string, ByteText>;
}

/** What is known of a shell of which nothing is known yet. */
export const unknownState: ShellState = {
  variables: new Map(),
  functions: '',
  functionNames: [],
  aliases: '',
  options: new Set(),
  umask: '',
  cwd: '',
  more: new Map(),
};

/** Options by name, to be switched on and off. */
export type OptionsChange = Pick<StateChange, 'optionsOn' | 'optionsOff'>;

/** The way from one state to another; the empty change has nothing set. */
export interface StateChange {
  readonly set: readonly (readonly [string, ShellVariable])[];
  readonly unset: readonly string[];
  readonly functions?: { readonly text: ByteText; readonly names: readonly string[] };
  readonly aliases?: ByteText;
  readonly optionsOn: readonly string[];
  readonly optionsOff: readonly string[];
  readonly umask?: string;
  readonly cwd?: ByteText;
  /** What differs of `ShellState.more`; empty text where nothing of the kind is left. */
  readonly more?: readonly (readonly [string, ByteText])[];
}

const noChange: StateChange = { set: [], unset: [], optionsOn: [], optionsOff: [] };

/** Which options must be switched in a shell in state `from`, to make them those of `to`. */
export function optionsBetween(from: ShellState, to: ShellState): OptionsChange {
  return {
    optionsOn: missingFrom(from.options, to.options),
    optionsOff: missingFrom(to.options, from.options),
  };
}

/** The kind of `more` that names those of the strict options that the author switched on where the tool did not. */
export const chosenOptions = 'chosen-options';

/** What must be done to a shell in state `from` to bring it to state `to`. */
export function changeBetween(from: ShellState, to: ShellState): StateChange {
  if (from === to) return noChange;
  const more = moreBetween(from.more, to.more);
  return {
    ...variablesBetween(from.variables, to.variables),
    ...(from.functions === to.functions && areEqual(from.functionNames, to.functionNames)
      ? {}
      : { functions: { text: to.functions, names: to.functionNames } }),
    ...(from.aliases === to.aliases ? {} : { aliases: to.aliases }),
    ...optionsBetween(from, to),
    ...(from.umask === to.umask ? {} : { umask: to.umask }),
    ...(from.cwd === to.cwd ? {} : { cwd: to.cwd }),
    ...(more.length === 0 ? {} : { more }),
  };
}

type Variables = ShellState['variables'];

function variablesBetween(from: Variables, to: Variables): Pick<StateChange, 'set' | 'unset'> {
  const set: [string, ShellVariable][] = [];
  const unset: string[] = [];
  if (from === to) return { set, unset };
  for (const [name, variable] of to) {
    const before = from.get(name);
    if (before === variable) continue;
    if (before === undefined || before.source !== variable.source || before.flags !== variable.flags)
      set.push([name, variable]);
  }
  for (const name of from.keys()) if (!to.has(name)) unset.push(name);
  return { set, unset };
}

function areEqual(names: readonly string[], others: readonly string[]): boolean {
  return (
    names === others || (names.length === others.length && names.every((name, at) => name === others[at]))
  );
}

function moreBetween(
  from: ReadonlyMap<string, ByteText>,
  to: ReadonlyMap<string, ByteText>,
): [string, ByteText][] {
  const changed: [string, ByteText][] = [];
  if (from === to) return changed;
  for (const [kind, text] of to) if (from.get(kind) !== text) changed.push([kind, text]);
  for (const kind of from.keys()) if (!to.has(kind)) changed.push([kind, '']);
  return changed;
}

function missingFrom(held: ReadonlySet<string>, wanted: ReadonlySet<string>): string[] {
  if (held === wanted) return [];
  const missing: string[] = [];
  for (const name of wanted) if (!held.has(name)) missing.push(name);
  return missing;
}

export function isEmptyChange(change: StateChange): boolean {
  return (
    change.set.length === 0 &&
    change.unset.length === 0 &&
    change.functions === undefined &&
    change.aliases === undefined &&
    change.optionsOn.length === 0 &&
    change.optionsOff.length === 0 &&
    change.umask === undefined &&
    change.cwd === undefined &&
    change.more === undefined
  );
}

/** The state that `change` makes of `state`. */
export function applyChange(state: ShellState, change: StateChange): ShellState {
  const variables = new Map(state.variables);
  for (const name of change.unset) variables.delete(name);
  for (const [name, variable] of change.set) variables.set(name, variable);
  const options = new Set(state.options);
  for (const option of change.optionsOff) options.delete(option);
  for (const option of change.optionsOn) options.add(option);
  const more = new Map(state.more);
  for (const [kind, text] of change.more ?? []) {
    if (text === '') more.delete(kind);
    else more.set(kind, text);
  }
  return {
    variables,
    functions: change.functions?.text ?? state.functions,
    functionNames: change.functions?.names ?? state.functionNames,
    aliases: change.aliases ?? state.aliases,
    options,
    umask: change.umask ?? state.umask,
    cwd: change.cwd ?? state.cwd,
    more,
  };
}
