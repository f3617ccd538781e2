// Owns how dash and other plain POSIX shells are asked for their state and given one.

import { type ByteText, fromByteText, toByteText } from './byte-text.ts';
import { endOfPiece, unquoteScalar } from './parse-declarations.ts';
import { renderCwd } from './render-cwd.ts';
import type { FreshDialect, ShellDump } from './shell-dialect.ts';
import type { ShellState, ShellVariable, StateChange } from './shell-state.ts';

const notCarried = new Set(['_', 'PPID', 'PWD', 'LINENO', 'SHLVL', 'RANDOM', 'SECONDS', 'EUID', 'UID']);

/** Options that would show, or stop, our own commands if they were switched on before the block's line. */
const loudOptions = new Set(['xtrace', 'verbose', 'noexec']);
/** Options that tell what the shell is, and cannot be chosen. */
const fixedOptions = new Set(['interactive', 'stdin', 'monitor', 'notify', 'emacs', 'vi', 'posix']);

/** Functions cannot be listed in a POSIX shell; they are not carried. */
export const dashDialect: FreshDialect = {
  name: 'dash',
  plainArguments: [],
  begin: ':',
  // Sections closed by NUL: status, options, variables, exported ones, read-only ones, aliases, umask, cwd, ok.
  dump: [
    '{ \\command printf "%s\\0%s\\n" "$__rs_status" "${__rs_flags-}"; set +o; set +eu; \\command printf "\\0"; set; \\command printf "\\0"; export -p; \\command printf "\\0"; readonly -p; ' +
      '\\command printf "\\0"; \\command alias; \\command printf "\\0"; \\command umask; \\command printf "\\0"; ' +
      '\\command printf "%s" "$PWD"; \\command printf "\\0ok\\0"; } 1<>"$__rs_state" 2>/dev/null',
  ].join('; '),
  // A special builtin cannot be hidden by a function, but by an alias, which the block's text is read with.
  atExit: [
    '__rs_trap() {',
    // Listing must show the block's EXIT trap and not ours.
    '  if [ "$#" -eq 0 ] || [ "$1" = -p ]; then',
    '    trap -- "${__rs_exit--}" EXIT; trap "$@"; trap -- "$__rs_ours" EXIT; return',
    '  fi',
    '  if [ "$1" = -- ]; then shift; fi',
    '  if [ "$#" -eq 1 ]; then set -- - "$1"; fi',
    '  __rs_action=$1; shift',
    '  for __rs_signal; do case $__rs_signal in',
    '    0 | EXIT) if [ "$__rs_action" = - ]; then unset __rs_exit; else __rs_exit=$__rs_action; fi ;;',
    '    *) command trap -- "$__rs_action" "$__rs_signal" ;;',
    '  esac; done',
    '}',
    '__rs_again() { return "$__rs_status"; }',
    '__rs_end() {',
    '  if [ -n "${__rs_exit+set}" ]; then',
    '    if __rs_again; then eval "$__rs_exit"; else __rs_again || eval "$__rs_exit"; fi',
    '  fi',
    '}',
    `__rs_ours='{ __rs_status=$? __rs_flags=$-; set +xv; } 2>/dev/null; unalias trap 2>/dev/null; eval "$__rs_dump"; __rs_end; eval "\${__rs_leave-}"; exit "$__rs_status"'`,
    'trap -- "$__rs_ours" EXIT',
    'alias trap=__rs_trap',
  ].join('\n'),
  parseDump,
  renderChange,
  renderOptions,
  exportedVariable: (value) => ({ flags: 'x', source: quote(value), exported: true }),
  valueOf: ({ source }) => {
    const value = source === undefined ? undefined : unquoteScalar(source);
    return value === undefined ? undefined : fromByteText(value);
  },
};

/** Quoted as dash itself does, so that a value that was only handed over does not look changed. */
function quote(value: string): ByteText {
  return `'${toByteText(value.replaceAll('\0', '')).replaceAll("'", `'"'"'`)}'`;
}

function parseDump(sections: readonly ByteText[]): ShellDump | undefined {
  const [status, options, variables, exported, readOnly, aliases, umask, cwd, ok] = sections;
  if (ok !== 'ok' || status === undefined || cwd === undefined) return undefined;
  const exportedNames = new Set(namesAfter('export ', exported ?? ''));
  const readOnlyNames = new Set(namesAfter('readonly ', readOnly ?? ''));
  const found = new Map<string, ShellVariable>();
  for (const [name, source] of parseAssignments(variables ?? '')) {
    if (notCarried.has(name) || name.startsWith('__rs_') || name.startsWith('RUNSHEET')) continue;
    const isExported = exportedNames.has(name);
    const flags = (isExported ? 'x' : '') + (readOnlyNames.has(name) ? 'r' : '');
    found.set(name, { flags, source, exported: isExported });
  }
  const on = [...(options ?? '').matchAll(/^set -o (\w+)$/gm)].map((match) => match[1] ?? '');
  // These two are off while the dump is written, and stand in `$-` as it was before.
  const flags = (options ?? '').split('\n', 1)[0] ?? '';
  if (flags.includes('x')) on.push('xtrace');
  if (flags.includes('v')) on.push('verbose');
  return {
    status: Number(status),
    hidden: [],
    state: {
      variables: found,
      functions: '',
      functionNames: [],
      aliases: aliasLines(aliases ?? ''),
      options: new Set(on.filter((name) => !fixedOptions.has(name))),
      umask: (umask ?? '').trim(),
      cwd,
      more: new Map(),
    },
  };
}

/** Reads `NAME=value` lines, values in any of the shell's quotings and over several lines. */
function parseAssignments(text: ByteText): [string, ByteText][] {
  const found: [string, ByteText][] = [];
  let at = 0;
  while (at < text.length) {
    const start = /^([A-Za-z_]\w*)=/.exec(text.slice(at, at + 300));
    if (start === null) {
      const next = text.indexOf('\n', at);
      at = next === -1 ? text.length : next + 1;
      continue;
    }
    const valueStart = at + start[0].length;
    let end = valueStart;
    while (end < text.length && text[end] !== '\n') end = endOfPiece(text, end);
    found.push([start[1] ?? '', text.slice(valueStart, end)]);
    at = end + 1;
  }
  return found;
}

function namesAfter(prefix: string, text: ByteText): string[] {
  return [...text.matchAll(new RegExp(`^${prefix}(?:-\\w+ )?([A-Za-z_]\\w*)`, 'gm'))].map(
    (match) => match[1] ?? '',
  );
}

/** Shells list aliases with and without the word `alias`; ours is left out. */
function aliasLines(text: ByteText): ByteText {
  const lines: string[] = [];
  let at = 0;
  while (at < text.length) {
    let end = at;
    while (end < text.length && text[end] !== '\n') end = endOfPiece(text, end);
    const line = text.slice(at, end).replace(/^alias (?:-- )?/, '');
    if (line !== '' && !line.startsWith('trap=')) lines.push(`alias ${line}`);
    at = end + 1;
  }
  return lines.join('\n');
}

function renderChange(change: StateChange, from: ShellState): ByteText {
  const lines: ByteText[] = [];
  if (change.cwd !== undefined) lines.push(renderCwd(change.cwd, ''));
  if (change.umask !== undefined) lines.push(`umask ${change.umask}`);
  for (const name of change.unset) lines.push(`unset ${name}`);
  for (const [name, { flags, source, exported }] of change.set) {
    // An attribute that is gone can only be taken off with the variable.
    if (from.variables.get(name)?.exported === true && !exported) lines.push(`unset ${name}`);
    if (source !== undefined) lines.push(`${name}=${source}`);
    if (exported) lines.push(`export ${name}`);
    if (flags.includes('r')) lines.push(`readonly ${name}`);
  }
  if (change.aliases !== undefined) lines.push('unalias -a', change.aliases);
  return lines.join('\n');
}

function renderOptions(change: StateChange): { before: ByteText; sameLine: ByteText } {
  let before = '';
  let sameLine = '';
  for (const [option, sign] of [
    ...change.optionsOff.map((name) => [name, '+'] as const),
    ...change.optionsOn.map((name) => [name, '-'] as const),
  ]) {
    if (loudOptions.has(option)) sameLine += `set ${sign}o ${option}; `;
    else before += `set ${sign}o ${option}; `;
  }
  return { before, sameLine };
}
