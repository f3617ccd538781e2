// Owns running the program of a block that no shell runs.
import { execa } from 'execa';
import type { ShellOutcome } from '../shells/shell-job.ts';
import type { ProgramJob, StartFailure } from './program-job.ts';

/** Runs the program with `stdin`, or with none, and resolves when it, which leads a group of its own, has ended. */
export async function runProgram(
  { cwd, env, writers, onStarted }: Omit<ProgramJob, 'code' | 'name' | 'folder'>,
  [command = '', ...args]: readonly string[],
  stdin: string | undefined,
): Promise<ShellOutcome | StartFailure> {
  const child = execa(command, args, {
    cwd,
    env,
    extendEnv: false,
    detached: true,
    cleanup: false,
    buffer: false,
    reject: false,
    // Any descriptor is passed on as it is; the types know only the first ten.
    stdout: writers[0] as 3,
    stderr: writers[1] as 3,
    ...(stdin === undefined ? { stdin: 'ignore' } : { input: stdin }),
  });
  // execa's own promise waits until every pipe is closed, which a left-over process can put off for ever.
  child.catch(() => {});
  return await new Promise((resolve) => {
    child.once('exit', (status, signal) => {
      resolve({ status, ...(signal === null ? {} : { signal }), shellLost: false });
    });
    child.once('error', (error) => {
      if (child.pid === undefined)
        resolve({ startFailure: `\`${command}\` could not be started: ${error.message}` });
    });
    if (child.pid !== undefined) onStarted(child.pid);
  });
}
