// Owns which label is run by what; knows nothing of running it.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { execPath } from 'node:process';

/** How much of a block's effect on its shell the next block finds. */
export type StateCarryOver = 'shell' | 'environment';

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
      /** The code goes to standard input, or to a file whose path is appended to the arguments. */
      readonly delivery: 'stdin' | 'file';
      /** File name extension of such a file. */
      readonly extension: string;
      readonly carries: 'environment';
      readonly comment: string;
      readonly prepare?: (code: string) => string;
    };

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

export interface LanguageSettings {
  /** What runs blocks labelled `sh`, `shell`, `console`, `shell-session`. */
  readonly shell: string;
  /** The runbook's own: label to argument vector, to which the file is appended. */
  readonly interpreters: Readonly<Record<string, readonly string[]>>;
  /** Search path of commands. */
  readonly path: string;
  /** Directory that relative entries of the search path and relative commands start from. */
  readonly cwd: string;
}

const shellLabels = new Set([
  'sh',
  'shell',
  'console',
  'shell-session',
  'shellsession',
  'shellscript',
  'terminal',
]);

const shellCommands: Readonly<Record<string, { shell: ShellName; commands: readonly string[] }>> = {
  bash: { shell: 'bash', commands: ['bash'] },
  zsh: { shell: 'zsh', commands: ['zsh'] },
  dash: { shell: 'dash', commands: ['dash'] },
  ash: { shell: 'dash', commands: ['ash', 'busybox-ash'] },
  sh: { shell: 'dash', commands: ['sh'] },
};

interface InterpreterEntry {
  /** The first command that is found is taken. */
  readonly choices: readonly (readonly string[])[];
  readonly delivery: 'stdin' | 'file';
  readonly extension: string;
  readonly comment: string;
  readonly packageName: string;
  readonly prepare?: (code: string) => string;
  readonly argumentsFor?: (code: string) => readonly string[];
}

const javascript: InterpreterEntry = {
  choices: [['node']],
  delivery: 'stdin',
  extension: 'js',
  comment: '//',
  packageName: 'nodejs',
  argumentsFor: (code) => (looksLikeModule(code) ? ['--input-type=module', '-'] : ['-']),
};

const python: InterpreterEntry = {
  choices: [
    ['python3', '-'],
    ['python', '-'],
  ],
  delivery: 'stdin',
  extension: 'py',
  comment: '#',
  packageName: 'python3',
};

const ruby: InterpreterEntry = {
  choices: [['ruby', '-']],
  delivery: 'stdin',
  extension: 'rb',
  comment: '#',
  packageName: 'ruby',
};

const perl: InterpreterEntry = {
  choices: [['perl', '-']],
  delivery: 'stdin',
  extension: 'pl',
  comment: '#',
  packageName: 'perl',
};

const typescript: InterpreterEntry = {
  // Node strips types by itself from 22.6 on; before that it answers `bad option`, which names the cause.
  choices: [['tsx'], ['node', '--experimental-strip-types', '--no-warnings=ExperimentalWarning']],
  delivery: 'file',
  extension: 'mts',
  comment: '//',
  packageName: 'tsx (npm install --global tsx), or Node.js 22.6 or newer',
};

const powershell: InterpreterEntry = {
  choices: [['pwsh', '-NoProfile', '-NonInteractive', '-File']],
  delivery: 'file',
  extension: 'ps1',
  comment: '#',
  packageName: 'powershell',
};

/** Not POSIX: its blocks get the environment and give back none of their state. */
const fish: InterpreterEntry = {
  choices: [['fish', '--no-config']],
  delivery: 'file',
  extension: 'fish',
  comment: '#',
  packageName: 'fish',
};

const interpreterTable: Readonly<Record<string, InterpreterEntry>> = {
  python,
  python3: python,
  py: python,
  node: javascript,
  nodejs: javascript,
  js: javascript,
  mjs: javascript,
  javascript,
  ts: typescript,
  typescript,
  ruby,
  rb: ruby,
  perl,
  pl: perl,
  php: {
    // From standard input PHP has no STDIN constant.
    choices: [['php']],
    delivery: 'file',
    extension: 'php',
    comment: '//',
    packageName: 'php-cli',
    // On the same line, so that line numbers stay those of the block.
    prepare: (code) => (/<\?(php|=)/i.test(code) ? code : `<?php ${code}`),
  },
  lua: {
    choices: [['lua', '-']],
    delivery: 'stdin',
    extension: 'lua',
    comment: '--',
    packageName: 'lua',
  },
  fish,
  powershell,
  pwsh: powershell,
};

/** Labels that a block can be run under without the runbook saying how. */
export function knownLabels(): string[] {
  return [...shellLabels, ...Object.keys(shellCommands), ...Object.keys(interpreterTable)];
}

/** What runs a block with this label, found on this machine. */
export function findLanguage(
  label: string,
  code: string,
  settings: LanguageSettings,
): Language | MissingLanguage | UnknownLanguage {
  const own = settings.interpreters[label];
  if (own !== undefined) return findOwn(label, own, settings);
  if (shellLabels.has(label)) return findShell(settings.shell, settings);
  if (shellCommands[label] !== undefined) return findShell(label, settings);
  const entry = interpreterTable[label];
  return entry === undefined ? { type: 'unknown' } : findInterpreter(entry, code, settings);
}

function findOwn(
  label: string,
  argv: readonly string[],
  settings: LanguageSettings,
): Language | MissingLanguage {
  const [command = '', ...rest] = argv;
  const found = findCommand(command, settings);
  if (found === undefined)
    return {
      type: 'missing',
      commands: [command],
      help: `\`interpreters: ${label}\` names it; install it or change the runbook`,
    };
  return {
    type: 'interpreter',
    argv: [found, ...rest],
    delivery: 'file',
    extension: /^[a-z0-9]+$/i.test(label) ? label : 'txt',
    carries: 'environment',
    comment: '#',
  };
}

/** Finds the shell that sh-family blocks run in: a name of the table, or a path that ends in one. */
export function findShell(
  shell: string,
  settings: LanguageSettings,
): Language | MissingLanguage | UnknownLanguage {
  const name = shell.slice(shell.lastIndexOf('/') + 1);
  if (name === 'fish') return findInterpreter(fish, '', settings);
  const entry = shellCommands[name];
  if (entry === undefined) return { type: 'unknown' };
  const commands = shell.includes('/') ? [shell] : entry.commands;
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
      argv: [found, ...rest, ...(entry.argumentsFor?.(code) ?? [])],
      delivery: entry.delivery,
      extension: entry.extension,
      carries: 'environment',
      comment: entry.comment,
      ...(entry.prepare === undefined ? {} : { prepare: entry.prepare }),
    };
  }
  return {
    type: 'missing',
    commands: entry.choices.map(([command = '']) => command),
    help: `install ${entry.packageName}`,
  };
}

/** ECMAScript modules are told by what only they can hold at the start of a line. */
function looksLikeModule(code: string): boolean {
  return /^\s*(?:import\s*[\w*{'"]|export\s|(?:const|let|var)\s[^=\n]+=\s*await\s|await\s)/m.test(code);
}

/** The absolute path of a command, as `execvp` would find it. */
export function findCommand(
  command: string,
  { path, cwd }: Pick<LanguageSettings, 'path' | 'cwd'>,
): string | undefined {
  if (command === '') return undefined;
  if (command.includes('/')) {
    const absolute = isAbsolute(command) ? command : join(cwd, command);
    return isExecutable(absolute) ? absolute : undefined;
  }
  for (const folder of path.split(delimiter)) {
    const candidate = join(isAbsolute(folder) ? folder : join(cwd, folder), command);
    if (isExecutable(candidate)) return candidate;
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
