// Owns which programs run which language, as data; looks for none of them.
import { resolveFromWorkingFolder } from './resolve-from-working-folder.ts';
import { runPythonFile } from './run-python-file.ts';
import { stripTypes } from './strip-types.ts';

/** What runs the files of a language; the path of the block's own is appended to the arguments. */
export interface InterpreterEntry {
  /** The first command that is found is taken. */
  readonly choices: readonly (readonly string[])[];
  readonly extension: string;
  readonly comment: string;
  readonly packageName: string;
  /** What its file holds, line for line; a strict block is to end at its first failing command. */
  readonly prepare?: (code: string, isStrict: boolean) => string;
  /** The extension for code of another kind; absent where there is none. */
  readonly extensionFor?: (code: string) => string;
  /** A CommonJS module that stands beside the block's file and is loaded before it. */
  readonly preload?: string;
}

const javascript: InterpreterEntry = {
  choices: [['node']],
  extension: 'cjs',
  comment: '//',
  packageName: 'nodejs',
  extensionFor: (code) => (looksLikeModule(code) ? 'mjs' : 'cjs'),
  preload: resolveFromWorkingFolder,
};

const python: InterpreterEntry = {
  choices: [
    ['python3', '-c', runPythonFile],
    ['python', '-c', runPythonFile],
  ],
  extension: 'py',
  comment: '#',
  packageName: 'python3',
};

const ruby: InterpreterEntry = {
  choices: [['ruby']],
  extension: 'rb',
  comment: '#',
  packageName: 'ruby',
};

const perl: InterpreterEntry = {
  choices: [['perl']],
  extension: 'pl',
  comment: '#',
  packageName: 'perl',
};

/** JavaScript by the time that it is run, so that it is the same on every Node. */
const typescript: InterpreterEntry = {
  ...javascript,
  extensionFor: (code) => (/\brequire\(/.test(code) && !looksLikeModule(code) ? 'cjs' : 'mjs'),
  // Named when it is called: most pages hold no TypeScript, and need not load what reads it.
  prepare: (code) => stripTypes(code),
};

const powershell: InterpreterEntry = {
  choices: [['pwsh', '-NoProfile', '-NonInteractive', '-File']],
  extension: 'ps1',
  comment: '#',
  packageName: 'powershell',
  prepare: (code, isStrict) => (isStrict ? makeStrict(code) : code),
};

/** Not POSIX: its blocks get the environment and give back none of their state. */
export const fish: InterpreterEntry = {
  choices: [['fish', '--no-config']],
  extension: 'fish',
  comment: '#',
  packageName: 'fish',
};

/** Its state is not carried over either. */
export const ksh: InterpreterEntry = {
  choices: [['ksh'], ['mksh']],
  extension: 'ksh',
  comment: '#',
  packageName: 'ksh',
  // On the same line, so that line numbers stay those of the block.
  prepare: (code, isStrict) => (isStrict ? `set -e; ${code}` : code),
};

/** By the canonical name of the language. */
export const interpreterTable: Readonly<Record<string, InterpreterEntry>> = {
  python,
  node: javascript,
  typescript,
  ruby,
  perl,
  php: {
    choices: [['php']],
    extension: 'php',
    comment: '//',
    packageName: 'php-cli',
    // On the same line, so that line numbers stay those of the block.
    prepare: (code) => (/<\?(php|=)/i.test(code) ? code : `<?php ${code}`),
  },
  lua: {
    choices: [['lua']],
    extension: 'lua',
    comment: '--',
    packageName: 'lua',
  },
  r: {
    choices: [['Rscript', '--vanilla']],
    extension: 'R',
    comment: '#',
    packageName: 'r-base-core',
  },
  awk: { choices: [['awk', '-f']], extension: 'awk', comment: '#', packageName: 'gawk' },
  fish,
  ksh,
  powershell,
};

/** What has to come first in a script of PowerShell. */
const headOfScript = /^(?:\s|#[^\n]*\n|<#[\s\S]*?#>)*(?:using\s|param\s*\(|\[CmdletBinding\b|#requires\b)/i;

/**
 * Errors of cmdlets end the script, and so do programs that end non-zero, which PowerShell 7.4 and newer tell; without
 * it a script goes on past both, and is 0. On the same line, so that line numbers stay those of the block.
 */
function makeStrict(code: string): string {
  if (headOfScript.test(code)) return code;
  return `$ErrorActionPreference = 'Stop'; $PSNativeCommandUseErrorActionPreference = $true; ${code}`;
}

/** ECMAScript modules are told by what only they can hold at the start of a line. */
function looksLikeModule(code: string): boolean {
  return /^\s*(?:import\s*[\w*{'"]|export\s|(?:const|let|var)\s[^=\n]+=\s*await\s|await\s)/m.test(code);
}
