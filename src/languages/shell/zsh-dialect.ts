// Owns how zsh is asked for its state and given one.

import { clock, clockStart } from './asks-for-clock.ts';
import { type ByteText, fromByteText, toByteText } from './byte-text.ts';
import { listedTraps, moreOf, renderLimits } from './listed-traps.ts';
import { endOfPiece, unquoteScalar } from './parse-declarations.ts';
import { assignedFolder, readCwd, renderCwd } from './render-cwd.ts';
import { readSourcedEnd, renderSourcedScript, type SourcingDialect } from './render-sourced-script.ts';
import { runZshFile, zshDefinitions } from './run-zsh-file.ts';
import type { FreshDialect, ShellDump } from './shell-dialect.ts';
import { shellQuote } from './shell-quote.ts';
import type { ShellState, ShellVariable, StateChange } from './shell-state.ts';

const notCarried = new Set(
  '_ PWD SHLVL ZSH_EXECUTION_STRING ZSH_ARGZERO COLUMNS LINES zle_bracketed_paste'.split(' '),
);
/** Options that would show our own commands if they were switched on before the block's first one. */
const loudOptions = new Set(['xtrace']);
/** Options that tell what the shell is, and cannot be chosen. */
const fixedOptions = new Set(
  'monitor zle interactive shinstdin stdin login globalrcs privileged restricted singlecommand exec'.split(
    ' ',
  ),
);

const sourcing = {
  begin: zshDefinitions,
  strictOptions: ['errexit', 'pipefail'],
  parseDump,
  renderChange,
  renderOptions,
  runFile: runZshFile,
} satisfies SourcingDialect;

export const zshDialect: FreshDialect = {
  name: 'zsh',
  plainArguments: ['-f'],
  ...sourcing,
  renderScript: (script) => renderSourcedScript(sourcing, script),
  readEnd: (sections, block) => readSourcedEnd(sourcing, sections, block),
  dump: '{ \\builtin trap; __rs_tell "$__rs_status" 0; } 1<>"$__rs_state" 2>/dev/null',
  atExit: [
    'trap() {',
    '  if (( $# == 0 )) || [[ $1 == -[lp] ]]; then \\builtin trap "$@"; \\builtin return; fi',
    '  if [[ $1 == -- ]]; then \\builtin shift; fi',
    '  if (( $# == 1 )); then \\builtin set -- - "$1"; fi',
    '  \\builtin local __rs_action="$1" __rs_signal; \\builtin shift',
    // A subshell has an EXIT trap of its own, but a function cannot set it for its caller.
    '  for __rs_signal; do case $__rs_signal in',
    '    (0|EXIT|SIGEXIT) if [[ $__rs_action == - ]]; then \\builtin unset __rs_exit; else __rs_exit=$__rs_action; fi ;;',
    '    (*) \\builtin trap -- "$__rs_action" "$__rs_signal" ;;',
    '  esac; done',
    '}',
    '__rs_again() { \\builtin return "$__rs_status" }',
    "\\builtin trap '{ __rs_status=$? __rs_on=${(j: :kv)options[@]}; \\builtin set +xveu; } 2>/dev/null",
    '\\builtin unset -f trap; \\builtin eval "$__rs_dump"',
    'if [[ ${__rs_exit+set} == set ]]; then',
    '  if __rs_again; then \\builtin eval "$__rs_exit"; else __rs_again || \\builtin eval "$__rs_exit"; fi',
    'fi',
    '\\builtin eval "${__rs_leave-}"; \\builtin exit "$__rs_status"\' EXIT',
  ].join('\n'),
  exportedVariable: (value) => ({
    flags: 'scalar-export',
    source: shellQuote(toByteText(value)),
    exported: true,
  }),
  valueOf: ({ flags, source }) => {
    if (source === undefined || /^(array|association)/.test(flags)) return undefined;
    const value = unquoteScalar(source.slice(0, endOfPlainWord(source)));
    return value === undefined ? undefined : fromByteText(value);
  },
};

/** Where the quoted word that a source begins with ends. */
function endOfPlainWord(source: ByteText): number {
  let at = 0;
  while (at < source.length && source[at] !== '\n') at = endOfPiece(source, at);
  return at;
}

/** What zsh loads by itself, for us or for a shell that people work in. */
const ownModules =
  / zsh\/(?:main|parameter|rlimits|compctl|complete|sched|termcap|terminfo|watch|zle|zleparameter)$/;

/**
 * Reads, in the order of `zshDefinitions`: traps, status and line, options, variables, functions, aliases, umask,
 * limits, modules, styles, named folders, `PWD`, folder, positional parameters.
 */
function parseDump(tokens: readonly ByteText[]): ShellDump | undefined {
  if (tokens.at(-2) !== 'ok') return undefined;
  let at = 0;
  const next = (): ByteText => tokens[at++] ?? '';
  const traps = next();
  const [status = '', line = ''] = next().split(' ');
  const options = next().split(' ');
  const variables = new Map<string, ShellVariable>();
  for (let name = next(); name !== ''; name = next()) {
    const type = next();
    const values = tokens.slice(at + 1, at + 1 + Number(tokens[at]));
    at += 1 + values.length;
    if (isOurs(name)) continue;
    const variable = variableOf(name, type, values);
    if (variable !== undefined) variables.set(name, variable);
  }
  const functions = new Map<string, ByteText>();
  for (let name = next(); name !== ''; name = next()) functions.set(name, next());
  // zsh loses a function that is its EXIT trap where it is called.
  const trapFunction = functions.get('TRAPEXIT');
  functions.delete('TRAPEXIT');
  const aliases: ByteText[] = [];
  for (let alias = next(); alias !== ''; alias = next()) aliases.push(alias);
  const umask = next().trim();
  const limits = next();
  const modules = next()
    .split('\n')
    .filter((module) => !/^$/.test(module) && !ownModules.test(module));
  const styles = next();
  const folders = next();
  const assigned = next();
  const place = readCwd(next(), assigned);
  const knowsArguments = next() === '1';
  const count = Number(next());
  const on = options.filter((_, index) => index % 2 === 0 && options[index + 1] === 'on');
  return {
    status: Number(status),
    ...(line !== '' && { failedLine: Number(line) }),
    hidden: [],
    ...clockOf(limits),
    ...(!knowsArguments && { untold: ['arguments'] }),
    state: {
      variables,
      functions: [...functions].map(([name, body]) => `${shellQuote(name)} () {\n${body}\n}`).join('\n'),
      functionNames: [...functions.keys()],
      aliases: aliases.join('\n'),
      options: new Set(on.filter((name) => !fixedOptions.has(name))),
      umask,
      cwd: place.cwd,
      more: moreOf({
        ...place.more,
        ...splitTraps(traps, knowsArguments),
        ...(trapFunction !== undefined && { 'exit-trap': shellQuote(`() {\n${trapFunction}\n} 0`) }),
        limits: renderLimits(limits),
        modules: modules.join('\n'),
        styles: styles.trimEnd(),
        'named-folders': folders.trimEnd(),
        arguments:
          count === 0
            ? ''
            : `set -- ${tokens
                .slice(at, at + count)
                .map(shellQuote)
                .join(' ')}`,
        status: knowsArguments && status !== '0' ? status : '',
      }),
    },
  };
}

function clockOf(text: ByteText): Pick<ShellDump, 'clock'> {
  const start = clockStart(text);
  const clock = `__rs_clock=\${(%):-%D{%s}}; SECONDS=$(( __rs_clock - ${start} )); unset __rs_clock`;
  return start === undefined ? {} : { clock };
}

function isOurs(name: string): boolean {
  return notCarried.has(name) || name.startsWith('__rs_') || name.startsWith('RUNSHEET');
}

function variableOf(name: string, type: string, values: readonly ByteText[]): ShellVariable | undefined {
  const words = type.split('-');
  const [first = '', declaration] = values;
  const isDeclared = declaration !== undefined && !/^(?:array|association)/.test(type);
  const flags = words
    .filter((word) => !/^(special|hide|hideval|left|right_blanks|right_zeros|tag)$/.test(word))
    .filter((word) => word !== 'tied' || isDeclared)
    .concat(isDeclared ? ['declared'] : [])
    .join('-');
  const exported = flags.includes('export');
  // A value, for the environment of others, and how it is declared.
  if (isDeclared)
    return { flags, source: `${shellQuote(first)}\n${withDigits(declaration, first)}`, exported };
  if (!/^(array|association)/.test(flags)) return { flags, source: shellQuote(first), exported };
  const elements = values.filter((value) => name !== 'zshexit_functions' || value !== '__rs_exiting');
  if (elements.length === 0 && name === 'zshexit_functions') return undefined;
  return { flags, source: `(${elements.map(shellQuote).join(' ')})`, exported };
}

/** zsh leaves out of the declaration of a floating-point number how many digits it shows; its value shows them. */
function withDigits(declaration: ByteText, value: ByteText): ByteText {
  return declaration.replace(/^(\w+ (?:-g )?-\w*)([EF]) /, (_, start, letter) => {
    const digits = value.replace(/e.*$/i, '').replace('-', '').split('.');
    const count = letter === 'F' ? (digits[1]?.length ?? 0) : digits.join('').length;
    return `${start}${letter}${count} `;
  });
}

/** The list that `trap` writes, an entry for each signal; functions that are traps are carried as functions. */
function splitTraps(text: ByteText, cameToEnd: boolean): Readonly<Record<string, ByteText>> {
  const entries = listedTraps(text).filter(({ action }) => !/__rs_(?:failing|pipefail)/.test(action));
  const rest = entries.filter(({ signal }) => signal !== 'EXIT' && signal !== 'DEBUG');
  return {
    traps: rest.map(({ action, signal }) => `trap -- ${action} ${signal}`).join('\n'),
    // One that has run has no more to do.
    'exit-trap': (cameToEnd && entries.find(({ signal }) => signal === 'EXIT')?.action) || '',
    'debug-trap': entries.find(({ signal }) => signal === 'DEBUG')?.action ?? '',
    'failure-trap': rest.some(({ signal }) => /^Z?ERR$/.test(signal)) ? ':' : '',
  };
}

const attributeLetters: Readonly<Record<string, string>> = {
  integer: 'i',
  float: 'F',
  array: 'a',
  association: 'A',
  export: 'x',
  lower: 'l',
  upper: 'u',
  unique: 'U',
};

function renderChange(change: StateChange, from: ShellState): ByteText {
  const lines: ByteText[] = [];
  const more = new Map(change.more);
  // What `cd -` goes to is where zsh has been last, whatever the variable says; that one is set as well, for a folder that
  // cannot be entered.
  const last = change.set.find(([name]) => name === 'OLDPWD')?.[1].source;
  if (change.cwd !== undefined || last !== undefined)
    lines.push(
      `__rs_last=${last ?? '$OLDPWD'}`,
      'builtin cd -- "$__rs_last" 2>/dev/null',
      renderCwd(change.cwd ?? from.cwd, 'builtin'),
      'OLDPWD=$__rs_last',
    );
  lines.push(more.get(assignedFolder) ?? '');
  if (change.umask !== undefined) lines.push(`umask ${change.umask}`);
  for (const kind of [clock, 'limits', 'modules', 'styles', 'named-folders', 'arguments'])
    lines.push(more.get(kind) ?? '');
  for (const name of change.unset) lines.push(`unset ${name}`);
  for (const [name, { flags, source }] of change.set) {
    const before = from.variables.get(name);
    if (before !== undefined && (before.flags !== flags || flags.includes('declared')))
      lines.push(`unset ${name}`);
    if (flags.includes('declared')) {
      lines.push(source?.slice(endOfPlainWord(source) + 1) ?? '');
      continue;
    }
    const letters = flags.split('-').map((word) => attributeLetters[word] ?? '');
    // Its type is none that could be declared.
    if (name !== 'dirstack') lines.push(`typeset -g${letters.join('')} ${name}`);
    lines.push(`${name}=${source ?? "''"}`);
    if (flags.includes('readonly')) lines.push(`typeset -gr ${name}`);
  }
  if (change.aliases !== undefined) lines.push('unalias -a', change.aliases);
  const exitTrap = more.get('exit-trap') ?? '';
  lines.push(more.get('traps') ?? '', exitTrap === '' ? '' : `trap -- ${exitTrap} EXIT`);
  if (change.functions !== undefined) lines.push(change.functions.text);
  return lines.filter((line) => line !== '').join('\n');
}

function renderOptions(change: StateChange): { before: ByteText; sameLine: ByteText } {
  let before = '';
  let sameLine = '';
  for (const [option, word] of [
    ...change.optionsOff.map((name) => [name, 'unsetopt'] as const),
    ...change.optionsOn.map((name) => [name, 'setopt'] as const),
  ]) {
    if (loudOptions.has(option)) sameLine += `${word} ${option}; `;
    else before += `${word} ${option}; `;
  }
  return { before, sameLine };
}
