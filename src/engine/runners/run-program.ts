// Owns running the program of a block that no shell runs.
import { rmSync, writeFileSync } from 'node:fs';
import { makeStateFolder } from '../files/write-state-file.ts';
import { type StartFailure, startProcess } from '../processes/start-process.ts';
import type { ShellOutcome } from '../shells/shell-job.ts';

/** A block for an interpreter or a database client. */
export interface ProgramJob {
  readonly code: string;
  /** A folder of its own for a file of the code, where that goes to one; it is made and removed. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Descriptors that become stdout and stderr. They are left open. */
  readonly writers: readonly [number, number];
  /** Told the process, which leads a process group of its own. */
  readonly onStarted: (pid: number) => void;
}

/** How the program is called. */
export interface ProgramCall {
  readonly argv: readonly string[];
  readonly stdin?: string | Uint8Array;
  /** A file in the folder of the job that is there while the program runs. */
  readonly file?: { readonly path: string; readonly text: string } | undefined;
}

/** Runs the program and resolves when it, which leads a process group of its own, has ended. */
export async function runProgram(job: ProgramJob, call: ProgramCall): Promise<ShellOutcome | StartFailure> {
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

async function start(
  { cwd, env, writers, onStarted }: ProgramJob,
  { argv, stdin }: ProgramCall,
): Promise<ShellOutcome | StartFailure> {
  const [command = '', ...words] = argv;
  const child = startProcess(command, words, {
    cwd,
    env,
    detached: true,
    stdio: [stdin === undefined ? 'ignore' : 'pipe', ...writers],
  });
  if (child instanceof Promise) return { startFailure: await child };
  if (child.pid !== undefined) onStarted(child.pid);
  // A program that ends before it has read everything is noticed by its end.
  child.stdin?.on('error', () => {});
  child.stdin?.end(stdin);
  return new Promise((resolve) => {
    // Not its `close`: a left-over process can hold a pipe open for ever.
    child.once('exit', (status, signal) => {
      resolve({ status, ...(signal === null ? {} : { signal }), shellLost: false });
    });
  });
}
