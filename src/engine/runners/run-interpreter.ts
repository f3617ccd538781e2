// Owns running one block of a language that is no shell.
import { join } from 'node:path';
import type { Language } from '../interpreters/find-language.ts';
import type { ShellOutcome } from '../shells/shell-job.ts';
import { type ProgramJob, runProgram, type StartFailure } from './run-program.ts';

/** A block of an interpreter. */
export interface InterpreterJob extends ProgramJob {
  readonly language: Extract<Language, { type: 'interpreter' }>;
}

/** Runs the code and resolves when its process, which leads a group of its own, has ended. */
export function runInterpreter(job: InterpreterJob): Promise<ShellOutcome | StartFailure> {
  const { argv, delivery, extension, prepare } = job.language;
  const code = prepare?.(job.code) ?? job.code;
  if (delivery === 'stdin') return runProgram(job, { argv, stdin: code });
  const path = join(job.folder, `${job.name}.${extension}`);
  const text = code.endsWith('\n') ? code : `${code}\n`;
  return runProgram(job, { argv: [...argv, path], file: { path, text } });
}
