// Owns which variables a piece of code cannot do without.
import { languageOf } from './languages.ts';
import { pieceAt } from './placeholders/filling.ts';
import { readShell } from './shell/reader/read-shell.ts';
import type { ShellCommand } from './shell/reader/shell-code.ts';

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
  if (!code.includes('$')) return new Set();
  const needed = new Set<string>();
  for (const { parameter } of readShell(code).pieces)
    if (parameter !== undefined && !parameter.hasDefault) needed.add(parameter.name);
  return needed;
}

/** Commands that give the variables in their words a value. */
const declaring = new Set(
  'read mapfile readarray getopts declare typeset local readonly export printf let'.split(' '),
);
const calculated = /([A-Za-z_]\w*)\s*[-+*/%]?=(?!=)/g;

/** Names that shell code may give a value itself, by assigning, reading or declaring them. */
export function assignedNames(code: string): ReadonlySet<string> {
  const { commands, pieces } = readShell(code);
  const outputLines = linesWith(code, 'RUNSHEET_OUTPUT');
  const assigned = commands.flatMap((command) => assignedBy(code, command));
  const inArithmetic = pieces
    .filter(({ kind }) => kind === 'arithmetic')
    .flatMap(({ start, end }) =>
      [...code.slice(start, end).matchAll(calculated)].map(([, name = '']) => ({ name, start })),
    );
  const own = [...assigned, ...inArithmetic].filter(({ start }) => !pieceAt(outputLines, start));
  return new Set(own.map(({ name }) => name));
}

function assignedBy(
  code: string,
  { words }: ShellCommand,
): readonly { readonly name: string; readonly start: number }[] {
  const textOf = ({ start, end }: { start: number; end: number }) => code.slice(start, end);
  const loop = words.findIndex((word) => word.role === 'keyword' && /^(?:for|select)$/.test(textOf(word)));
  const name = words.find(({ role }) => role === 'name');
  const declares = name !== undefined && declaring.has(textOf(name));
  return words
    .filter(
      ({ role }, index) =>
        role === 'assignment' || (role === 'argument' && (declares || (loop !== -1 && index === loop + 1))),
    )
    .flatMap((word) => {
      const written = /^([A-Za-z_]\w*)(?:$|\[|[-+*/%]?=)/.exec(textOf(word))?.[1];
      return written === undefined ? [] : [{ name: written, start: word.start }];
    });
}

/** Where the lines with the text are. */
function linesWith(code: string, text: string): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  let at = code.indexOf(text);
  while (at !== -1) {
    const newline = code.indexOf('\n', at);
    const end = newline === -1 ? code.length : newline;
    found.push({ start: code.lastIndexOf('\n', at) + 1, end });
    at = code.indexOf(text, end);
  }
  return found;
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
