// Owns the prompts that shells and clients show before what is typed, as a table.

/** A prompt at the start of a line. */
export interface Prompt {
  /** What reads the line: `shell`, or the client whose prompt it is. */
  readonly reader: string;
  /** Where the command begins; the length of the line where none stands there. */
  readonly length: number;
  /** How far it is indented. */
  readonly indent: number;
  /** `$ `, `% `, `# ` or `> ` alone, which may be something else than a prompt. */
  readonly isBare: boolean;
  /** The last character of it. */
  readonly mark: string;
  /** The machine, container or client that it names; absent where it could be anybody's own. */
  readonly place?: string;
}

interface PromptRule {
  /** What it must look like, from the start of the line without its indent; `place` is what it names. */
  readonly pattern: RegExp;
  /** `shell`, or the client; absent where the prompt itself names it. */
  readonly reader?: string;
  readonly isBare?: true;
}

/** What may stand before the prompt of a shell: an environment of Python's. */
const environment = '(?:\\([\\w .:/@-]{1,40}\\)\\s*)?';

/** The first that fits counts. Each ends with the mark, behind which a blank or nothing follows. */
const rules: readonly PromptRule[] = [
  { reader: 'shell', pattern: /^\$>?(?=\s|$)/, isBare: true },
  { reader: 'shell', pattern: /^[%#](?=\s|$)/, isBare: true },
  { reader: 'python', pattern: /^>>>(?=\s|$)/ },
  { reader: 'python', pattern: /^In \[\d+\]:(?=\s|$)/ },
  { reader: 'shell', pattern: /^>(?=\s|$)/, isBare: true },
  { reader: 'powershell', pattern: /^PS(?:\s[^>\n]{0,120})?>(?=\s|$)/ },
  { reader: 'cmd', pattern: /^[A-Za-z]:\\[^>\n]{0,120}>/ },
  {
    reader: 'mysql',
    pattern: /^(?:mysql(?: \[[^\]\n]*\])?(?: \{[^}\n]*\})?(?: \([^)\n]*\))?|MariaDB \[[^\]\n]*\])>(?=\s|$)/,
  },
  { reader: 'psql', pattern: /^[\w.~-]*=[*!?]?[#>](?=\s|$)/ },
  { reader: 'redis-cli', pattern: /^(?:redis )?[\w.-]+:\d{2,5}(?:\[\d+\])?>(?=\s|$)/ },
  { reader: 'mongosh', pattern: /^[\w.-]+(?::(?:PRIMARY|SECONDARY)| \[[^\]\n]+\] [\w-]*)>(?=\s|$)/ },
  { reader: 'irb', pattern: /^irb\([^)\n]*\):\d+(?::\d+)?[>*](?=\s|$)/ },
  { reader: 'pry', pattern: /^(?:\[\d+\] )?pry\([^)\n]*\)>(?=\s|$)/ },
  { reader: 'sql', pattern: /^[\w.-]+@[\w.-]*:\d+\/\w*(?:\s\w+)?>(?=\s|$)/ },
  { pattern: /^\((?<place>gdb|lldb|Pdb)\)(?=\s|$)/ },
  { pattern: /^(?<place>[\w.-]+)\([\w.-]+\)[#>](?=\s|$)/ },
  // `[ada@db ~]$`, `ada@db:~/src$`, `ada@mac ~ %`
  {
    reader: 'shell',
    pattern: new RegExp(
      `^${environment}\\[[^\\]\\s@]+@(?<place>[^\\]\\s:]+)[^\\]\\n]{0,80}\\]\\s?[$#%>](?=\\s|$)`,
    ),
  },
  {
    reader: 'shell',
    pattern: new RegExp(
      `^${environment}[\\w.+<>-]+@(?<place>[\\w.<>-]+)(?:[: ][^$#%>\\n]{0,80})?(?:[$#%]|(?<=[~/][^\\s>]*)>)(?=\\s|$)`,
    ),
  },
  // `web1:~ ada$`, `web1:/etc # `
  { reader: 'shell', pattern: /^(?<place>[\w.-]+):[~/][^\s$#%>]*(?: [\w.-]+)?\s?[$#%](?=\s|$)/ },
  // `sh-5.1#`, `replica$`, `web1%`
  { reader: 'shell', pattern: /^(?<place>[A-Za-z<][\w.<>-]*)[$#%](?=\s\S|\s*$)/ },
  { reader: 'shell', pattern: /^(?:~|\.\.\.)?(?:\/[\w.@~-]*)*\s?\$(?=\s\S)/ },
  { reader: 'shell', pattern: /^[~/] #(?=\s\S)/ },
  { reader: 'shell', pattern: /^➜\s+\S+(?:\s+git:\([^)\n]*\))?(?:\s+✗)?(?=\s)/ },
  { reader: 'shell', pattern: /^[❯λ»](?=\s)/ },
  { reader: 'shell', pattern: new RegExp(`^${environment.replace(/\?$/, '')}[$#%](?=\\s|$)`) },
  // `sqlite>`, `cqlsh:ks>`, `ftp>`: whatever it is, no shell.
  { pattern: /^(?<place>[A-Za-z][\w.:@/-]{0,40})>(?=\s\S|\s*$)/ },
];

/** Names of machines that mean the reader's own. */
const ownMachine =
  /^(?:localhost|local|host|hostname|host-?name|machine|computer|laptop|desktop|workstation|my-?\w*|your-?\w*|dev|pc|macbook[\w-]*|<.*>)$/i;

/** The prompt that a line begins with; whether one that is bare is meant as one only the lines around it tell. */
export function readPrompt(line: string): Prompt | undefined {
  const indent = line.length - line.trimStart().length;
  const written = line.slice(indent, indent + 300);
  if (!/[$#%>❯λ»➜\]:)]/.test(written)) return undefined;
  for (const { pattern, reader, isBare = false } of rules) {
    const found = pattern.exec(written);
    if (found === null) continue;
    const named = found.groups?.place;
    const isOwn = named === undefined || (reader === 'shell' && ownMachine.test(named));
    const [prompt] = found;
    const blanks = /^[ \t]*/.exec(written.slice(prompt.length))?.[0].length ?? 0;
    return {
      reader: reader ?? named?.toLowerCase() ?? '',
      length: indent + prompt.length + blanks,
      indent,
      isBare,
      mark: prompt.at(-1) ?? '',
      ...(reader !== 'shell' ? { place: reader ?? named ?? '' } : isOwn ? {} : { place: named }),
    };
  }
  return undefined;
}
