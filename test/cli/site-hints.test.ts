// Tests the hints of `check` for pages of a site.
import { expect, test } from 'vitest';
import { Rig } from '../e2e/rig.ts';

const page =
  '# T\n\n## Steps\n\n### A {confirm}\n\n```sh {name=a}\ntrue\n```\n\n```{.sh name=b}\ntrue\n```\n';

async function hintsOf(files: Readonly<Record<string, string>>, path: string) {
  const rig = await Rig.create();
  for (const [name, text] of Object.entries(files)) await rig.write(name, text);
  const { stdout } = await rig.run(['check', '--json', path]);
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { code: string; message: string; label?: string }[];
  };
  return diagnostics
    .filter(({ code }) => code.startsWith('braces-'))
    .map(({ code, label = '' }) => [code, label]);
}

test('in a MkDocs site, braces behind a language', async () => {
  expect(await hintsOf({ 'mkdocs.yml': 'site_name: x\n', 'docs/a.md': page }, 'docs/a.md')).toEqual([
    ['braces-in-mkdocs', 'write `{.sh name=a}`'],
  ]);
});

test('in MDX, attributes on a heading', async () => {
  expect(await hintsOf({ 'docusaurus.config.ts': '', 'docs/a.md': page }, 'docs/a.md')).toEqual([
    ['braces-in-mdx', ''],
  ]);
  expect(await hintsOf({ 'a.mdx': page }, 'a.mdx')).toEqual([['braces-in-mdx', '']]);
});

test('nowhere else', async () => {
  expect(await hintsOf({ 'a.md': page }, 'a.md')).toEqual([]);
});
