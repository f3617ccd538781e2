// Owns which plain blocks leave a bash as it was, whatever they print and start.
import type { ShellState } from '../../../languages/shell/shell-state.ts';
import type { ShellJob } from '../shell-job.ts';

/** Commands and words that act on their shell, read a text as code, or are no commands, as far as plain blocks hold them. */
const acting = new Set(
  (
    '. [ case cd compopt continue do done elif else esac fi for if in printf read readarray test then umask ' +
    'while'
  ).split(' '),
);

/** A command that stands for itself: a builtin, a function or a program, and no assignment. */
const commandName = /^[A-Za-z0-9_./][\w./+-]*$/;

/** One piece of a word; of all that a shell expands only the values of variables, and patterns of file names. */
const piece =
  String.raw`[\w./:@%+,=^~*?\][-]|\\[^\n]|'[^']*'|` +
  String.raw`"(?:[^"\\$${'`'}]|\\[^]|\$[A-Za-z_]\w*|\$\{[A-Za-z_]\w*\})*"|\$[A-Za-z_]\w*|\$\{[A-Za-z_]\w*\}`;

const token = new RegExp(
  String.raw`(?<blank>(?:[ \t]|\\\n)+)|(?<comment>#[^\n]*)|(?<list>&&|\|\|?|;)|(?<line>\n)|` +
    String.raw`\d?(?:>>?|<)(?:&\d|(?<into>))|(?<word>(?:${piece})+)`,
  'y',
);

/**
 * True where the next block finds the shell as this plain one did, if all of it was run: what the shell would tell of
 * itself need not be asked then, which is much of what a small block costs. False where that is not certain.
 */
export function leavesStateAlone({ code, state }: Pick<ShellJob, 'code' | 'state'>): boolean {
  // What a trapped signal runs may change it.
  return isListOfPrograms(code) && standsForItself(state, code) && !state.more.has('traps');
}

/** No name of a program means anything else, and to look at a variable is no more than that. */
function standsForItself({ functionNames, aliases, variables }: ShellState, code: string): boolean {
  if (functionNames.length > 0 || aliases !== '') return false;
  if (!code.includes('$')) return true;
  // A reference may lead to an element whose index is an assignment.
  for (const { flags } of variables.values()) if (flags.includes('n')) return false;
  return true;
}

/** Lists and pipelines of simple commands: words and redirections, and nothing assigned, nested, or in the background. */
function isListOfPrograms(code: string): boolean {
  let expected: 'command' | 'rest' | 'target' | 'next command' = 'command';
  let isAfterWord = false;
  token.lastIndex = 0;
  while (token.lastIndex < code.length) {
    const groups = token.exec(code)?.groups;
    if (groups === undefined) return false;
    const { blank, comment, list, line, into, word } = groups;
    if (word !== undefined) {
      if (isAfterWord) return false;
      if (expected === 'command' || expected === 'next command') {
        if (!commandName.test(word) || acting.has(word)) return false;
      }
      expected = 'rest';
    } else if (blank !== undefined) {
      // A backslash before the end of a line is nothing: what stands on both sides may be one word.
      if (!/[ \t]/.test(blank)) return false;
    } else if (expected === 'target') return false;
    else if (comment !== undefined) {
      if (isAfterWord) return false;
    } else if (list !== undefined) {
      if (expected !== 'rest') return false;
      expected = list === ';' ? 'command' : 'next command';
    } else if (line !== undefined) {
      if (expected === 'rest') expected = 'command';
    } else {
      if (expected !== 'rest') return false;
      if (into !== undefined) expected = 'target';
    }
    isAfterWord = word !== undefined;
  }
  return expected === 'command' || expected === 'rest';
}
