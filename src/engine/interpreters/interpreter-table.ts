// Owns which programs run which language, as data; looks for none of them.

/** What runs the files of a language. */
export interface InterpreterEntry {
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
export const fish: InterpreterEntry = {
  choices: [['fish', '--no-config']],
  delivery: 'file',
  extension: 'fish',
  comment: '#',
  packageName: 'fish',
};

/** Its state is not carried over either. */
export const ksh: InterpreterEntry = {
  choices: [['ksh'], ['mksh']],
  delivery: 'file',
  extension: 'ksh',
  comment: '#',
  packageName: 'ksh',
};

/** By the canonical name of the language. */
export const interpreterTable: Readonly<Record<string, InterpreterEntry>> = {
  python,
  node: javascript,
  typescript,
  ruby,
  perl,
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
  r: {
    choices: [['Rscript', '--vanilla']],
    delivery: 'file',
    extension: 'R',
    comment: '#',
    packageName: 'r-base-core',
  },
  awk: { choices: [['awk', '-f']], delivery: 'file', extension: 'awk', comment: '#', packageName: 'gawk' },
  fish,
  ksh,
  powershell,
};

/** ECMAScript modules are told by what only they can hold at the start of a line. */
function looksLikeModule(code: string): boolean {
  return /^\s*(?:import\s*[\w*{'"]|export\s|(?:const|let|var)\s[^=\n]+=\s*await\s|await\s)/m.test(code);
}
