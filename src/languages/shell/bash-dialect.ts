// Owns how bash (4.4 and newer) is asked for its state and given one.

import { type ByteText, fromByteText, toByteText } from './byte-text.ts';
import { declaresTheSame, parseDeclarations, unquoteScalar } from './parse-declarations.ts';
import { renderCwd } from './render-cwd.ts';
import type { ShellDialect, ShellDump } from './shell-dialect.ts';
import { shellQuote } from './shell-quote.ts';
import type { OptionsChange, ShellState, ShellVariable, StateChange } from './shell-state.ts';

/** Variables that bash owns, that are ours, or that are carried another way (`PWD`, `SHELLOPTS`). */
const notCarried = new Set(
  `_ BASH BASHOPTS BASHPID BASH_ALIASES BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_CMDS BASH_COMMAND
  BASH_EXECUTION_STRING BASH_LINENO BASH_LOADABLES_PATH BASH_MONOSECONDS BASH_SOURCE BASH_SUBSHELL
  BASH_TRAPSIG BASH_VERSINFO BASH_VERSION COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME
  GROUPS HISTCMD LINENO PIPESTATUS POSIXLY_CORRECT PPID PWD RANDOM SECONDS SHELLOPTS SHLVL SRANDOM UID
  BASH_REMATCH`.split(/\s+/),
);

/** Options that would show, or stop, our own commands if they were switched on before the block's line. */
const loudOptions = new Set(['set:xtrace', 'set:verbose', 'set:noexec']);

/**
 * What the shell of a block writes when it ends, sections closed by NUL (which no shell value can hold):
 * status, locals of the function it ended in, variables, function names, functions, aliases, umask, cwd, ok.
 * Only builtins, so that it works without PATH; tracing is silenced first.
 */
export const bashDump = [
  '\\builtin printf "%s\\0" "$__rs_status"',
  'if (( ${#FUNCNAME[@]} )); then \\builtin local; fi',
  '\\builtin printf "\\0"',
  '\\builtin declare -p',
  '\\builtin printf "\\0"',
  '\\builtin declare -F',
  '\\builtin printf "\\0"',
  '\\builtin declare -f',
  '\\builtin printf "\\0"',
  '\\builtin alias -p',
  '\\builtin printf "\\0"',
  '\\builtin umask',
  '\\builtin printf "\\0"',
  // Not `pwd`, which would tell of the folder that stands in for one that is gone.
  'if [[ ${PWD-} ]]; then \\builtin printf "%s" "$PWD"; else \\builtin pwd; fi',
  '\\builtin printf "\\0ok\\0"',
].join('; ');

export const bashDialect: ShellDialect = {
  name: 'bash',
  parseDump,
  renderChange,
  renderOptions,
  exportedVariable(value) {
    return { flags: 'x', source: quoteLikeBash(value), exported: true };
  },
  valueOf(variable) {
    if (variable.source === undefined || /[aAn]/.test(variable.flags)) return undefined;
    const value = unquoteScalar(variable.source);
    return value === undefined ? undefined : fromByteText(value);
  },
};

/** `declare -p` writes plain text in double quotes and text with control characters in ANSI-C quotes. */
function quoteLikeBash(value: string): ByteText {
  const bytes = toByteText(value.replaceAll('\0', ''));
  return /[\x00-\x1f\x7f-\xff]/.test(bytes) ? shellQuote(bytes) : `"${bytes.replace(/[$`"\\]/g, '\\$&')}"`;
}

function isCarried(name: string): boolean {
  return !notCarried.has(name) && !name.startsWith('__rs_') && !name.startsWith('RUNSHEET');
}

/** True for variables that no state is read from. */
function isUnread(name: string): boolean {
  return name !== 'BASHOPTS' && name !== '__rs_options' && !isCarried(name);
}

/** True when all but the exit code is written as in `last`. */
function isAsBefore(sections: readonly ByteText[], { read }: ShellDump): boolean {
  if (read === undefined) return false;
  const before = { text: read.sections[2] ?? '', known: read.declarations };
  return (
    sections.every((section, index) => index === 0 || index === 2 || section === read.sections[index]) &&
    declaresTheSame(sections[2] ?? '', before, isUnread)
  );
}

function parseDump(sections: readonly ByteText[], last?: ShellDump): ShellDump | undefined {
  const [status, locals, declared, functionNames, functions, aliases, umask, cwd, ok] = sections;
  if (ok !== 'ok' || status === undefined || declared === undefined || cwd === undefined) return undefined;
  if (last !== undefined && isAsBefore(sections, last)) return { ...last, status: Number(status) };
  const hidden = new Set(parseLocalNames(locals ?? ''));
  const declarations = parseDeclarations(declared);
  const variables = new Map<string, ShellVariable>();
  let setOptions = '';
  let shoptOptions = '';
  for (const { flags, name, source } of declarations) {
    if (name === '__rs_options') setOptions = unquoteScalar(source ?? '') ?? '';
    if (name === 'BASHOPTS') shoptOptions = unquoteScalar(source ?? '') ?? '';
    if (!isCarried(name) || hidden.has(name)) continue;
    variables.set(name, {
      flags,
      exported: flags.includes('x'),
      ...(source === undefined ? {} : { source }),
    });
  }
  const options = new Set<string>();
  for (const name of setOptions.split(':')) if (name !== '' && name !== 'monitor') options.add(`set:${name}`);
  for (const name of shoptOptions.split(':')) if (name !== '') options.add(`shopt:${name}`);
  return {
    status: Number(status),
    hidden: [...hidden],
    read: { sections, declarations },
    state: {
      variables,
      functions: functions ?? '',
      functionNames: (functionNames ?? '').split('\n').filter((line) => line !== ''),
      aliases: aliases ?? '',
      options,
      umask: (umask ?? '').trim(),
      cwd: cwd.replace(/\n$/, ''),
      more: new Map(),
    },
  };
}

function parseLocalNames(locals: ByteText): string[] {
  const declarations = parseDeclarations(locals);
  if (declarations.length > 0) return declarations.map(({ name }) => name);
  // Before bash 5 `local` writes bare assignments.
  return [...locals.matchAll(/^([A-Za-z_]\w*)=/gm)].map((match) => match[1] ?? '');
}

function renderChange(change: StateChange, from: ShellState): ByteText {
  const lines: ByteText[] = [];
  if (change.cwd !== undefined) lines.push(renderCwd(change.cwd, '\\builtin'));
  if (change.umask !== undefined) lines.push(`\\builtin umask ${change.umask}`);
  for (const name of change.unset) lines.push(renderUnset(name, from));
  for (const [name, variable] of change.set) {
    const before = from.variables.get(name);
    // A declaration only adds attributes and array elements; those that are gone need a clean start.
    if (before !== undefined && (before.flags !== variable.flags || /[aAn]/.test(before.flags)))
      lines.push(renderUnset(name, from));
    lines.push(renderDeclaration(name, variable));
  }
  if (change.functions !== undefined) {
    const kept = new Set(change.functions.names.map(nameOfFunction));
    for (const line of from.functionNames) {
      const name = nameOfFunction(line);
      if (!kept.has(name)) lines.push(`\\builtin unset -f -- ${shellQuote(name)}`);
    }
    lines.push(change.functions.text);
    for (const line of change.functions.names)
      if (!line.startsWith('declare -f ')) lines.push(`\\builtin ${line}`);
  }
  if (change.aliases !== undefined) lines.push('\\builtin unalias -a', change.aliases);
  return lines.join('\n');
}

/** After `\\builtin` bash does not read `name=(…)` as an assignment, so that arrays take a line of their own. */
function renderDeclaration(name: string, { flags, source }: ShellVariable): ByteText {
  if (source?.startsWith('(') !== true || !/[aA]/.test(flags))
    return `\\builtin declare -${flags === '' ? '-' : flags} ${name}${source === undefined ? '' : `=${source}`}`;
  const lines = [`\\builtin declare -${flags.replace('r', '')} ${name}`, `${name}=${source}`];
  if (flags.includes('r')) lines.push(`\\builtin declare -r ${name}`);
  return lines.join('\n');
}

function renderUnset(name: string, from: ShellState): ByteText {
  return `\\builtin unset -${from.variables.get(name)?.flags.includes('n') ? 'n' : 'v'} ${name}`;
}

function nameOfFunction(line: string): string {
  return line.slice(line.lastIndexOf(' ') + 1);
}

function renderOptions(change: OptionsChange): { before: ByteText; sameLine: ByteText } {
  let before = '';
  let sameLine = '';
  const add = (option: string, on: boolean): void => {
    const [kind, name] = option.split(':');
    const text =
      kind === 'set'
        ? `\\builtin set ${on ? '-o' : '+o'} ${name}; `
        : `\\builtin shopt ${on ? '-s' : '-u'} ${name}; `;
    if (loudOptions.has(option)) sameLine += text;
    else before += text;
  };
  for (const option of change.optionsOff) add(option, false);
  for (const option of change.optionsOn) add(option, true);
  return { before, sameLine };
}
