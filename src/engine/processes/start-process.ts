// Owns starting a process with descriptors of ours: what is refused at once is an answer and is never thrown.
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { startFailureWords, whyNotStarted } from './why-not-started.ts';

/** A process could not be started; the text says why. */
export interface StartFailure {
  readonly startFailure: string;
}

/** How a process is started; its environment is the whole one. */
export interface StartOptions extends SpawnOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/**
 * Starts a process; where it is refused, the answer resolves with the words for why. Of what the system refuses, Node
 * throws some and tells the rest by an event of a child that lacks half of what a child has.
 */
export function startProcess(
  command: string,
  words: readonly string[],
  options: StartOptions,
): ChildProcess | Promise<string> {
  const { env, cwd } = options;
  const refused = whyNotStarted({ command, arguments: words, env, ...(cwd !== undefined && { cwd }) });
  if (refused !== undefined) return Promise.resolve(refused);
  try {
    const child = spawn(command, [...words], { ...options, env: { ...env } });
    if (child.pid !== undefined) return child;
    return new Promise((resolve) => {
      child.once('error', (error) => resolve(startFailureWords(command, error)));
    });
  } catch (error) {
    return Promise.resolve(startFailureWords(command, error));
  }
}
