// Owns how bash (4.4 and newer) is asked for its state and given one.

import { clockStart } from './asks-for-clock.ts';
import { type ByteText, fromByteText, toByteText } from './byte-text.ts';
import { type ListedTrap, listedTraps } from './listed-traps.ts';
import { type Declaration, parseDeclarations, unquoteScalar } from './parse-declarations.ts';
import { readCwd, renderCwd } from './render-cwd.ts';
import type { ShellDialect, ShellDump } from './shell-dialect.ts';
import { shellQuote } from './shell-quote.ts';
import type { OptionsChange, ShellState, ShellVariable, StateChange } from './shell-state.ts';

/** Variables that bash owns, that are ours, or that are carried another way (`PWD`, `SHELLOPTS`). */
const notCarried = new Set(
  `_ BASH BASHOPTS BASHPID BASH_ALIASES BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_CMDS BASH_COMMAND
  BASH_EXECUTION_STRING BASH_LINENO BASH_LOADABLES_PATH BASH_MONOSECONDS BASH_SOURCE BASH_SUBSHELL
  BASH_TRAPSIG BASH_VERSINFO BASH_VERSION COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME
  GROUPS HISTCMD LINENO PIPESTATUS POSIXLY_CORRECT PPID PWD RANDOM SECONDS SHELLOPTS SHLVL SRANDOM UID`.split(
    /\s+/,
  ),
);

/** In what the traps say that are ours, while a block runs. */
export const hookMark = '/__rs-';

/** Options that would show, or stop, our own commands if they were switched on before the block's line. */
const loudOptions = new Set(['set:xtrace', 'set:verbose', 'set:noexec']);

/**
 * What the shell of a block writes when it ends, sections closed by NUL (which no shell value can hold). What `trap -p`
 * says may stand before `state`: exit code, locals of the function it ended in, variables, function names, functions,
 * aliases, umask, options; `__rs_builtin` is a function that had to be taken away. `rest`: arguments (`?` where a function
 * hides them), folder stack, the time and `SECONDS`, limits where they are wanted, cwd,
 * ok. Only builtins, so that it works without PATH; tracing is silenced first.
 */
export const bashDump = {
  state: [
    '\\builtin printf "\\0%s\\0" "$__rs_status"',
    'if (( ${#FUNCNAME[@]} )); then \\builtin local; fi',
    '\\builtin printf "\\0"',
    '\\builtin declare -p',
    '\\builtin printf "\\0"',
    '\\builtin declare -F',
    '\\builtin printf "%s\\0" "${__rs_builtin+declare -f builtin}"',
    '\\builtin declare -f',
    '\\builtin printf "%s" "${__rs_builtin-}"',
    '\\builtin printf "\\0"',
    '\\builtin alias -p',
    '\\builtin printf "\\0"',
    '\\builtin umask',
    '\\builtin printf "\\0%s\\n%s\\0" "$__rs_options" "$__rs_shopt"',
  ].join('; '),
  rest: [
    'if (( ${#FUNCNAME[@]} )); then \\builtin printf "?"; else if (( $# )); then \\builtin printf "%q " "$@"; fi; fi',
    '\\builtin printf "\\0"',
    '\\builtin dirs -l -p',
    '\\builtin printf "\\0"',
    '\\builtin printf "T%(%s)T %s\\n" -1 "${SECONDS-}"',
    'if [[ ${__rs_limits-} ]]; then \\builtin ulimit -Sa; \\builtin printf "H\\n"; \\builtin ulimit -Ha; fi',
    '\\builtin printf "\\0"',
    // What the shell itself holds, and not what a block may have assigned.
    '\\builtin printf "%s\\0" "${PWD-}"; \\builtin pwd',
    '\\builtin printf "\\0ok\\0"',
  ].join('; '),
  /** `rest` of a shell in which nothing of it but the folder can have changed, in fewer writes. */
  folder: '\\builtin printf "\\0\\0\\0%s\\0" "${PWD-}"; \\builtin pwd; \\builtin printf "\\0ok\\0"',
};

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

/** Where the exit code stands, the locals, the variables, names of functions, the options; and what `parseMore` reads. */
const [statusAt, localsAt, declaredAt, functionNamesAt, optionsAt] = [1, 2, 3, 4, 8];
const moreAt = [0, 9, 10, 11, 12, 13];

/** What is written as in `last` is not read again; where nothing else has changed, the state is the very one. */
function parseDump(sections: readonly ByteText[], last?: ShellDump): ShellDump | undefined {
  const [traps = '', told, locals, declared, functionNames, functions, aliases, umask, options, ...rest] =
    sections;
  const [given = '', folders = '', limits = '', assigned = '', cwd, ok] = rest;
  if (ok !== 'ok' || told === undefined || declared === undefined || cwd === undefined) return undefined;
  const status = told === '' ? Number.NaN : Number(told);
  const before = last?.read;
  const isSame = (...indices: readonly number[]): boolean =>
    before !== undefined && indices.every((index) => sections[index] === before.sections[index]);
  const declarations = parseDeclarations(declared, before?.declarations);
  const areSame =
    isSame(localsAt) && before !== undefined && declareTheSame(before.declarations, declarations);
  if (
    last !== undefined &&
    areSame &&
    sections.every((_, index) => index === statusAt || index === declaredAt || isSame(index))
  )
    return { ...last, status };
  const hidden = new Set(parseLocalNames(locals ?? ''));
  const place = readCwd(cwd, assigned);
  const start = clockStart(limits);
  return {
    status,
    ...(start !== undefined && { clock: renderClock(start) }),
    hidden: [...hidden],
    read: { sections, declarations },
    state: {
      variables: last !== undefined && areSame ? last.state.variables : variablesOf(declarations, hidden),
      functions: functions ?? '',
      functionNames:
        last !== undefined && isSame(functionNamesAt)
          ? last.state.functionNames
          : linesOf(functionNames ?? ''),
      aliases: aliases ?? '',
      options: last !== undefined && isSame(optionsAt) ? last.state.options : parseOptions(options ?? ''),
      umask: (umask ?? '').trim(),
      cwd: place.cwd,
      more:
        last !== undefined && isSame(...moreAt)
          ? last.state.more
          : parseMore({ traps, given, folders, limits, place: place.more }),
    },
  };
}

/** True where nothing differs but variables that no state is read from. */
function declareTheSame(before: readonly Declaration[], after: readonly Declaration[]): boolean {
  return (
    before.length === after.length &&
    after.every((one, index) => {
      const other = before[index];
      return one === other || (one.name === other?.name && !isCarried(one.name));
    })
  );
}

function variablesOf(
  declarations: readonly Declaration[],
  hidden: ReadonlySet<string>,
): Map<string, ShellVariable> {
  const variables = new Map<string, ShellVariable>();
  for (const { name, variable } of declarations)
    if (isCarried(name) && !hidden.has(name)) variables.set(name, variable);
  return variables;
}

function linesOf(text: ByteText): readonly ByteText[] {
  return text.split('\n').filter((line) => line !== '');
}

/** Options that tell what the shell is, or that nothing could come after. */
const notSet = new Set(['monitor', 'noexec', 'privileged', 'onecmd']);
const notChosen = new Set(['login_shell', 'restricted_shell']);

/** The names of `set`, and on the next line those of `shopt`. */
function parseOptions(text: ByteText): Set<string> {
  const options = new Set<string>();
  const [set = '', shopt = ''] = text.split('\n');
  for (const name of set.split(':')) if (name !== '' && !notSet.has(name)) options.add(`set:${name}`);
  for (const name of shopt.split(':')) if (name !== '' && !notChosen.has(name)) options.add(`shopt:${name}`);
  return options;
}

/** What the shell holds beside the rest, by kind, as text that brings it about. */
function parseMore(sections: {
  readonly traps: ByteText;
  readonly given: ByteText;
  readonly folders: ByteText;
  readonly limits: ByteText;
  readonly place: Readonly<Record<string, ByteText>>;
}): Map<string, ByteText> {
  const { exit, debug, others } = parseTraps(sections.traps);
  const more = new Map<string, ByteText>();
  const set = (kind: string, text: ByteText): void => {
    if (text !== '') more.set(kind, text);
  };
  for (const [kind, text] of Object.entries(sections.place)) set(kind, text);
  set('traps', others.join('\n'));
  set('debug-trap', debug);
  set('exit-trap', exit);
  set('arguments', sections.given === '' ? '' : `\\builtin set -- ${sections.given.trimEnd()}`);
  const below = sections.folders.split('\n').slice(1, -1).reverse();
  set(
    'folder-stack',
    below.map((folder) => `\\builtin pushd -n -- ${shellQuote(folder)} >/dev/null`).join('\n'),
  );
  set('limits', renderLimits(sections.limits));
  return more;
}

interface Traps {
  /** The action alone. */
  readonly exit: ByteText;
  readonly debug: ByteText;
  readonly others: readonly ByteText[];
}

/** Reads what `trap -p` says; ours are left out, but for an EXIT trap, which tells that there is none of the author's. */
function parseTraps(text: ByteText): Traps {
  const traps = listedTraps(text);
  const line = ({ action, signal }: ListedTrap): ByteText => `\\builtin trap -- ${action} ${signal}`;
  const debug = traps.find(({ signal, action }) => signal === 'DEBUG' && !action.includes(hookMark));
  return {
    exit: traps.find(({ signal }) => signal === 'EXIT')?.action ?? '',
    debug: debug === undefined ? '' : line(debug),
    others: traps
      .filter(({ action, signal }) => signal !== 'EXIT' && signal !== 'DEBUG' && !action.includes(hookMark))
      .map(line),
  };
}

/** `%(%s)T` is the time, without another process. */
function renderClock(start: number): ByteText {
  return `\\builtin printf -v __rs_clock '%(%s)T' -1; SECONDS=$((__rs_clock - ${start})); \\builtin unset -v __rs_clock`;
}

/** Soft limits first: none is higher than the hard one that follows. */
function renderLimits(text: ByteText): ByteText {
  const [soft = '', hard = ''] = text.split('\nH\n');
  const lines = (kind: string, list: string): string[] =>
    [...list.matchAll(/-([a-zA-Z])\) (\S+)$/gm)].flatMap(([, letter = '', value = '']) =>
      letter === 'p' ? [] : [`\\builtin ulimit -${kind}${letter} ${value}`],
    );
  return [...lines('S', soft), ...lines('H', hard)].join('\n');
}

function parseLocalNames(locals: ByteText): string[] {
  const declarations = parseDeclarations(locals);
  if (declarations.length > 0) return declarations.map(({ name }) => name);
  // Before bash 5 `local` writes bare assignments.
  return [...locals.matchAll(/^([A-Za-z_]\w*)=/gm)].map((match) => match[1] ?? '');
}

function renderChange(change: StateChange, from: ShellState): ByteText {
  const lines: ByteText[] = [];
  if (change.cwd !== undefined) {
    lines.push(renderCwd(change.cwd, '\\builtin'));
    // The way there is not the author's.
    const before = from.variables.get('OLDPWD');
    lines.push(before === undefined ? '\\builtin unset -v OLDPWD' : renderDeclaration('OLDPWD', before));
  }
  if (change.umask !== undefined) lines.push(`\\builtin umask ${change.umask}`);
  for (const name of change.unset) lines.push(renderUnset(name, from));
  for (const [name, variable] of change.set) {
    const before = from.variables.get(name);
    if (before?.flags.includes('r') === true) {
      // It can only be exported, or not any more.
      lines.push(`\\builtin declare ${variable.exported ? '-x' : '+x'} ${name}`);
      continue;
    }
    // A declaration only adds attributes and array elements; those that are gone need a clean start.
    if (before !== undefined && (before.flags !== variable.flags || /[aAn]/.test(before.flags)))
      lines.push(renderUnset(name, from));
    lines.push(renderDeclaration(name, variable));
  }
  const isReread = change.functions !== undefined && from.aliases !== '';
  // What bash printed has been through the aliases already.
  if (isReread) lines.push('\\builtin unalias -a');
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
  else if (isReread) lines.push(from.aliases);
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
