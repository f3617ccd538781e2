// Owns the measure of how well real pages are understood: it holds what the tool would run of labelled public runbooks
// against what two readers said of them. Nothing of the pages is ever run.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const corpus = resolve(process.env.RUNSHEET_CORPUS ?? join(root, '../shared/corpus'));
/** Sections whose blocks a run that goes well comes to. */
const run = new Set(['preconditions', 'diagnosis', 'steps', 'validation', 'cleanup']);
const withRows = process.argv.includes('--rows');

if (!existsSync(corpus)) {
  console.log(`skipped: the pages are not in ${corpus}; RUNSHEET_CORPUS names another folder`);
  process.exit(0);
}

/** By two readers each, with what they differed in settled; by one; and by one, of pages that no rule was made from. */
const sets = { 'two readers': 'labels.tsv', 'one reader': 'one-reader.tsv', 'held back': 'held-back.tsv' };

for (const [readers, file] of Object.entries(sets)) {
  console.log(`\n${readers}`);
  measure(join(root, 'test/corpus', file));
}

function measure(labels) {
  const blocks = [];
  const headings = [];
  for (const [path, rows] of readLabels(labels)) {
    const file = join(corpus, path);
    const understood = understand(file);
    const depths = headingDepths(readFileSync(file, 'utf8'));
    for (const { kind, line, label } of rows) {
      if (kind === 'B')
        blocks.push({ path, line, label, ...(understood.blocks.get(line) ?? { runs: false, doubts: [] }) });
      else headings.push({ path, line, label, found: sectionAt(line, depths, understood.sections) });
    }
  }

  const certain = blocks.filter(({ runs, doubts }) => runs && doubts.length === 0);
  const wanted = blocks.filter(({ label }) => label === 'R');
  console.log(`${blocks.length} blocks: ${count(blocks, 'label')}`);
  console.log(
    `run without a doubt: ${count(certain, 'label')}; ${share(certain, ({ label }) => label === 'R')} belong to the run`,
  );
  console.log(`of what belongs to it, run or asked about: ${share(wanted, ({ runs }) => runs)}`);
  for (const kind of ['preconditions', 'validation', 'rollback', 'cleanup']) {
    const of = headings.filter(({ label }) => label === kind);
    const said = headings.filter(({ found }) => found === kind);
    console.log(
      `${kind} headings: found ${share(of, ({ found }) => found === kind)}, right ${share(said, ({ label }) => label === kind)}`,
    );
  }
  if (withRows) {
    for (const { path, line, label, doubts } of blocks.filter(({ label, runs }) => runs === (label !== 'R')))
      console.log(
        `${path}:${line} ${label} ${label === 'R' ? 'left out' : `run${doubts.length > 0 ? ` (${doubts.join(' ')})` : ''}`}`,
      );
    for (const { path, line, label, found } of headings.filter(
      (one) => one.label !== one.found && one.label !== 'title',
    ))
      console.log(`${path}:${line} ${label} read as ${found ?? 'nothing'}`);
  }
}

/** Rows by page: `B` or `H`, line, label. */
function readLabels(file) {
  const pages = new Map();
  let rows = [];
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    if (text.startsWith('# ')) {
      rows = [];
      pages.set(text.slice(2), rows);
    }
    if (text !== '' && !text.startsWith('# ')) {
      const [kind, line, label] = text.split('\t');
      rows.push({ kind, line: Number(line), label });
    }
  }
  return pages;
}

/** What the tool makes of a page: blocks by the line of their fence, and the lines at which sections begin. */
function understand(file) {
  const { stdout } = spawnSync(process.execPath, [join(root, 'dist/runsheet.js'), 'print', '--json', file], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  // A page with errors is printed as well.
  const page = JSON.parse(stdout);
  const found = new Map();
  const sections = new Map(page.sections.map(({ kind, place }) => [place.line, kind]));
  const visit = (step, kind) => {
    for (const part of step.parts)
      if (part.type === 'block')
        found.set(part.place.line, {
          runs: part.runnable && run.has(kind) && !part.onDemand,
          doubts: part.doubts ?? [],
        });
    for (const bound of ['validation', 'rollback'])
      for (const inner of step[bound]) {
        sections.set(inner.place.line, bound);
        visit(inner, bound);
      }
  };
  for (const step of page.steps) {
    if (!sections.has(step.place.line)) sections.set(step.place.line, step.section);
    visit(step, step.section);
  }
  return { blocks: found, sections };
}

function headingDepths(text) {
  const depths = new Map();
  const visit = (node) => {
    if (node.type === 'heading') depths.set(node.position.start.line, node.depth);
    for (const child of node.children ?? []) visit(child);
  };
  visit(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  return depths;
}

/** The section that a heading opens or stands in. */
function sectionAt(line, depths, sections) {
  let depth = Number.POSITIVE_INFINITY;
  const above = [...depths].filter(([at]) => at <= line).reverse();
  for (const [at, own] of above) {
    if (own >= depth && at !== line) continue;
    depth = own;
    if (sections.has(at)) return sections.get(at);
  }
  return undefined;
}

function count(items, key) {
  const counts = new Map();
  for (const item of items) counts.set(item[key], (counts.get(item[key]) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, times]) => `${name} ${times}`)
    .join(', ');
}

function share(items, test) {
  const hits = items.filter(test).length;
  return items.length === 0
    ? 'none'
    : `${hits} of ${items.length}, ${((100 * hits) / items.length).toFixed(1)} %`;
}
