// Owns the hints of what stands around a page: a site that would not show what is written here, a file that is not read.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { assignedNames, neededNames } from '../../languages/needed-names.ts';
import { parseInputsFile } from '../../runbook/front-matter/parse-inputs-file.ts';
import { allBlocks } from '../../runbook/lint/lint-rule.ts';
import { openingSpan } from '../../runbook/lint/span-of-text.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';

const mkdocs = ['mkdocs.yml', 'mkdocs.yaml'];
const docusaurus = [
  'docusaurus.config.js',
  'docusaurus.config.ts',
  'docusaurus.config.mjs',
  'docusaurus.config.cjs',
];

const dotenvFiles = ['.env', '.env.local'];

/** Hints, one of a kind, for a page below the configuration of a site, or beside a file that other tools read. */
export function siteHints(runbook: Runbook): readonly Diagnostic[] {
  const { path } = runbook.source;
  return [
    ...(isBelow(path, mkdocs) ? bracesInMkdocs(runbook) : []),
    ...(/\.mdx$/i.test(path) || isBelow(path, docusaurus) ? bracesInMdx(runbook) : []),
    ...valuesInDotenv(runbook),
  ];
}

/** Whether a folder around the page, up to that of its repository, holds one of the files. */
function isBelow(path: string, files: readonly string[]): boolean {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if (files.some((file) => existsSync(join(folder, file)))) return true;
    if (existsSync(join(folder, '.git')) || folder === dirname(folder)) return false;
  }
}

/** Python-Markdown takes a fence with braces behind its language for text. */
function bracesInMkdocs(runbook: Runbook): readonly Diagnostic[] {
  const blocks = allBlocks(runbook).filter(({ block }) => /^[^\s{]+\s+\{(?!\{)/.test(block.info));
  const [first] = blocks;
  if (first === undefined) return [];
  const [, language = '', group = ''] = /^([^\s{]+)\s+\{\s*(.*)$/s.exec(first.block.info) ?? [];
  return [
    {
      code: 'braces-in-mkdocs',
      severity: 'hint',
      message: `MkDocs shows a block with braces after its language as text${of(blocks.length)}`,
      span: openingSpan(runbook, first.block),
      label: `write \`{.${language} ${group}\``,
    },
  ];
}

/** To MDX, braces in a heading are JavaScript. */
function bracesInMdx({ steps, source }: Runbook): readonly Diagnostic[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const headings = steps.flatMap(({ headingSpan, depth }) => {
    if (headingSpan === undefined || depth === 0) return [];
    const text = decoder.decode(source.bytes.subarray(headingSpan.start, headingSpan.end));
    return /\{(?!#)[^{}]*\}\s*$/.test(text) ? [headingSpan] : [];
  });
  const [first] = headings;
  if (first === undefined) return [];
  return [
    {
      code: 'braces-in-mdx',
      severity: 'hint',
      message: `MDX reads braces in a heading as JavaScript, so that this page does not compile${of(headings.length)}`,
      span: first,
      help: 'write the attributes on the blocks of the step',
    },
  ];
}

/** Runme reads `.env` by its configuration; here a file gives values where it is asked for. */
function valuesInDotenv(runbook: Runbook): readonly Diagnostic[] {
  const { source, frontMatter } = runbook;
  const held = dotenvFiles.flatMap((file) => {
    const path = join(dirname(resolve(source.path)), file);
    const read = existsSync(path) ? parseInputsFile(path, readFileSync(path, 'utf8')) : undefined;
    return read?.ok ? Object.keys(read.value).map((name) => ({ name, file })) : [];
  });
  if (held.length === 0) return [];
  const given = new Set([...frontMatter.inputs.map(({ name }) => name), ...Object.keys(frontMatter.env)]);
  const blocks = allBlocks(runbook).filter(({ block }) => block.runnable);
  const set = blocks.flatMap(({ block }) => [
    ...assignedNames(block.code),
    ...(block.attributes.captures ?? []).map(({ name }) => name),
  ]);
  for (const name of set) given.add(name);
  for (const { block } of blocks) {
    const needed = neededNames(block.code, block.language ?? '');
    const found = held.find(({ name }) => needed.has(name) && !given.has(name));
    if (found === undefined) continue;
    return [
      {
        code: 'unread-env-file',
        severity: 'hint',
        message: `\`$${found.name}\` is in \`${found.file}\`, which no run reads unless it is named`,
        span: openingSpan(runbook, block),
        help: `declare it, \`inputs: { ${found.name}: {} }\`, and run with \`--inputs ${found.file}\``,
      },
    ];
  }
  return [];
}

function of(count: number): string {
  return count === 1 ? '' : `; this page has ${count}`;
}
