// Owns what the command line means where its first word is no command: `runsheet FILE` runs the file, `runsheet` alone asks.

/** Options that belong to no command, and whether a value follows each. */
const general: ReadonlyMap<string, boolean> = new Map([
  ['--state-dir', true],
  ['-h', false],
  ['--help', false],
  ['-V', false],
  ['--version', false],
]);
/** Those that are answered without any command. */
const asksOnly: ReadonlySet<string> = new Set(['-h', '--help', '-V', '--version']);

/**
 * The arguments with `run` before them where they name a runbook and no command; `isFile` says whether a word is a file.
 * A command wins over a file of the same name: `runsheet run check` runs a file that is called so.
 */
export function withVerb(
  given: string[],
  commands: readonly string[],
  isFile: (path: string) => boolean,
): string[] {
  const at = firstWord(given);
  const word = given[at];
  if (word === undefined) return given.some((one) => asksOnly.has(one)) ? given : [...given, 'pick'];
  if (commands.includes(word)) return given;
  // What comes before the file can be an option of `run` only.
  const isRunbook = word.startsWith('-')
    ? given.slice(at).some((one) => isFile(withoutHeading(one)))
    : /\.(?:md|markdown|mdx)(?:#|$)/i.test(word) || isFile(withoutHeading(word));
  return isRunbook ? [...given.slice(0, at), 'run', ...given.slice(at)] : given;
}

/** Where the first argument stands that is no option of the tool itself. */
function firstWord(given: readonly string[]): number {
  let at = 0;
  for (;;) {
    const takesValue = general.get(given[at] ?? '');
    if (takesValue !== undefined) at += takesValue ? 2 : 1;
    else if (given[at]?.startsWith('--state-dir=')) at += 1;
    else return at;
  }
}

function withoutHeading(word: string): string {
  return word.replace(/#.*$/s, '');
}
