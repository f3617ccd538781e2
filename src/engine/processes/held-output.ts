// Owns reading on after the end of a process while others, which it left behind, still print into its output.

/** An output that processes may hold longer than the one it was made for. */
export interface HeldOutput {
  /** True while a process can still print into it; known after `readRest`. */
  readonly held: boolean;
  /** Gives away what is there without waiting; true when there was anything. */
  readRest(): boolean;
}

/** How long an output that somebody holds must be silent before nothing more is waited for. */
const idleMs = 40;
const longestMs = 400;
const stepMs = 8;

/** Reads what is there; where somebody holds the output, goes on while there is more to come, and not long. */
export async function readWhilePrinting(output: HeldOutput): Promise<void> {
  output.readRest();
  for (let waited = 0, idle = 0; output.held && idle < idleMs && waited < longestMs; ) {
    await new Promise((resolve) => setTimeout(resolve, stepMs));
    waited += stepMs;
    idle = output.readRest() ? 0 : idle + stepMs;
  }
}
