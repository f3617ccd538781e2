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
  /** Shell text that makes `SECONDS` count on from where it stood, where the shell tells. */
  readonly clock?: ByteText;
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
   * The text that brings a new shell to a state, runs the file of a block in it and writes a dump to `$__rs_state` when
   * the shell ends, however it ends.
   */
  renderScript(script: FreshScript): ByteText;
  /** What the sections of that dump say of the block's end; nothing where there is none, or where nobody wants it. */
  readEnd(sections: readonly ByteText[], block: FreshBlock): BlockEnd;
  /**
   * For a shell that people work in: shell text that sees to it that `$__rs_dump` is evaluated when the shell ends, however it ends, and the
   * block's own EXIT trap after it.
   */
  readonly atExit: ByteText;
}

/** A block, and what it starts from. */
export interface FreshBlock {
  readonly code: string;
  readonly strict: boolean;
  /** False for what leaves nothing behind, such as a condition. */
  readonly keepState: boolean;
  readonly state: ShellState;
}

/** What a block's script is made of. */
export interface FreshScript extends FreshBlock {
  /** What the shell stands in when the script begins. */
  readonly from: ShellState;
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The path of the file that holds the code, as one shell word. */
  readonly file: ByteText;
  /** Lets go of what the script came through. */
  readonly begin: ByteText;
  /** Sets `__rs_state` and `__rs_dir`. */
  readonly names: ByteText;
  /** Shell text that stands before what the author's functions and aliases could change. */
  readonly beforeCode: readonly ByteText[];
}

/** How a block ended. */
export interface BlockEnd {
  readonly dump?: ShellDump;
  /** The failing command that ended a strict block, by its line in the block's own code, from 1. */
  readonly failedAt?: { readonly line: number; readonly command: string };
}
