// Owns running one block of a language that is no shell.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeStateFolder } from '../files/write-state-file.ts';
import type { Language } from '../interpreters/find-language.ts';
import type { ShellOutcome } from '../shells/shell-job.ts';
import { isFolder } from '../shells/working-folder.ts';
import type { ProgramJob, StartFailure } from './program-job.ts';
import { runProgram } from './run-program.ts';

/** A block of an interpreter. */
export interface InterpreterJob extends ProgramJob {
  readonly language: Extract<Language, { type: 'interpreter' }>;
}

/** Runs the code and resolves when its process, which leads a group of its own, has ended. */
export async function runInterpreter(job: InterpreterJob): Promise<ShellOutcome | StartFailure> {
  if (!isFolder(job.cwd)) return { startFailure: `the working directory \`${job.cwd}\` does not exist` };
  const { language } = job;
  const code = language.prepare?.(job.code) ?? job.code;
  const file = language.delivery === 'file' ? writeCode(job, code) : undefined;
  try {
    return await (file === undefined
      ? runProgram(job, language.argv, code)
      : runProgram(job, [...language.argv, file], undefined));
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
