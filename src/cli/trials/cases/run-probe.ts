// Owns running the command that tells the state of a case which its folder does not hold.
import { runStrictCommand } from '../../../engine/processes/run-strict-command.ts';
import type { CaseFolder } from './case-folder.ts';

const longestMs = 30_000;

/** What the command prints, with its exit code where that is not 0; undefined where there is no command. */
export async function runProbe(command: string | undefined, folder: CaseFolder): Promise<string | undefined> {
  if (command === undefined) return undefined;
  const ran = runStrictCommand(command, {
    ...{ cwd: folder.work, env: folder.env, stdin: 'ignore', stderr: 'ignore', timeout: longestMs },
  });
  return ran.exitCode === 0 ? ran.stdout : `${ran.stdout}exit ${ran.exitCode}`;
}
