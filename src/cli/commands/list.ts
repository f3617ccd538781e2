// Owns `runsheet list`: the runbooks below a folder; understands just enough of each to tell what it is.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { Runbook, Step } from '../../runbook/model.ts';
import { exitCode } from '../exit-code.ts';
import { loadRunbook } from '../load-runbook.ts';
import { writeError, writeOut } from '../output.ts';
import { complain } from '../report-diagnostics.ts';

export interface ListOptions {
  readonly json?: boolean;
}

/** Never runbooks of one's own, whatever .gitignore says. */
const neverEntered: ReadonlySet<string> = new Set(['.git', 'node_modules']);

interface Row {
  readonly path: string;
  readonly title: string;
  readonly steps: number;
  readonly blocks: number;
  readonly severity?: string;
  readonly owner?: string;
}

export async function list(folder: string, options: ListOptions): Promise<number> {
  let paths: readonly string[];
  try {
    paths = findMarkdown(folder);
  } catch (error) {
    complain(`cannot list \`${folder}\`: ${(error as Error).message}`);
    return exitCode.usage;
  }
  const rows = paths.flatMap((path) => rowOf(path) ?? []);
  if (options.json) writeOut(`${JSON.stringify(rows, null, 2)}\n`);
  else if (rows.length === 0)
    writeError(`no runbooks below \`${folder}\`: no Markdown file there holds a block that can be run\n`);
  else writeOut(renderRows(rows));
  return exitCode.succeeded;
}

/** Markdown with something in it that can be run; a page of prose alone is not a runbook. */
function rowOf(path: string): Row | undefined {
  const { runbook } = loadRunbook(path);
  if (!runbook) return undefined;
  const blocks = runbook.steps.reduce((sum, step) => sum + countBlocks(step), 0);
  if (blocks === 0) return undefined;
  return { path, title: runbook.title, steps: runbook.steps.length, blocks, ...ownership(runbook) };
}

function ownership({ frontMatter: { severity, owner } }: Runbook) {
  return { ...(severity !== undefined && { severity }), ...(owner !== undefined && { owner }) };
}

function countBlocks(step: Step): number {
  const own = step.parts.filter((part) => part.type === 'block' && part.block.runnable).length;
  return [...step.validation, ...step.rollback].reduce((sum, bound) => sum + countBlocks(bound), own);
}

function renderRows(rows: readonly Row[]): string {
  const width = Math.max(...rows.map((row) => row.path.length));
  const lines = rows.map((row) => {
    const facts = [`${row.steps} steps`, `${row.blocks} blocks`, row.severity, row.owner].filter(
      (fact) => fact !== undefined,
    );
    return `${row.path.padEnd(width)}  ${row.title}  (${facts.join(', ')})`;
  });
  return `${lines.join('\n')}\n`;
}

/** All Markdown files below a folder that no .gitignore on the way leaves out, in a stable order. */
export function findMarkdown(top: string): readonly string[] {
  const found: string[] = [];
  walk(top, [], found, top);
  return found;
}

interface Rules {
  readonly folder: string;
  readonly rules: Ignore;
}

function walk(folder: string, inherited: readonly Rules[], found: string[], top: string): void {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((left, right) =>
    left.name < right.name ? -1 : 1,
  );
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
        walk(path, rules, found, top);
      } catch {
        writeError(`warning: cannot read \`${relative(top, path)}\`\n`);
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
