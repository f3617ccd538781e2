// Owns what the executors need to know of one kind of shell; knows nothing of processes.
import type { ByteText } from './byte-text.ts';
import type { OptionsChange, ShellState, ShellVariable, StateChange } from './shell-state.ts';

export interface ShellDialect {
  readonly name: 'bash' | 'zsh' | 'dash';
  /** Reads the sections of a dump; nothing when it is torn. */
  parseDump(sections: readonly ByteText[]): ShellDump | undefined;
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
  /** Globals that a local of the same name hid when the block ended: their value is as it was before. */
  readonly hidden: readonly string[];
  readonly state: ShellState;
}
