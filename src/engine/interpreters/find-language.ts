// Owns which label is run by what.

import { execPath } from 'node:process';
import { namedValue } from '../../basics/named-values.ts';
import { languageOf, runnableLabels } from '../../languages/languages.ts';
import { shebangOf } from '../../languages/recognition/shebang-of.ts';
import type { SqlDialect } from '../../languages/sql/parse-database-url.ts';
import { findConnection, findDialect } from '../../languages/sql/sql-connection.ts';
import { findCommand } from './find-command.ts';
import { fish, type InterpreterEntry, interpreterTable, ksh } from './interpreter-table.ts';

export type ShellName = 'bash' | 'zsh' | 'dash';

export type Language =
  | {
      readonly type: 'shell';
      readonly shell: ShellName;
      readonly command: string;
      readonly carries: 'shell';
      readonly comment: '#';
    }
  | {
      readonly type: 'interpreter';
      readonly argv: readonly string[];
      /** File name extension of the code's file, whose path is appended to the arguments. */
      readonly extension: string;
      readonly carries: 'environment';
      readonly comment: string;
      readonly prepare?: (code: string, isStrict: boolean) => string;
      /** A CommonJS module to be loaded before the file. */
      readonly preload?: string;
    }
  | SqlLanguage
  | { readonly type: 'http'; readonly carries: 'environment'; readonly comment: '#' };

/** A client of a database, which is given the code on standard input. */
export interface SqlLanguage {
  readonly type: 'sql';
  readonly dialect: SqlDialect;
  /** The client's path; longer when the runbook starts it by another program, such as `docker exec -i db psql`. */
  readonly command: readonly string[];
  /** Arguments that the runbook adds. */
  readonly extra: readonly string[];
  readonly carries: 'environment';
  readonly comment: '--';
}

/** A language of the table that cannot be run here. */
export interface MissingLanguage {
  readonly type: 'missing';
  /** The commands that were looked for. */
  readonly commands: readonly string[];
  readonly help: string;
}

export interface UnknownLanguage {
  readonly type: 'unknown';
}

/** Nothing says which database is meant, yet: an earlier block may. */
export interface UndecidedLanguage {
  readonly type: 'undecided';
  readonly message: string;
}

export type LanguageFinding = Language | MissingLanguage | UnknownLanguage | UndecidedLanguage;

export interface LanguageSettings {
  /** What runs blocks labelled `sh`, `shell`, `console`, `shell-session`. */
  readonly shell: string;
  /** The runbook's own: label to argument vector, to which the file is appended. */
  readonly interpreters: Readonly<Record<string, readonly string[]>>;
  /** Search path of commands. */
  readonly path: string;
  /** Directory that relative entries of the search path and relative commands start from. */
  readonly cwd: string;
  /** Tells `sql` blocks their database. */
  readonly env: Readonly<Record<string, string>>;
  /** Names of inputs, which have no values yet; absent where a run has begun. */
  readonly inputs?: readonly string[];
}

const shellCommands: Readonly<Record<string, { shell: ShellName; commands: readonly string[] }>> = {
  bash: { shell: 'bash', commands: ['bash'] },
  zsh: { shell: 'zsh', commands: ['zsh'] },
  dash: { shell: 'dash', commands: ['dash'] },
  ash: { shell: 'dash', commands: ['ash', 'busybox-ash'] },
  sh: { shell: 'dash', commands: ['sh'] },
};

const sqlClients: Readonly<Record<string, SqlDialect>> = {
  psql: 'psql',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite3: 'sqlite',
};

const sqlCommands: Readonly<Record<SqlDialect, { commands: readonly string[]; packageName: string }>> = {
  psql: { commands: ['psql'], packageName: 'postgresql-client' },
  mysql: { commands: ['mariadb', 'mysql'], packageName: 'mariadb-client or mysql-client' },
  sqlite: { commands: ['sqlite3'], packageName: 'sqlite3' },
};

/** Labels that a block can be run under without the runbook saying how. */
export function knownLabels(): readonly string[] {
  return runnableLabels();
}

/** What runs a block with this label, found on this machine. */
export function findLanguage(label: string, code: string, settings: LanguageSettings): LanguageFinding {
  const own = namedValue(settings.interpreters, label);
  const language = languageOf(label);
  if (own !== undefined)
    return (
      (language?.family === 'sql' ? findOwnClient(label, own, settings) : undefined) ??
      findOwn(label, own, settings)
    );
  switch (language?.family) {
    case undefined: {
      const shebang = shebangOf(code);
      return shebang === undefined ? { type: 'unknown' } : findNamed(shebang, settings);
    }
    case 'shell':
      return findShell(language.id === 'sh' ? settings.shell : language.id, settings);
    case 'sql':
      return findSql(language.id, settings);
    case 'http':
      return { type: 'http', carries: 'environment', comment: '#' };
    case 'interpreter': {
      const entry = interpreterTable[language.id];
      return entry === undefined ? { type: 'unknown' } : findInterpreter(entry, code, settings);
    }
  }
}

function findSql(id: string, settings: LanguageSettings): LanguageFinding {
  const dialect = id === 'sql' ? findDialect(settings.env) : { ok: true as const, value: id as SqlDialect };
  if (!dialect.ok) return { type: 'undecided', message: dialect.error };
  // The other clients have a server of their own to ask.
  const connection = dialect.value === 'sqlite' ? findConnection('sqlite', settings.env) : undefined;
  if (connection?.ok === false) return { type: 'undecided', message: connection.error };
  const { commands, packageName } = sqlCommands[dialect.value];
  for (const candidate of commands) {
    const command = findCommand(candidate, settings);
    if (command !== undefined) return sqlLanguage(dialect.value, [command], []);
  }
  return { type: 'missing', commands, help: `install ${packageName}` };
}

function sqlLanguage(dialect: SqlDialect, command: readonly string[], extra: readonly string[]): SqlLanguage {
  return { type: 'sql', dialect, command, extra, carries: 'environment', comment: '--' };
}

/** The runbook's own way to a known client; undefined when it names none, and is an interpreter like others. */
function findOwnClient(
  label: string,
  argv: readonly string[],
  settings: LanguageSettings,
): LanguageFinding | undefined {
  const at = argv.findIndex((word) => Object.hasOwn(sqlClients, nameOf(word)));
  const dialect = sqlClients[nameOf(argv[at] ?? '')];
  const [first = '', ...wrapped] = argv.slice(0, at + 1);
  if (dialect === undefined) return undefined;
  const found = findCommand(first, settings);
  if (found === undefined) return missingOwn(label, first);
  return sqlLanguage(dialect, [found, ...wrapped], argv.slice(at + 1));
}

function nameOf(command: string): string {
  return command.slice(command.lastIndexOf('/') + 1);
}

function missingOwn(label: string, command: string): MissingLanguage {
  const help = `\`interpreters: ${label}\` names it; install it or change the runbook`;
  return { type: 'missing', commands: [command], help };
}

/** What the first line of a script names, with its arguments. */
function findNamed(argv: readonly string[], settings: LanguageSettings): Language | MissingLanguage {
  const [command = '', ...rest] = argv;
  const found = findCommand(command, settings);
  if (found === undefined)
    return {
      type: 'missing',
      commands: [command],
      help: 'its first line names it; install it or change that line',
    };
  return {
    type: 'interpreter',
    argv: [found, ...rest],
    extension: 'txt',
    carries: 'environment',
    comment: '#',
  };
}

function findOwn(
  label: string,
  argv: readonly string[],
  settings: LanguageSettings,
): Language | MissingLanguage {
  const [command = '', ...rest] = argv;
  const found = findCommand(command, settings);
  if (found === undefined) return missingOwn(label, command);
  return {
    type: 'interpreter',
    argv: [found, ...rest],
    extension: /^[a-z0-9]+$/i.test(label) ? label : 'txt',
    carries: 'environment',
    comment: '#',
  };
}

/** The kind of a shell whose state can be carried over, and the commands that may be it. */
export function shellCandidates(
  shell: string,
): { readonly shell: ShellName; readonly commands: readonly string[] } | undefined {
  const entry = shellCommands[nameOf(shell)];
  return entry === undefined ? undefined : { ...entry, ...(shell.includes('/') && { commands: [shell] }) };
}

/** Finds the shell that sh-family blocks run in: a name of the table, or a path that ends in one. */
export function findShell(
  shell: string,
  settings: LanguageSettings,
): Language | MissingLanguage | UnknownLanguage {
  const name = nameOf(shell);
  // Shells whose state nobody can carry over are interpreters like others.
  if (name === 'fish') return findInterpreter(fish, '', settings);
  if (name === 'ksh') return findInterpreter(ksh, '', settings);
  const entry = shellCandidates(shell);
  if (entry === undefined) return { type: 'unknown' };
  const { commands } = entry;
  for (const candidate of commands) {
    const command = findCommand(candidate, settings);
    if (command !== undefined)
      return { type: 'shell', shell: entry.shell, command, carries: 'shell', comment: '#' };
  }
  return { type: 'missing', commands, help: `install ${name}, or set \`shell:\` in the front matter` };
}

function findInterpreter(
  entry: InterpreterEntry,
  code: string,
  settings: LanguageSettings,
): Language | MissingLanguage {
  for (const [command = '', ...rest] of entry.choices) {
    // The tool's own Node runs JavaScript where none is installed beside it.
    const found = findCommand(command, settings) ?? (command === 'node' ? execPath : undefined);
    if (found === undefined) continue;
    return {
      type: 'interpreter',
      argv: [found, ...rest],
      extension: entry.extensionFor?.(code) ?? entry.extension,
      carries: 'environment',
      comment: entry.comment,
      ...(entry.prepare === undefined ? {} : { prepare: entry.prepare }),
      ...(entry.preload === undefined ? {} : { preload: entry.preload }),
    };
  }
  return {
    type: 'missing',
    commands: entry.choices.flatMap(([command]) => command ?? []),
    help: `install ${entry.packageName}`,
  };
}
