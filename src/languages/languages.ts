// Owns which labels of code blocks can be run, as data.

/** How a language's blocks are run: in the run's shell, by an interpreter, as a query or as a request. */
export type LanguageFamily = 'shell' | 'interpreter' | 'sql' | 'http';

export interface Language {
  /** Canonical name; executors know it. `sh` is the runbook's default shell, `sql` its default database. */
  readonly id: string;
  readonly family: LanguageFamily;
  /** Every label of it, lower-cased. */
  readonly labels: readonly string[];
  /** Labels of transcripts, in which `# ` can be a prompt. */
  readonly transcript?: true;
}

export const languages: readonly Language[] = [
  {
    id: 'sh',
    family: 'shell',
    labels: [
      'sh',
      'shell',
      'shellscript',
      'shell-script',
      'command',
      'commands',
      'commandline',
      'cli',
      'azurecli',
      'azurecli-interactive',
    ],
  },
  {
    id: 'sh',
    family: 'shell',
    labels: [
      'console',
      'shell-session',
      'shellsession',
      'sh-session',
      'bash-session',
      'zsh-session',
      'terminal',
    ],
    transcript: true,
  },
  { id: 'bash', family: 'shell', labels: ['bash'] },
  { id: 'zsh', family: 'shell', labels: ['zsh'] },
  { id: 'fish', family: 'shell', labels: ['fish'] },
  { id: 'dash', family: 'shell', labels: ['dash'] },
  { id: 'ash', family: 'shell', labels: ['ash'] },
  { id: 'ksh', family: 'shell', labels: ['ksh'] },
  { id: 'python', family: 'interpreter', labels: ['python', 'python3', 'py'] },
  { id: 'node', family: 'interpreter', labels: ['node', 'nodejs', 'javascript', 'js', 'mjs'] },
  { id: 'typescript', family: 'interpreter', labels: ['typescript', 'ts'] },
  { id: 'ruby', family: 'interpreter', labels: ['ruby', 'rb'] },
  { id: 'perl', family: 'interpreter', labels: ['perl', 'pl'] },
  { id: 'php', family: 'interpreter', labels: ['php'] },
  { id: 'lua', family: 'interpreter', labels: ['lua'] },
  { id: 'r', family: 'interpreter', labels: ['r', 'rscript'] },
  { id: 'awk', family: 'interpreter', labels: ['awk'] },
  { id: 'powershell', family: 'interpreter', labels: ['powershell', 'pwsh', 'posh', 'ps1'] },
  { id: 'sql', family: 'sql', labels: ['sql'] },
  { id: 'psql', family: 'sql', labels: ['psql', 'postgres', 'postgresql', 'pgsql'] },
  { id: 'mysql', family: 'sql', labels: ['mysql', 'mariadb'] },
  { id: 'sqlite', family: 'sql', labels: ['sqlite', 'sqlite3'] },
  { id: 'http', family: 'http', labels: ['http'] },
];

const byLabel: ReadonlyMap<string, Language> = new Map(
  languages.flatMap((language) => language.labels.map((label) => [label, language] as const)),
);

/** The language that a label means; letter case does not count. `undefined` for labels that cannot be run. */
export function languageOf(label: string): Language | undefined {
  return byLabel.get(label.toLowerCase());
}

/** Every label that can be run without declaring an interpreter. */
export function runnableLabels(): readonly string[] {
  return [...byLabel.keys()];
}
