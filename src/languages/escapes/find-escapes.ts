// Owns finding what of shell code could run something that is not among the commands it may run.

import { readCommands } from '../commands/read-commands.ts';
import { functionDefinitions } from '../shell/function-definitions.ts';
import { readShell, wordText } from '../shell/reader/read-shell.ts';
import type { ShellCode, ShellCommand, ShellWord } from '../shell/reader/shell-code.ts';
import type { AllowedCommands, Escape } from './allowed-commands.ts';
import { codeWordOf, escapeOfWords, isNaming, isShellName } from './escape-of-words.ts';

/** Names that say what runs, or what is run beside the commands of the code. */
const ruling =
  /(?<![\w$])(?:PATH|BASH_ENV|BASH_CMDS|BASH_LOADABLES_PATH|BASH_FUNC_\w+|LD_PRELOAD|LD_LIBRARY_PATH|LD_AUDIT|DYLD_\w+|PROMPT_COMMAND|PS[0-4])(?!\w)/;
const rulingParameter =
  /^(?:PATH|BASH_ENV|BASH_CMDS|BASH_LOADABLES_PATH|LD_PRELOAD|LD_LIBRARY_PATH|PROMPT_COMMAND|PS[0-4])$/;

/** Everything of the code that cannot be shown to run only what is allowed, by its place; nothing where it can. */
export function findEscapes(code: string, allowed: AllowedCommands): readonly Escape[] {
  const shell = readShell(code);
  const functions = functionDefinitions(code).map(({ name }) => name);
  const own: AllowedCommands = {
    ...allowed,
    isThere: (name) => functions.includes(name) || allowed.isThere(name),
  };
  const found = [
    ...escapesOfText(shell),
    ...shell.commands.flatMap((command) => escapesOfCommand(shell, command, own)),
    ...escapesOfLaunches(code, functions, own),
  ];
  const seen = new Set<string>();
  return found
    .filter(({ why, start }) => !seen.has(`${start} ${why}`) && seen.add(`${start} ${why}`))
    .sort((one, other) => one.start - other.start);
}

/** What no command is, but gives the shell other ways. */
function escapesOfText(shell: ShellCode): readonly Escape[] {
  const { code, pieces } = shell;
  return pieces.flatMap((piece): Escape[] => {
    if (piece.kind === 'comment' || piece.kind === 'space') return [];
    const text = code.slice(piece.start, piece.end);
    const { start } = piece;
    if (piece.kind === 'parameter') {
      const name = piece.parameter?.name ?? '';
      const isAssigned = /^\$\{\w+:?=/.test(code.slice(start, piece.end + 2));
      return rulingParameter.test(name) && isAssigned ? [unproven(`sets \`${name}\``, start)] : [];
    }
    if (piece.kind === 'expansion' && /@P\b/.test(text))
      return [unproven('reads a value as a prompt', start)];
    const name = ruling.exec(text);
    if (name !== null) return [unproven(`names \`${name[0]}\``, start + name.index)];
    return [];
  });
}

function escapesOfCommand(
  shell: ShellCode,
  command: ShellCommand,
  allowed: AllowedCommands,
): readonly Escape[] {
  const found: Escape[] = [];
  for (const word of command.words) {
    const text = wordText(shell, word);
    const name = ruling.exec(text);
    if (name !== null && !isRead(shell, word)) found.push(unproven(`names \`${name[0]}\``, word.start));
    if (/\/(?:tcp|udp)\/|^(?:tcp|udp)\//.test(text)) found.push(unproven('opens a connection', word.start));
    if (word.role === 'redirect')
      found.push(...escapesOfTarget(shell, command, word, withValues(text, allowed), allowed));
  }
  const words = command.words.filter(({ role }) => /^(?:wrapper|name|argument)$/.test(role));
  const isCommand = words.some(({ role }) => role !== 'argument');
  const [head] = words;
  if (!isCommand || head === undefined) return found;
  const written = words.map((word) => wordText(shell, word));
  const texts = withKnownCode(written, allowed);
  const isBuilt = (index: number): boolean => {
    const word = words[index];
    return word !== undefined && texts[index] === written[index] && hasExpansion(shell, word);
  };
  const why = isBuilt(0) ? `runs \`${texts[0]}\`, which is not known before` : undefined;
  if (why !== undefined) return [...found, unproven(why, head.start)];
  const named = command.words.find(
    (word) => isNaming(texts[0] ?? '') && /^[^=]*\$'[^']*\\/.test(shell.code.slice(word.start, word.end)),
  );
  if (named !== undefined)
    found.push(unproven(`sets a variable whose name is \`${wordText(shell, named)}\``, named.start));
  return [...found, ...escapeOfWords(texts, isBuilt, allowed).map((one) => ({ ...one, start: head.start }))];
}

/** A word that only holds the value. */
function isRead(shell: ShellCode, word: ShellWord): boolean {
  const raw = shell.code.slice(word.start, word.end).replace(/\$\{?\w+/g, '');
  return !ruling.test(raw.replace(/["'\\]/g, ''));
}

function escapesOfTarget(
  { code }: ShellCode,
  command: ShellCommand,
  word: ShellWord,
  text: string,
  { isOwnFile }: AllowedCommands,
): readonly Escape[] {
  const redirect = command.redirects.findLast(({ start }) => start <= word.start);
  if (redirect === undefined || redirect.hereDocument !== undefined || redirect.operator === '<<<') return [];
  if (/^\/dev\/(?:null|zero|full|u?random|std(?:in|out|err)|tty|fd\/\d+)$/.test(text)) return [];
  if (text.startsWith('/dev/')) return [unproven(`opens \`${text}\``, word.start)];
  if (!redirect.operator.includes('>') || code.slice(word.start, word.end).startsWith('&')) return [];
  if (/^(?:\$\(|`)/.test(text))
    return [unproven(`writes \`${text}\`, which is not known before`, word.start)];
  if (text.startsWith('/') && isOwnFile?.(text)) return [];
  if (text.startsWith('/') || /(?:^|\/)\.\.(?:\/|$)/.test(text))
    return [unproven(`writes \`${text}\`, outside of its folder`, word.start)];
  return [];
}

/** With the values that variables have, or what stands for one without; what nobody knows stays as it is written. */
function withValues(text: string, { valueInPath }: AllowedCommands): string {
  return text.replace(
    /\$(?:(\w+)|\{(\w+)(?::?[-=]([^{}]*))?\})/g,
    (written, bare?: string, braced?: string, instead?: string) =>
      valueInPath?.(bare ?? braced ?? '') ?? instead ?? written,
  );
}

/** What commands are given to run: by `bash -c`, `xargs`, `find -exec` and their kind, also in functions. */
function escapesOfLaunches(
  code: string,
  functions: readonly string[],
  allowed: AllowedCommands,
): readonly Escape[] {
  // What stands in a function is read where it is called.
  const called = `${code}\n${functions.join('\n')}\n`;
  const commands = readCommands(called).commands.filter(
    ({ start, words }) => start < code.length && words.length > 0,
  );
  return commands.flatMap(({ words: written, start, end }) => {
    const words = withKnownCode(written, allowed);
    if (words.length === 1 && knownValue(words[0] ?? '', allowed) !== undefined) return [];
    if (/[$`]/.test(words[0] ?? ''))
      return [unproven(`runs \`${words[0]}\`, which is not known before`, start)];
    // What a stand-in is given runs only where its author has it run, and is looked for then.
    const isGiven = commands.some(
      (outer) => outer.start < start && end <= outer.end && allowed.isStub(outer.words[0] ?? ''),
    );
    const found = escapeOfWords(words, () => false, allowed).filter(
      ({ type }) => type === 'unproven' || !isGiven,
    );
    const inner = innerCode(words);
    return [...found, ...(inner === undefined ? [] : findEscapes(inner, allowed))].map((one) => ({
      ...one,
      start,
    }));
  });
}

/** The code that a shell is given as a word. */
function innerCode(words: readonly string[]): string | undefined {
  if (words[0] === 'trap') return words[1];
  if (words[0] === 'eval') return words.slice(1).join(' ');
  return isShellName(words[0] ?? '') ? words[codeWordOf(words)] : undefined;
}

/** Where all of the code that a shell, or `eval`, is given is a variable whose value is known, that value. */
function withKnownCode(words: readonly string[], allowed: AllowedCommands): readonly string[] {
  const at =
    words[0] === 'eval' && words.length === 2 ? 1 : isShellName(words[0] ?? '') ? codeWordOf(words) : -1;
  const value = knownValue(words[at] ?? '', allowed);
  return value === undefined ? words : words.with(at, value);
}

function knownValue(word: string, { fixedValue }: AllowedCommands): string | undefined {
  const name = /^\$(?:(\w+)|\{(\w+)\})$/.exec(word);
  return name === null ? undefined : fixedValue?.(name[1] ?? name[2] ?? '');
}

function hasExpansion({ pieces }: ShellCode, word: ShellWord): boolean {
  return pieces.some(
    ({ kind, start, end }) =>
      start >= word.start && end <= word.end && (kind === 'parameter' || kind === 'expansion'),
  );
}

function unproven(why: string, start: number): Escape {
  return { type: 'unproven', why, start };
}
