import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../src/runbook/parse-runbook.ts';
import type { Step } from '../../src/runbook/runbook.ts';
import { type SkimmedRunbook, skimRunbook } from '../../src/runbook/skim-runbook.ts';
import { decodeSource, type SourceFile } from '../../src/text/source-file.ts';
import { readCorpus } from '../corpus.ts';
import { generatedDocument } from './markdown/generated-document.ts';

const blocksOf = (step: Step): number =>
  step.parts.filter(
    (part) =>
      part.type === 'block' &&
      part.block.runnable &&
      (part.block.language !== undefined || part.block.attributes.run === true),
  ).length + [...step.validation, ...step.rollback].reduce((sum, bound) => sum + blocksOf(bound), 0);

/** The same by the long way. */
function counted(source: SourceFile): SkimmedRunbook | undefined {
  const { title, steps: all, frontMatter } = parseRunbook(source).runbook;
  // What stands in context is run by its name alone, and is not what a page is counted by.
  const steps = all.filter(({ section }) => section !== 'context');
  const { severity, owner, services, tags, reviewAfter, proveEvery } = frontMatter;
  const blocks = steps.reduce((sum, step) => sum + blocksOf(step), 0);
  if (blocks === 0) return undefined;
  return {
    title,
    steps: steps.filter(({ section }) => section !== 'rollback').length,
    blocks,
    ...(severity !== undefined && { severity }),
    ...(owner !== undefined && { owner }),
    ...(services && { services }),
    ...(tags.length > 0 && { tags }),
    ...(reviewAfter && { reviewAfter: reviewAfter.day }),
    ...(proveEvery && { proveEveryMs: proveEvery.ms }),
  };
}

const sourceOf = (bytes: Uint8Array) => decodeSource('a.md', bytes).source;
const folder = (name: string) => new URL(`../../${name}/`, import.meta.url);

describe('skimRunbook', () => {
  test.each([
    ...readCorpus(),
    ...['runbooks', 'templates'].flatMap((name) =>
      readdirSync(folder(name), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.md'))
        .map((path) => ({ path, bytes: new Uint8Array(readFileSync(new URL(path, folder(name)))) })),
    ),
  ])('counts in $path what parseRunbook finds', ({ bytes }) => {
    const source = sourceOf(bytes);
    expect(skimRunbook(source)).toEqual(counted(source));
  });

  test('counts in documents made at random what parseRunbook finds', () => {
    fc.assert(
      fc.property(generatedDocument, (bytes) => {
        const source = sourceOf(bytes);
        expect(skimRunbook(source)).toEqual(counted(source));
      }),
      { numRuns: 1_500 },
    );
  });

  test.each([
    ['blocks that a heading makes run', '# a\n\n## Steps {run}\n\n```\nls -l\n```\n'],
    ['blocks that an underlined heading makes run', '# a\n\nSteps {run=true}\n---\n\n```\nls -l\n```\n'],
    ['a language of the front matter', '---\ninterpreters:\n  x: cat\n---\n# a\n\n```x\nls\n```\n'],
    [
      'a language of the front matter, hidden',
      '---\n"interp\\x72eters": { x: cat }\n---\n# a\n\n```x\nls\n```\n',
    ],
    ['tildes in a list in a quote', '# a\n\n> 1. ~~~ sh\n>    ls\n>    ~~~\n'],
    ['a class as the language', '# a\n\n```{.bash}\nls\n```\n'],
    ['a bare attribute', '# a\n\n```{run}\nls\n```\n'],
    ['an interpreter of one block', '# a\n\n```text {interpreter=bash}\nls\n```\n'],
    ['nothing in a page of configuration', '# a\n\n```yaml\na: b\n```\n\n```\nls\n```\n'],
    ['indented code below a quote', '## Steps\n\n> \n    ls -l\n'],
    ['indented code below a list item', '# a\n\n- x\n\n      ls -l\n\n- y\n'],
    ['indented code below a table', '# a\n\n| a | b |\n| - | - |\n    ls -l\n'],
    ['HTML that is open before a heading', '# a\n\n<div>\n# b\n\n```sh\nls\n```\n</div>\n'],
    ['a link in HTML', '## Steps\n\n### a\n\n<b>\n[x](x.md)\n\n### b\n\n[x](x.md)\n'],
    ['an underlined heading', '- a\n\nSteps\n-----\n\n* b\n\nGo\n==\n\n```sh\nls\n```\n'],
    ['output behind prose', '## Steps\n\n```sh\nls\n```\n\n> * a\n\n```output\nx\n```\n'],
  ])('counts %s', (_, text) => {
    const source = sourceOf(new TextEncoder().encode(text));
    expect(skimRunbook(source)).toEqual(counted(source));
  });
});
