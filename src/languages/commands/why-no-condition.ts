// Owns which texts stand where a shell condition is wanted and ask nothing: they always hold, or are no commands.
import { readShell, wordText } from '../shell/reader/read-shell.ts';
import type { ShellCode, ShellCommand } from '../shell/reader/shell-code.ts';

/** What is wrong with a condition, to go on from its name, and what to write. */
export interface NoCondition {
  readonly message: string;
  readonly help: string;
}

/** Words of other tools, which a shell would look for as programs; `yes` is one that never ends. */
const wordsOfOthers: ReadonlySet<string> = new Set('always never no off on yes'.split(' '));

const comparisons: ReadonlySet<string> = new Set('= == === != =~ <= >= -eq -ne -lt -le -gt -ge'.split(' '));

/** Words that compare in other languages, behind a variable. */
const comparingWords: ReadonlySet<string> = new Set('contains equals in is matches'.split(' '));

/** They end with 0, whatever there is to see. */
const alwaysHolding: ReadonlySet<string> = new Set([':', 'echo', 'printf', 'true']);

/** Why a condition of one command is none; undefined where it may be one. */
export function whyNoCondition(condition: string): NoCondition | undefined {
  const shell = readShell(condition);
  const [command, ...others] = shell.commands;
  if (command === undefined || others.length > 0 || shell.open !== undefined) return undefined;
  const words = command.words.map((word) => ({ role: word.role, text: wordText(shell, word) }));
  const [first] = words;
  if (first === undefined || command.redirects.length > 0) return undefined;
  if (words.every(({ role }) => role === 'assignment')) return setsOnly(first.text);
  if (first.role === 'assignment') return undefined;
  const texts = words.map(({ text }) => text);
  if (texts.length === 1 && wordsOfOthers.has(first.text))
    return {
      message: 'is a word, and no condition that a shell can ask',
      help: 'write a command that succeeds where it holds; `when=false` leaves something out',
    };
  const operator = texts[1];
  const compares =
    operator !== undefined &&
    (comparisons.has(operator) || (first.text.startsWith('$') && comparingWords.has(operator)));
  if (!isTest(first.text) && compares)
    return {
      message: 'compares in a way that no shell knows',
      help: `write \`test ${quoted(first.text)} ${operator === '!=' ? '!=' : '='} ${texts[2] ?? 'value'}\``,
    };
  if (isTest(first.text)) return whyNoTest(shell, command);
  return undefined;
}

/** Whether a condition is one command that ends with 0 whatever there is to see. */
export function alwaysHolds(condition: string): boolean {
  const shell = readShell(condition);
  const [command, ...others] = shell.commands;
  if (command === undefined || others.length > 0 || shell.open !== undefined) return false;
  const texts = command.words.map((word) => wordText(shell, word));
  return alwaysHolding.has(texts[0] ?? '') || /^exit( 0)?$/.test(texts.join(' '));
}

function isTest(name: string): boolean {
  return name === 'test' || name === '[' || name === '[[';
}

function setsOnly(text: string): NoCondition {
  const [name = '', value = ''] = text.split(/=(.*)/s);
  return {
    message: `sets \`${name}\` and asks nothing, so that it always holds`,
    help: `write \`test "$${name}" = ${value === '' ? "''" : value}\``,
  };
}

/** `test` of one text holds unless that is empty, and `-n` of nothing at all is one text. */
function whyNoTest(shell: ShellCode, command: ShellCommand): NoCondition | undefined {
  const [name, ...rest] = command.words;
  if (name === undefined) return undefined;
  const operands = rest.filter((word) => !/^\]\]?$/.test(wordText(shell, word)));
  const written = operands.map(({ start, end }) => shell.code.slice(start, end));
  const [operand = '', second = ''] = written;
  const compared = /^(.+?)(===?|!=|=)(.*)$/s.exec(operand);
  if (written.length === 1 && compared !== null) {
    const [, left = '', sign = '', right = ''] = compared;
    return {
      message: `asks whether \`${operand}\` is empty, which it never is`,
      help: `write blanks around the sign: \`${left} ${sign} ${right}\``,
    };
  }
  const isPlainVariable = /^\$(?:\w+|\{\w+\})$/.test(second);
  if (written.length === 2 && operand === '-n' && isPlainVariable && wordText(shell, name) !== '[[')
    return { message: `holds where \`${second}\` is empty, too`, help: `quote it: \`-n "${second}"\`` };
  return undefined;
}

function quoted(text: string): string {
  return /^\w+$/.test(text) ? `"$${text}"` : `"${text}"`;
}
