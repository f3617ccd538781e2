// Owns running the program of a block that no shell runs.
import { rmSync, writeFileSync } from 'node:fs';
import { execa } from 'execa';
import { makeStateFolder } from '../files/write-state-file.ts';
import type { ShellOutcome } from '../shells/shell-job.ts';
import { isFolder } from '../shells/working-folder.ts';

/** A block for an interpreter or a database client. */
export interface ProgramJob {
  readonly code: string;
  /** File name without its extension, where the code goes to a file. */
  readonly name: string;
  /** A folder of its own for such a file; it is made and removed. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Descriptors that become stdout and stderr. They are left open. */
  readonly writers: readonly [number, number];
  /** Told the process, which leads a process group of its own. */
  readonly onStarted: (pid: number) => void;
}

/** A process could not be started; the text says why. */
export interface StartFailure {
  readonly startFailure: string;
}

/** How the program is called. */
export interface ProgramCall {
  readonly argv: readonly string[];
  readonly stdin?: string;
  /** A file in the folder of the job that is there while the program runs. */
  readonly file?: { readonly path: string; readonly text: string } | undefined;
}

/** Runs the program and resolves when it, which leads a process group of its own, has ended. */
export async function runProgram(job: ProgramJob, call: ProgramCall): Promise<ShellOutcome | StartFailure> {
  if (!isFolder(job.cwd)) return { startFailure: `the working directory \`${job.cwd}\` does not exist` };
  const { file } = call;
  if (file === undefined) return start(job, call);
  try {
    makeStateFolder(job.folder);
    writeFileSync(file.path, file.text, { mode: 0o600 });
    return await start(job, call);
  } finally {
    rmSync(job.folder, { recursive: true, force: true });
  }
}

function start({ cwd, env, writers, onStarted }: ProgramJob, { argv, stdin }: ProgramCall) {
  const [command = '', ...args] = argv;
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
  return new Promise<ShellOutcome | StartFailure>((resolve) => {
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
