// Owns finding Markdown files below a folder, as git sees them.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Never runbooks of one's own, whatever .gitignore says. */
const neverEntered: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** Lies in the folder of each kept run, whose copy of its runbook is no page of anybody's. */
const journalName = 'journal.ndjson';

/**
 * All Markdown files below a folder that no .gitignore on the way leaves out, in a stable order; those of kept runs,
 * where the state folder lies below it, are left out too. Throws the system's
 * error for the folder itself; folders below that cannot be read are told to `unreadable`.
 */
export function findMarkdown(top: string, unreadable: (folder: string) => void): readonly string[] {
  const found: string[] = [];
  walk(top, [], found, unreadable);
  return found;
}

interface Rules {
  readonly folder: string;
  readonly rules: Ignore;
}

function walk(
  folder: string,
  inherited: readonly Rules[],
  found: string[],
  unreadable: (folder: string) => void,
): void {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((left, right) =>
    left.name < right.name ? -1 : 1,
  );
  if (entries.some((entry) => entry.isFile() && entry.name === journalName)) return;
  const own = entries.some((entry) => entry.isFile() && entry.name === '.gitignore')
    ? [{ folder, rules: ignore().add(readFileSync(join(folder, '.gitignore'), 'utf8')) }]
    : [];
  const rules = [...inherited, ...own];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    // Links are not followed: what they point at is listed where it lies, and loops cannot happen.
    if (entry.isDirectory()) {
      if (neverEntered.has(entry.name) || isIgnored(rules, path, true)) continue;
      try {
        walk(path, rules, found, unreadable);
      } catch {
        unreadable(path);
      }
    } else if (entry.isFile() && /\.(md|markdown|mdx)$/i.test(entry.name) && !isIgnored(rules, path, false)) {
      found.push(path);
    }
  }
}

/** The deepest .gitignore has the last word, as in git. */
function isIgnored(rules: readonly Rules[], path: string, isFolder: boolean): boolean {
  let ignored = false;
  for (const { folder, rules: matcher } of rules) {
    const inside = relative(folder, path).split(sep).join('/') + (isFolder ? '/' : '');
    const test = matcher.test(inside);
    if (test.ignored) ignored = true;
    if (test.unignored) ignored = false;
  }
  return ignored;
}

/** Whether patterns of a folder, in the words of .gitignore, leave out a path below it. */
export function isLeftOut(path: string, folder: string, patterns: readonly string[]): boolean {
  const inside = relative(folder, resolve(path)).split(sep).join('/');
  return (
    inside !== '' &&
    !inside.startsWith('../') &&
    ignore()
      .add([...patterns])
      .ignores(inside)
  );
}
