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

test('beside a `.env` file, a variable that only it has', async () => {
  const rig = await Rig.create();
  await rig.write('.env', '# x\nA=1\nB=2\nC=3\n');
  await rig.write(
    'a.md',
    '---\nenv: { A: 1 }\n---\n# T\n\n```sh\nB=2; echo $A $B\n```\n\n```sh\necho $C\n```\n',
  );
  const { stderr, exitCode } = await rig.run(['check', 'a.md']);
  expect(exitCode).toBe(0);
  expect(
    stderr,
  ).toContain(`hint[unread-env-file]: \`$C\` is in \`.env\`, which no run reads unless it is named
  --> a.md:10:1
`);
  expect(stderr).toContain('= help: declare it, `inputs: { C: {} }`, and run with `--inputs .env`\n');
  await rig.write('.env', 'A=1\nB=2\n');
  expect((await rig.run(['check', 'a.md'])).stderr).not.toContain('unread-env-file');
});

test('nowhere else', async () => {
  expect(await hintsOf({ 'a.md': page }, 'a.md')).toEqual([]);
});
