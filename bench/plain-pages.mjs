// Owns how long our runbooks are beside pages of the same work without files, handlers, users, values and loops.
import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('..', import.meta.url);

/** The names of the pages that have a plain one. */
const plainPages = readdirSync(new URL('bench/plain', root))
  .filter((name) => name.endsWith('.md'))
  .map((name) => name.slice(0, -'.md'.length));

/** Lines that are not blank: of the whole page, and of what stands between fences. */
function linesOf(page) {
  const lines = page.split('\n').filter((line) => line.trim() !== '');
  let fenced = false;
  let code = 0;
  for (const line of lines)
    if (/^\s*```/.test(line)) fenced = !fenced;
    else if (fenced) code += 1;
  return { whole: lines.length, code };
}

/** The comparison as a table of Markdown. */
function linesTable() {
  const rows = plainPages.map((name) => [
    name,
    ...['runbooks', 'bench/plain'].map((folder) => linesOf(read(`${folder}/${name}.md`))),
  ]);
  const sum = (column, key) => rows.reduce((total, row) => total + row[column][key], 0);
  const all = [1, 2].map((column) => ({ whole: sum(column, 'whole'), code: sum(column, 'code') }));
  const line = ([name, ours, plain]) =>
    `| ${[name, ours.whole, plain.whole, ours.code, plain.code].join(' | ')} |`;
  return [
    '| runbook | lines | plain | of them code | plain |',
    '|---|--:|--:|--:|--:|',
    ...rows.map((row) => line([`\`${row[0]}\``, row[1], row[2]])),
    line(['all nine', ...all]),
  ].join('\n');
}

function read(path) {
  return readFileSync(new URL(path, root), 'utf8');
}

process.stdout.write(`${linesTable()}\n`);
