// Owns the environment of this process as blocks inherit it.

/**
 * Every variable that is set, but for those that change what the text of a script means: a run is to be the same
 * whatever the operator's own shell is set to.
 */
export function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || changeMeaning.has(name) ? [] : [[name, value]],
    ),
  );
}

/** `ENV` is not among them: only interactive shells heed it, and it is the name of much else. */
const changeMeaning: ReadonlySet<string> = new Set([
  'BASHOPTS',
  'BASH_ENV',
  'CDPATH',
  'GLOBIGNORE',
  'POSIXLY_CORRECT',
  'POSIX_PEDANTIC',
  'SHELLOPTS',
]);
