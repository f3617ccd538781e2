// Owns the port of a kind of shell: what the executors need to know of it.
import type { ByteText } from './byte-text.ts';
import type { Declaration } from './parse-declarations.ts';
import type { OptionsChange, ShellState, ShellVariable, StateChange } from './shell-state.ts';

export interface ShellDialect {
  readonly name: 'bash' | 'zsh' | 'dash';
  /**
   * Reads the sections of a dump; nothing when it is torn. A state that is written as in `last` may be the very state
   * of `last`.
   */
  parseDump(sections: readonly ByteText[], last?: ShellDump): ShellDump | undefined;
  /** Shell text that brings a shell over; `options` are left out, since they must not act on ours. */
  renderChange(change: StateChange, from: ShellState): ByteText;
  /** Shell text that switches options; harmless ones and those that would show our own commands apart. */
  renderOptions(change: OptionsChange): { readonly before: ByteText; readonly sameLine: ByteText };
  /** An exported variable that holds exactly `value`. */
  exportedVariable(value: string): ShellVariable;
  /** The text of a scalar; nothing for arrays, references and variables without a value. */
  valueOf(variable: ShellVariable): string | undefined;
}

export interface ShellDump {
  readonly status: number;
  /** The line of the block's own code, from 1, at whose failing command a strict block ended, where the shell tells. */
  readonly failedLine?: number;
  /** Kinds of `ShellState.more` that could not be told: they are as they were. */
  readonly untold?: readonly string[];
  /** Globals that a local of the same name hid when the block ended: their value is as it was before. */
  readonly hidden: readonly string[];
  readonly state: ShellState;
  /** What was read, for the next dump to be held against. */
  readonly read?: { readonly sections: readonly ByteText[]; readonly declarations: readonly Declaration[] };
}

/** What a kind of shell needs to be run in this way. */
export interface FreshDialect extends ShellDialect {
  /** Arguments that keep the shell from reading anybody's start-up files. */
  readonly plainArguments: readonly string[];
  /** Shell text that makes a new shell what blocks expect. */
  readonly begin: ByteText;
  /** Shell text that writes a dump to `$__rs_state`, with the exit code in `$__rs_status`; behind `begin`. */
  readonly dump: ByteText;
  /** Options that a strict block has on. */
  readonly strictOptions: readonly string[];
  /**
   * Shell text that runs the file of a block and writes a dump to `$__rs_state` when the shell ends, however it
   * ends. The shell is in the block's state, but for its options.
   */
  runFile(block: BlockFile): ByteText;
  /** What the dump cannot say by itself, made out from the block. */
  afterBlock?(dump: ShellDump, block: BlockFile): ShellDump;
  /**
   * For a shell that people work in: shell text that sees to it that `$__rs_dump` is evaluated when the shell ends, however it ends, and the
   * block's own EXIT trap after it.
   */
  readonly atExit: ByteText;
}

/** A block that is about to be run from its file. */
export interface BlockFile {
  /** The path, as one shell word. */
  readonly path: ByteText;
  readonly code: string;
  /** Options that the block starts with; see `renderOptions`. */
  readonly options: { readonly before: ByteText; readonly sameLine: ByteText };
  /** Shell text that gives the shell the author's functions, aliases and traps. */
  readonly authors: ByteText;
  readonly strict: boolean;
  readonly state: ShellState;
}
