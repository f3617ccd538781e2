// Owns running one block of a language that is no shell.
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Language } from '../interpreters/find-language.ts';
import type { StartFailure } from '../processes/start-process.ts';
import type { ShellOutcome } from '../shells/shell-job.ts';
import { type ProgramJob, runProgram } from './run-program.ts';

/** A block of an interpreter. */
export interface InterpreterJob extends ProgramJob {
  readonly language: Extract<Language, { type: 'interpreter' }>;
  /** The file that holds the code. */
  readonly file: string;
}

/** Name of the module that Node loads before a block; no file of a block's code can have it. */
export const preloadName = '@resolve-from-working-folder.cjs';

/** Runs the file and resolves when its process, which leads a group of its own, has ended. */
export function runInterpreter(job: InterpreterJob): Promise<ShellOutcome | StartFailure> {
  const { file, language } = job;
  const { argv, preload } = language;
  if (preload === undefined) return runProgram(job, { argv: [...argv, file] });
  const path = join(dirname(file), preloadName);
  if (!existsSync(path)) writeFileSync(path, preload, { mode: 0o600 });
  return runProgram(job, { argv: [...argv, '--require', path, file] });
}
