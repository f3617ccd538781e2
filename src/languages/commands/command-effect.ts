// Owns what a command can be known to do.

export const commandEffects = [
  /** It only looks. */
  'looks',
  /** It signs in, or chooses where later commands go: neither a look nor a change of what is operated. */
  'prepares',
  'changes',
  /** Hard or impossible to undo; what is destroyed is changed, too. */
  'destroys',
  /** It goes on until somebody stops it. */
  'never-ends',
  /** It does its work with a person at a terminal. */
  'wants-terminal',
  /** A shell or prompt, here or elsewhere, that waits for what is typed into it. */
  'opens-session',
] as const;

export type CommandEffect = (typeof commandEffects)[number];
