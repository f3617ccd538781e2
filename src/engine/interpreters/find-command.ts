// Owns the search for a command.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** The absolute path of a command, as `execvp` would find it. */
export function findCommand(
  command: string,
  { path, cwd }: { readonly path: string; readonly cwd: string },
): string | undefined {
  if (command === '') return undefined;
  if (command.includes('/')) {
    const absolute = isAbsolute(command) ? command : join(cwd, command);
    return isExecutable(absolute) ? absolute : undefined;
  }
  for (const folder of path.split(delimiter)) {
    const candidate = join(isAbsolute(folder) ? folder : join(cwd, folder), command);
    if (isExecutable(candidate)) return candidate;
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
