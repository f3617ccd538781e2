// Owns how dash and other plain POSIX shells are asked for their state and given one.

import { type ByteText, fromByteText, toByteText } from './byte-text.ts';
import { functionDefinitions } from './function-definitions.ts';
import { listedTraps, moreOf, renderLimits } from './listed-traps.ts';
import { endOfPiece, unquoteScalar } from './parse-declarations.ts';
import { readShell } from './reader/read-shell.ts';
import { assignedFolder, readCwd, renderCwd } from './render-cwd.ts';
import { readSourcedEnd, renderSourcedScript, type SourcingDialect } from './render-sourced-script.ts';
import { dashDefinitions, runDashFile } from './run-dash-file.ts';
import type { FreshBlock, FreshDialect, ShellDump } from './shell-dialect.ts';
import { shellQuote } from './shell-quote.ts';
import type { ShellState, ShellVariable, StateChange } from './shell-state.ts';

const notCarried = new Set(['_', 'PPID', 'PWD', 'LINENO', 'SHLVL', 'RANDOM', 'SECONDS', 'EUID', 'UID']);

/** Options that would show, or stop, our own commands if they were switched on before the block's line. */
const loudOptions = new Set(['xtrace', 'verbose', 'noexec']);
const silencedOptions = [
  ['e', 'errexit'],
  ['u', 'nounset'],
  ['x', 'xtrace'],
  ['v', 'verbose'],
] as const;
/** Options that tell what the shell is, and cannot be chosen. */
const fixedOptions = new Set(['interactive', 'stdin', 'monitor', 'notify', 'emacs', 'vi', 'posix']);

const sourcing = {
  begin: dashDefinitions,
  strictOptions: ['errexit'],
  parseDump,
  renderChange,
  renderOptions,
  runFile: runDashFile,
  afterBlock,
} satisfies SourcingDialect;

/** Functions cannot be listed in a POSIX shell: those are carried whose text stands in the blocks. */
export const dashDialect: FreshDialect = {
  name: 'dash',
  plainArguments: [],
  ...sourcing,
  renderScript: (script) => renderSourcedScript(sourcing, script),
  readEnd: (sections, block) => readSourcedEnd(sourcing, sections, block),
  dump: '__rs_tell "$__rs_status" "${__rs_flags-$-}" 0 1<>"$__rs_state" 2>/dev/null',
  atExit: [
    `__rs_ours='{ __rs_status=$? __rs_flags=$-; \\set +exuv; } 2>/dev/null; \\unalias trap 2>/dev/null; __rs_ending'`,
    'trap -- "$__rs_ours" EXIT',
    'alias trap=__rs_trap',
  ].join('\n'),
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
  const [
    traps,
    status,
    options,
    variables,
    exported,
    readOnly,
    aliases,
    umask,
    limits,
    types,
    assigned,
    cwd,
    isEnd,
  ] = sections;
  if (sections.at(-2) !== 'ok' || status === undefined) return undefined;
  if (assigned === undefined || cwd === undefined) return undefined;
  const exportedNames = new Set(namesAfter('export ', exported ?? ''));
  const readOnlyNames = new Set(namesAfter('readonly ', readOnly ?? ''));
  const found = new Map<string, ShellVariable>();
  let heldTrap = '';
  for (const [name, source] of parseAssignments(variables ?? '')) {
    if (name === '__rs_exit') heldTrap = source;
    if (notCarried.has(name) || name.startsWith('__rs_') || name.startsWith('RUNSHEET')) continue;
    const isExported = exportedNames.has(name);
    const flags = (isExported ? 'x' : '') + (readOnlyNames.has(name) ? 'r' : '');
    found.set(name, { flags, source, exported: isExported });
  }
  const on = [...(options ?? '').matchAll(/^set -o (\w+)$/gm)].map((match) => match[1] ?? '');
  // These are off while the dump is written, and stand in `$-` as it was before.
  const flags = (options ?? '').split('\n', 1)[0] ?? '';
  for (const [letter, name] of silencedOptions) if (flags.includes(letter)) on.push(name);
  const cameToEnd = isEnd === '1';
  const listed = listedTraps(traps ?? '').filter(({ action }) => !action.includes('__rs_ending'));
  const exitTrap = listed.find(({ signal }) => signal === 'EXIT')?.action ?? heldTrap;
  const parameters = sections.slice(14, -2);
  const place = readCwd(cwd, assigned);
  return {
    status: Number(status),
    hidden: [],
    ...(!cameToEnd && { untold: ['arguments'] }),
    state: {
      variables: found,
      functions: '',
      functionNames: [...(types ?? '').matchAll(/^(\w+) is a (?:shell )?function/gm)].map(
        (match) => match[1] ?? '',
      ),
      aliases: aliasLines(aliases ?? ''),
      options: new Set(on.filter((name) => !fixedOptions.has(name))),
      umask: (umask ?? '').trim(),
      cwd: place.cwd,
      more: moreOf({
        ...place.more,
        traps: listed
          .filter(({ signal }) => signal !== 'EXIT')
          .map(({ action, signal }) => `\\trap -- ${action} ${signal}`)
          .join('\n'),
        // One that has run has no more to do.
        'exit-trap': cameToEnd ? exitTrap : '',
        limits: renderLimits(limits ?? ''),
        arguments: parameters.length === 0 ? '' : `set -- ${parameters.map(shellQuote).join(' ')}`,
        status: cameToEnd && status !== '0' ? status : '',
      }),
    },
  };
}

/** Gives the functions that are there the texts that the blocks defined them with, and finds the command that failed. */
function afterBlock(dump: ShellDump, { code, state, strict }: FreshBlock): ShellDump {
  const cameToEnd = dump.untold === undefined;
  const bytes = toByteText(code);
  const carried = new Map(functionDefinitions(state.functions).map(({ name, text }) => [name, text]));
  const defined = functionDefinitions(bytes);
  const functions = new Map<string, ByteText>();
  for (const name of dump.state.functionNames) {
    const held = carried.get(name);
    const own = defined.filter((definition) => definition.name === name);
    const last = own.at(-1);
    // Which of several it is cannot be seen: it is then not carried, and the shell says that there is none.
    const isClear =
      last === undefined ||
      (cameToEnd && own.every(({ isCertain }) => isCertain)) ||
      (own.length === 1 && held === undefined);
    const text = last === undefined ? held : last.text;
    if (isClear && text !== undefined) functions.set(name, text);
  }
  const { commands } = readShell(bytes);
  const only = commands.length === 1 ? commands[0] : undefined;
  const isFailed = strict && !cameToEnd && dump.status !== 0 && only !== undefined;
  return {
    ...dump,
    ...(isFailed && { failedLine: bytes.slice(0, only.start).split('\n').length }),
    state: {
      ...dump.state,
      functions: [...functions.values()].join('\n'),
      functionNames: [...functions.keys()],
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
    if (line !== '' && !line.startsWith('trap=')) lines.push(`\\alias ${line}`);
    at = end + 1;
  }
  return lines.join('\n');
}

function renderChange(change: StateChange, from: ShellState): ByteText {
  const lines: ByteText[] = [];
  if (change.cwd !== undefined) {
    const last = from.variables.get('OLDPWD')?.source;
    // Going to the folder has set it; one that has changed as well is set after this.
    lines.push(renderCwd(change.cwd, ''), last === undefined ? 'unset OLDPWD' : `OLDPWD=${last}`);
  }
  const more = new Map(change.more);
  lines.push(more.get(assignedFolder) ?? '');
  if (change.umask !== undefined) lines.push(`umask ${change.umask}`);
  lines.push(more.get('limits') ?? '', more.get('arguments') ?? '');
  for (const name of change.unset) lines.push(`unset ${name}`);
  for (const [name, { flags, source, exported }] of change.set) {
    // An attribute that is gone can only be taken off with the variable.
    if (from.variables.get(name)?.exported === true && !exported) lines.push(`unset ${name}`);
    if (source !== undefined) lines.push(`${name}=${source}`);
    if (exported) lines.push(`export ${name}`);
    if (flags.includes('r')) lines.push(`readonly ${name}`);
  }
  if (change.functions !== undefined) lines.push(change.functions.text);
  const exitTrap = more.get('exit-trap') ?? '';
  lines.push(more.get('traps') ?? '', exitTrap === '' ? '' : `__rs_exit=${exitTrap}`);
  if (change.aliases !== undefined) lines.push('\\unalias -a', change.aliases);
  return lines.filter((line) => line !== '').join('\n');
}

function renderOptions(change: StateChange): { before: ByteText; sameLine: ByteText } {
  let before = '';
  let sameLine = '';
  for (const [option, sign] of [
    ...change.optionsOff.map((name) => [name, '+'] as const),
    ...change.optionsOn.map((name) => [name, '-'] as const),
  ]) {
    if (loudOptions.has(option)) sameLine += `\\set ${sign}o ${option}; `;
    else before += `\\set ${sign}o ${option}; `;
  }
  return { before, sameLine };
}
