// Owns running a block in a database client.
import { join } from 'node:path';
import type { SqlDialect } from '../../languages/sql/parse-database-url.ts';
import { planSqlCall, type ResultStyle } from '../../languages/sql/plan-sql-call.ts';
import type { StartFailure } from '../processes/start-process.ts';
import type { ShellOutcome } from '../shells/shell-job.ts';
import { type ProgramJob, runProgram } from './run-program.ts';

/** A block of a database client. */
export interface SqlJob extends ProgramJob {
  readonly dialect: SqlDialect;
  /** Name of the file of the code, where that goes to one. */
  readonly fileName: string;
  /** What starts the client: its path, or a wrapper such as `docker exec -i db` and the client behind it. */
  readonly command: readonly string[];
  readonly extra: readonly string[];
  readonly style: ResultStyle;
}

/** Runs the code and resolves when the client, which leads a process group of its own, has ended. */
export async function runSql(job: SqlJob): Promise<ShellOutcome | StartFailure> {
  const path = join(job.folder, job.fileName);
  const planned = planSqlCall({ ...job, codeFile: path, isWrapped: job.command.length > 1 });
  if (!planned.ok) return { startFailure: planned.error };
  const { args, env, stdin, wantsCodeFile } = planned.value;
  const file = wantsCodeFile ? { path, text: job.code } : undefined;
  return runProgram(
    { ...job, env: { ...job.env, ...env } },
    { argv: [...job.command, ...args], stdin, file },
  );
}
