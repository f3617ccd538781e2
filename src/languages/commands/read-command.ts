// Owns the shape of what is read of the commands of shell code.
import type { CommandEffect } from './command-effect.ts';

/** A command of shell code, wherever in it, in UTF-16 offsets of the code. */
export interface ReadCommand {
  /** Empty where nothing is known of it. */
  readonly effects: ReadonlySet<CommandEffect>;
  /** Its words without quotes, the name of the program first. */
  readonly words: readonly string[];
  /** From its program's name to its last word. */
  readonly start: number;
  readonly end: number;
  /** The code goes on beside it. */
  readonly isInBackground: boolean;
}

/** What functions do that were defined before, by their names. */
export type KnownFunctions = Pick<ReadonlyMap<string, ReadonlySet<CommandEffect>>, 'get'>;

export interface ReadCommands {
  /** In the order of the code; those in bodies of functions only where the function is called. */
  readonly commands: readonly ReadCommand[];
  /** Those that the code defines. */
  readonly functions: ReadonlyMap<string, ReadonlySet<CommandEffect>>;
}
