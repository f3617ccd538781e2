// Owns starting a program as a process of its own and seeing its end.
import { type ChildProcess, spawn } from 'node:child_process';

/** Starts a script; its errors are shown. */
export function startScript(script: string, ...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Resolves with the exit code, or with the signal that ended it. */
export function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)));
}
