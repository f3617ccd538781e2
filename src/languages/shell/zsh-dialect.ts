// Owns how zsh is asked for its state and given one.

import { type ByteText, fromByteText, toByteText } from './byte-text.ts';
import { unquoteScalar } from './parse-declarations.ts';
import { renderCwd } from './render-cwd.ts';
import type { FreshDialect, ShellDump } from './shell-dialect.ts';
import { shellQuote } from './shell-quote.ts';
import type { ShellState, ShellVariable, StateChange } from './shell-state.ts';

const notCarried = new Set(
  '_ PWD SHLVL ZSH_EXECUTION_STRING ZSH_ARGZERO COLUMNS LINES zle_bracketed_paste'.split(' '),
);
/** Options that would show, or stop, our own commands if they were switched on before the block's line. */
const loudOptions = new Set(['xtrace', 'verbose']);
/** Options that tell what the shell is, and cannot be chosen. */
const fixedOptions = new Set(
  'monitor zle interactive shinstdin stdin login rcs globalrcs privileged restricted singlecommand exec'.split(
    ' ',
  ),
);

/**
 * Values are written as they are, ended by NUL, and quoted by us: zsh's own quoting has many forms. A NUL
 * inside a value, which zsh alone knows, is dropped. Of the variables that zsh itself gives a meaning only
 * the exported ones and IFS are carried.
 */
const parameters = [
  '\\builtin emulate -L zsh',
  '\\builtin local __rs_k __rs_t; \\builtin local -a __rs_v',
  'for __rs_k in ${(ko)parameters}; do',
  '  __rs_t=${parameters[$__rs_k]}',
  '  case $__rs_t in',
  '    (*local*) \\builtin continue ;;',
  '    (*special*) [[ $__rs_t == *export* || $__rs_k == IFS ]] || \\builtin continue ;;',
  '  esac',
  '  case $__rs_t in',
  '    (association*) __rs_v=("${(@kvP)__rs_k}") ;;',
  '    (array*) __rs_v=("${(@P)__rs_k}") ;;',
  '    (*) __rs_v=("${(P)__rs_k}") ;;',
  '  esac',
  '  \\builtin printf "%s\\0" "$__rs_k" "$__rs_t" ${#__rs_v} "${(@)__rs_v//$\'\\0\'/}"',
  'done',
  '\\builtin printf "\\0"',
  '__rs_v=(${${(ok)functions}:#(trap|__rs_*)})',
  '\\builtin printf "%s\\0" "${(F)__rs_v}"',
  'if (( ${#__rs_v} )); then \\builtin functions -- $__rs_v; fi',
].join('\n');

export const zshDialect: FreshDialect = {
  name: 'zsh',
  plainArguments: ['-f'],
  begin: ':',
  // Sections closed by NUL: status, options, parameters, function names, functions, aliases, umask, cwd, ok.
  dump: [
    ': "${__rs_on:=${(kv)options}}"',
    '{ \\builtin printf "%s\\0" "$__rs_status" "$__rs_on"',
    `() {\n${parameters}\n}`,
    '\\builtin printf "\\0"; \\builtin alias -L; \\builtin printf "\\0"; \\builtin umask; \\builtin printf "\\0"',
    '\\builtin printf "%s" "$PWD"; \\builtin printf "\\0ok\\0"; } 1<>"$__rs_state" 2>/dev/null',
  ].join('\n'),
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
    "\\builtin trap '{ __rs_status=$? __rs_on=${(kv)options}; \\builtin set +xveu; } 2>/dev/null",
    '\\builtin unset -f trap; \\builtin eval "$__rs_dump"',
    'if [[ ${__rs_exit+set} == set ]]; then',
    '  if __rs_again; then \\builtin eval "$__rs_exit"; else __rs_again || \\builtin eval "$__rs_exit"; fi',
    'fi',
    '\\builtin eval "${__rs_leave-}"; \\builtin exit "$__rs_status"\' EXIT',
  ].join('\n'),
  parseDump,
  renderChange,
  renderOptions,
  exportedVariable: (value) => ({
    flags: 'scalar-export',
    source: shellQuote(toByteText(value)),
    exported: true,
  }),
  valueOf: ({ flags, source }) => {
    if (source === undefined || /^(array|association)/.test(flags)) return undefined;
    const value = unquoteScalar(source);
    return value === undefined ? undefined : fromByteText(value);
  },
};

function parseDump(tokens: readonly ByteText[]): ShellDump | undefined {
  const [status, options = ''] = tokens;
  if (status === undefined || tokens.at(-2) !== 'ok') return undefined;
  const variables = new Map<string, ShellVariable>();
  let at = 2;
  for (let name = tokens[at]; name !== undefined && name !== ''; name = tokens[at]) {
    const type = tokens[at + 1] ?? '';
    const count = Number(tokens[at + 2]);
    const values = tokens.slice(at + 3, at + 3 + count);
    at += 3 + count;
    if (notCarried.has(name) || name.startsWith('__rs_') || name.startsWith('RUNSHEET')) continue;
    const flags = type
      .split('-')
      .filter((word) => !/^(special|tied|hide|hideval|left|right_blanks|right_zeros|tag)$/.test(word))
      .join('-');
    const quoted = values.map(shellQuote);
    const isList = /^(array|association)/.test(flags);
    variables.set(name, {
      flags,
      source: isList ? `(${quoted.join(' ')})` : (quoted[0] ?? "''"),
      exported: flags.includes('export'),
    });
  }
  const [functionNames = '', functions = '', aliases = '', umask = '', cwd = ''] = tokens.slice(at + 1);
  const words = options.split(' ');
  const on = words.filter((_, index) => index % 2 === 0 && words[index + 1] === 'on');
  return {
    status: Number(status),
    hidden: [],
    state: {
      variables,
      functions,
      functionNames: functionNames.split('\n').filter((name) => name !== ''),
      aliases,
      options: new Set(on.filter((name) => !fixedOptions.has(name))),
      umask: umask.trim(),
      cwd,
      more: new Map(),
    },
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
  if (change.cwd !== undefined) lines.push(renderCwd(change.cwd, 'builtin'));
  if (change.umask !== undefined) lines.push(`umask ${change.umask}`);
  for (const name of change.unset) lines.push(`unset ${name}`);
  for (const [name, { flags, source }] of change.set) {
    const before = from.variables.get(name);
    if (before !== undefined && before.flags !== flags) lines.push(`unset ${name}`);
    const letters = flags.split('-').map((word) => attributeLetters[word] ?? '');
    lines.push(`typeset -g${letters.join('')} ${name}`, `${name}=${source ?? "''"}`);
    if (flags.includes('readonly')) lines.push(`typeset -gr ${name}`);
  }
  if (change.functions !== undefined) lines.push(change.functions.text);
  if (change.aliases !== undefined) lines.push('unalias -a', change.aliases);
  return lines.join('\n');
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
