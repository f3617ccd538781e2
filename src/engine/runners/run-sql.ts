// Owns running a block in a database client.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SqlDialect } from '../../languages/sql/parse-database-url.ts';
import { planSqlCall, type ResultStyle } from '../../languages/sql/plan-sql-call.ts';
import { makeStateFolder } from '../files/write-state-file.ts';
import type { ShellOutcome } from '../shells/shell-job.ts';
import { isFolder } from '../shells/working-folder.ts';
import type { ProgramJob, StartFailure } from './program-job.ts';
import { runProgram } from './run-program.ts';

/** A block of a database client. */
export interface SqlJob extends ProgramJob {
  readonly dialect: SqlDialect;
  /** What starts the client: its path, or a wrapper such as `docker exec -i db` and the client behind it. */
  readonly command: readonly string[];
  readonly extra: readonly string[];
  readonly style: ResultStyle;
}

/** Runs the code and resolves when the client, which leads a process group of its own, has ended. */
export async function runSql(job: SqlJob): Promise<ShellOutcome | StartFailure> {
  if (!isFolder(job.cwd)) return { startFailure: `the working directory \`${job.cwd}\` does not exist` };
  const codeFile = join(job.folder, `${job.name}.sql`);
  const planned = planSqlCall({ ...job, codeFile, isWrapped: job.command.length > 1 });
  if (!planned.ok) return { startFailure: planned.error };
  const call = planned.value;
  try {
    if (call.wantsCodeFile) {
      makeStateFolder(job.folder);
      writeFileSync(codeFile, job.code, { mode: 0o600 });
    }
    const env = { ...job.env, ...call.env };
    return await runProgram({ ...job, env }, [...job.command, ...call.args], call.stdin);
  } finally {
    if (call.wantsCodeFile) rmSync(job.folder, { recursive: true, force: true });
  }
}
