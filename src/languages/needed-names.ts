// Owns which variables a piece of code cannot do without.
import { languageOf } from './languages.ts';
import { readShellContexts } from './shell/read-shell-contexts.ts';

/** `${NAME:-…}` and its kind say what to do without a value. */
const shellUse = /\$(?:\{([A-Za-z_]\w*)(?=[^\w])(?!:?[-=+?])|([A-Za-z_]\w*))/g;

/** How other languages read what must be there; what gives nothing or a default where it is not there is left out. */
const otherUses: Readonly<Record<string, RegExp>> = {
  python: /\bos\.environ\[\s*["'](\w+)["']\s*\]/g,
  node: /\bprocess\.env\.(\w+)(?!\w|\s*(?:\?\?|\|\||\)?\s*\?))/g,
  typescript: /\bprocess\.env\.(\w+)(?!\w|\s*(?:\?\?|\|\||\)?\s*\?))/g,
  ruby: /\bENV(?:\[\s*["'](\w+)["']\s*\](?!\s*\|\|)|\.fetch\(\s*["'](\w+)["']\s*\))/g,
  perl: /\$ENV\{\s*["']?(\w+)["']?\s*\}(?!\s*(?:\/\/|\|\|))/g,
  php: /\bgetenv\(\s*["'](\w+)["']\s*\)(?!\s*\?)/g,
  psql: /(?<![:\w]):["']?([A-Za-z_]\w*)/g,
  mysql: /(?<![@\w.$])@([A-Za-z_]\w*)/g,
  sqlite: /(?<![\w$:@])[$:@]([A-Za-z_]\w*)/g,
  http: /\{\{\s*([A-Za-z_]\w*)\s*(?:\|\s*\w+\s*)?\}\}|\$\{([A-Za-z_]\w*)\}|\$([A-Z_][A-Z0-9_]*)/g,
};

/** Names that the code reads and has no default for. What stands in comments and in single quotes is text. */
export function neededNames(code: string, label: string): ReadonlySet<string> {
  const language = languageOf(label);
  if (language?.family === 'shell') return neededByShell(code);
  const use = otherUses[language?.id ?? ''];
  if (use === undefined) return new Set();
  const lines = code.split('\n').filter((line) => !/^\s*(?:#|\/\/|--)/.test(line));
  return new Set([...lines.join('\n').matchAll(use)].map((match) => match.slice(1).find(Boolean) ?? ''));
}

function neededByShell(code: string): ReadonlySet<string> {
  const uses = [...code.matchAll(shellUse)].map((match) => {
    const name = match[1] ?? match[2] ?? '';
    return { text: match[0], variable: name, start: match.index, end: match.index + match[0].length };
  });
  if (uses.length === 0) return new Set();
  const asText = new Set(['comment', 'single-quotes', 'ansi-c-quotes', 'quoted-here-document', 'expansion']);
  const { placed } = readShellContexts(code, uses);
  const real = placed.filter(({ context }) => !asText.has(context));
  return new Set(real.map(({ placeholder }) => placeholder.variable));
}

const assignment = /(?:^|[\s;&|(])([A-Za-z_]\w*)\+?=/g;
const declaring =
  /\b(?:read|for|select|mapfile|readarray|getopts|declare|typeset|export|printf\s+-v)\b[^\n;]*/g;

/** Names that shell code may give a value itself, by assigning, reading or declaring them. */
export function assignedNames(code: string): ReadonlySet<string> {
  const lines = code
    .split('\n')
    .filter((line) => !line.includes('RUNSHEET_OUTPUT'))
    .join('\n');
  const declared = [...lines.matchAll(declaring)].flatMap(([words]) => words.match(/[A-Za-z_]\w*/g) ?? []);
  return new Set([...[...lines.matchAll(assignment)].map(([, name = '']) => name), ...declared]);
}

const written = /(?<![\w$])([A-Za-z_]\w*)(?:=|<<)/g;

/** Whether code speaks of `$RUNSHEET_OUTPUT` at all. */
export function handsOn(code: string): boolean {
  return code.includes('RUNSHEET_OUTPUT');
}

/** Names that code may write a value for to `$RUNSHEET_OUTPUT`, as far as can be seen. */
export function mayWriteOutputs(code: string): ReadonlySet<string> {
  if (!handsOn(code)) return new Set();
  return new Set([...code.matchAll(written)].map(([, name = '']) => name));
}

/** Names that lines with `$RUNSHEET_OUTPUT` give a value, such as `echo "POD=…" >> "$RUNSHEET_OUTPUT"`. */
export function writtenOutputs(code: string): ReadonlySet<string> {
  const lines = code.split('\n').filter((line) => line.includes('RUNSHEET_OUTPUT'));
  return new Set([...lines.join('\n').matchAll(written)].map(([, name = '']) => name));
}
