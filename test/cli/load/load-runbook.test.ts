// Tests that a runbook which is kept as it was read before is the one that reading anew gives.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { forgetConfiguration } from '../../../src/cli/load/load-configuration.ts';
import { loadPlan } from '../../../src/cli/load/load-plan.ts';
import { loadRunbook } from '../../../src/cli/load/load-runbook.ts';
import { KeptReadings } from '../../../src/engine/cache/kept-readings.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const corpus = join(root, '..', 'shared', 'corpus');

function cache() {
  const folder = mkdtempSync(join(tmpdir(), 'runsheet-kept-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, kept: () => new KeptReadings(join(folder, 'cache'), 'one') };
}

/** Everything but the functions of its source. */
function understood(path: string, kept?: KeptReadings) {
  const { runbook, source, diagnostics } = loadRunbook(path, kept);
  if (runbook === undefined) return { diagnostics };
  expect(runbook.source).toBe(source);
  const { source: _, ...rest } = runbook;
  return { rest, diagnostics };
}

function planned(path: string, kept?: KeptReadings) {
  const { runbook } = loadRunbook(path, kept);
  return runbook && loadPlan(runbook).plan;
}

const markdownBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join(folder, path));

test.each(['runbooks', 'templates'])(
  'pages of %s are kept as they are read, down to their plans',
  (folder) => {
    expectKept(markdownBelow(join(root, folder)));
  },
);

test.skipIf(!existsSync(corpus))('so are public ones', () => {
  expectKept(markdownBelow(corpus));
});

function expectKept(pages: readonly string[]) {
  const { folder, kept } = cache();
  expect(pages.length).toBeGreaterThan(5);
  for (const page of pages) {
    const anew = understood(page, kept());
    expect(understood(page, kept())).toStrictEqual(anew);
  }
  expect(readdirSync(join(folder, 'cache', 'readings')).length).toBe(Math.min(200, pages.length));
  return { kept };
}

test('whatever changes of a page and of what holds for it, what is kept is never told of something else', () => {
  const { folder, kept } = cache();
  mkdirSync(join(folder, 'pages'));
  const change = fc.record({
    name: fc.constantFrom('a.md', 'b.md'),
    text: fc.constantFrom(
      '# A\n\n## Steps\n\n```sh {name=one}\necho $NAME\n```\n',
      '---\nerrexit: true\n---\n\n# A\n\n## Doings\n\n```sh\necho <name>\n```\n\n## Steps\n\n[b](b.md)\n',
      '# A\n\n## Steps\n\n```sh {nane=one}\necho one\n```\n',
      '\uFEFF# Ä\r\n\r\n## Steps\r\n\r\n```sh\r\necho ä\r\n```\r\n',
      'a\0b',
    ),
    ini: fc.constantFrom('', 'NAME = ada\n', 'NAME = eve\n'),
    configuration: fc.constantFrom(
      '',
      'errexit: false\n',
      'sections: { steps: [Doings] }\n',
      'log: copy\n',
      '{',
    ),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
      for (const { name, text, ini, configuration } of changes) {
        writeFileSync(join(folder, 'pages', name), text);
        writeFileSync(join(folder, 'pages', name.replace('.md', '.ini')), ini);
        writeFileSync(join(folder, 'pages', 'runsheet.yaml'), configuration);
        forgetConfiguration();
        for (const page of ['a.md', 'b.md']) {
          const path = join(folder, 'pages', page);
          expect(understood(path, kept())).toStrictEqual(understood(path));
          expect(planned(path, kept())).toStrictEqual(planned(path));
        }
      }
    }),
    { numRuns: 25 },
  );
});
