// Owns finding what shell code reads without showing it.
import { readShell, wordText } from './read-shell.ts';

const mayReadSilently = /\bread\b[^\n]*\s-\w*s|\bstty\b[^\n]*-echo/;
/** Options of bash's and zsh's `read` that take the next word. */
const withArgument = /[adeginNptuk]$/;
const ofBash = /^-[a-zA-Z]*$/;

/** The variables that `read -s` sets, and `read` where `stty -echo` stands in the code. */
export function silentReads(code: string): readonly string[] {
  if (!mayReadSilently.test(code)) return [];
  const shell = readShell(code);
  const isQuiet = /\bstty\b[^\n]*-echo/.test(code);
  return shell.commands.flatMap((command) => {
    const words = command.words.filter(({ role }) => role === 'name' || role === 'argument');
    const [program, ...given] = words.map((word) => wordText(shell, word));
    if (program !== 'read') return [];
    const { names, isSilent } = readArguments(given);
    return isSilent || isQuiet ? names : [];
  });
}

function readArguments(given: readonly string[]): { names: readonly string[]; isSilent: boolean } {
  const names: string[] = [];
  let isSilent = false;
  for (let index = 0; index < given.length; index++) {
    const word = given[index] ?? '';
    if (word === '--') continue;
    if (!ofBash.test(word)) {
      // zsh: `read 'name?prompt'`.
      const name = /^\w+/.exec(word)?.[0];
      if (name !== undefined) names.push(name);
      continue;
    }
    isSilent ||= word.includes('s');
    if (!withArgument.test(word)) continue;
    index++;
    const argument = given[index];
    // The array of `-a` is a name.
    if (word.endsWith('a') && argument !== undefined) names.push(argument);
  }
  return { names: names.length === 0 ? ['REPLY'] : names, isSilent };
}
