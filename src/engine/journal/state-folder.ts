// Owns where runs are kept on this machine.
import { isAbsolute, join, resolve } from 'node:path';

/**
 * The folder of all state: what was asked for, else `$RUNSHEET_STATE`, else `$XDG_STATE_HOME/runsheet`, else
 * `~/.local/state/runsheet`. A relative `$XDG_STATE_HOME` counts as unset, as the XDG Base Directory
 * Specification has it; an empty variable always does.
 */
export function stateFolder(
  asked: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  const named = asked ?? environment.RUNSHEET_STATE;
  if (named) return resolve(named);
  const xdg = environment.XDG_STATE_HOME;
  return xdg && isAbsolute(xdg) ? join(xdg, 'runsheet') : join(home, '.local', 'state', 'runsheet');
}
