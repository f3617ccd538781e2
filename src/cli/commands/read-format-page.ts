// Owns finding in the page of the format what it says of an attribute or a key of the front matter.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What the format says of one name; all of it Markdown. */
export interface FormatEntry {
  readonly kind: 'attribute' | 'front matter key';
  /** How it is written. */
  readonly syntax: string;
  readonly text: string;
}

/** The page lies beside the built tool's folder, in the package as in a clone. */
const file = fileURLToPath(new URL('../docs/format.md', import.meta.url));

export function readFormatPage(): string {
  return readFileSync(file, 'utf8');
}

/** Everything that has an entry, as it is written: attributes, then keys of the front matter. */
export function formatNames(page: string): readonly string[] {
  return [...new Set([...rowsOf(page).flatMap(({ names }) => names), ...keysOf(page).keys()])];
}

/** What the format says of a name: as an attribute, as a key, or both. */
export function formatEntries(page: string, name: string): readonly FormatEntry[] {
  const rows = rowsOf(page)
    .filter(({ names }) => names.includes(name))
    .map(({ syntax, text }): FormatEntry => ({ kind: 'attribute', syntax, text }));
  const example = keysOf(page).get(name);
  if (example === undefined) return rows;
  const text = paragraphsAbout(page, name).join('\n\n');
  return [...rows, { kind: 'front matter key', syntax: `\`\`\`yaml\n${example}\n\`\`\``, text }];
}

interface Row {
  readonly names: readonly string[];
  readonly syntax: string;
  readonly text: string;
}

/** The rows of the table of attributes. */
function rowsOf(page: string): readonly Row[] {
  const table = /^\| attribute \| meaning \|\n\|[-| ]+\n((?:\|.*\n)+)/m.exec(page)?.[1] ?? '';
  return table
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [syntax = '', text = ''] = line
        .replace(/^\| | \|$/g, '')
        .split(/ (?<!\\)\| /)
        .map((cell) => cell.replaceAll('\\|', '|'));
      const spans = [...syntax.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => code.split(' '));
      return {
        names: [...new Set(spans.flatMap((code) => /^[a-z][a-z-]*/.exec(code)?.[0] ?? []))],
        syntax,
        text,
      };
    });
}

/** The keys of the example of front matter, each with its lines. */
function keysOf(page: string): ReadonlyMap<string, string> {
  const example = /^## 3\. Front matter\n+```yaml\n([\s\S]*?)```/m.exec(page)?.[1] ?? '';
  const keys = new Map<string, string>();
  for (const [lines, key] of example.matchAll(/^([a-z-]+):.*(?:\n[ #].*)*/gm))
    if (key !== undefined) keys.set(key, lines);
  return keys;
}

/** Paragraphs and list items that name the key as one: `` `key: …` `` or `` `key:` ``. */
function paragraphsAbout(page: string, key: string): readonly string[] {
  const named = new RegExp(`\`${key}:`);
  return page
    .slice(page.indexOf('\n## 3. '))
    .replace(/^```[\s\S]*?^```/gm, '')
    .split(/\n\s*\n|\n(?=- )/)
    .filter((paragraph) => named.test(paragraph) && !paragraph.startsWith('|'))
    .map((paragraph) => paragraph.replace(/^- /, '').trim());
}
