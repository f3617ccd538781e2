// Owns running one block of a language that is no shell.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { makeStateFolder } from '../files/write-state-file.ts';
import type { Language } from '../interpreters/find-language.ts';
import type { ShellOutcome } from '../shells/shell-job.ts';
import { isFolder } from '../shells/working-folder.ts';
import type { ProgramJob, StartFailure } from './program-job.ts';

/** A block of an interpreter. */
export interface InterpreterJob extends ProgramJob {
  readonly language: Extract<Language, { type: 'interpreter' }>;
}

/** Runs the code and resolves when its process, which leads a group of its own, has ended. */
export async function runInterpreter(job: InterpreterJob): Promise<ShellOutcome | StartFailure> {
  if (!isFolder(job.cwd)) return { startFailure: `the working directory \`${job.cwd}\` does not exist` };
  const { language } = job;
  const code = language.prepare?.(job.code) ?? job.code;
  const [command = '', ...fixed] = language.argv;
  const file = language.delivery === 'file' ? writeCode(job, code) : undefined;
  try {
    const child = execa(command, file === undefined ? fixed : [...fixed, file], {
      cwd: job.cwd,
      env: job.env,
      extendEnv: false,
      detached: true,
      cleanup: false,
      buffer: false,
      reject: false,
      // Any descriptor is passed on as it is; the types know only the first ten.
      stdout: job.writers[0] as 3,
      stderr: job.writers[1] as 3,
      ...(file === undefined ? { input: code } : { stdin: 'ignore' }),
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
      if (child.pid !== undefined) job.onStarted(child.pid);
    });
  } finally {
    if (file !== undefined) rmSync(job.folder, { recursive: true, force: true });
  }
}

function writeCode(job: InterpreterJob, code: string): string {
  makeStateFolder(job.folder);
  const file = join(job.folder, `${job.name}.${job.language.extension}`);
  writeFileSync(file, code.endsWith('\n') ? code : `${code}\n`, { mode: 0o600 });
  return file;
}
