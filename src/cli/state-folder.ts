// Owns where runs are kept; knows nothing of what is kept there.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** `--state-dir`, else RUNSHEET_STATE, else `runsheet` in the XDG state folder. */
export function stateFolder(option: string | undefined, env: NodeJS.ProcessEnv): string {
  if (option !== undefined) return resolve(option);
  if (env.RUNSHEET_STATE) return resolve(env.RUNSHEET_STATE);
  // The XDG base directory specification: a relative path is invalid and is ignored.
  const xdg = env.XDG_STATE_HOME;
  return xdg?.startsWith('/') ? join(xdg, 'runsheet') : join(homedir(), '.local', 'state', 'runsheet');
}
