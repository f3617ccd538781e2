// Owns where what can be made anew is kept.
import { isAbsolute, join } from 'node:path';

/** `$XDG_CACHE_HOME/runsheet`, else `~/.cache/runsheet`; a relative variable counts as unset. */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>>, home: string): string {
  const xdg = environment.XDG_CACHE_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.cache'), 'runsheet');
}
