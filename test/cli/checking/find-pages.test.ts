// Tests which of the names that `check` is given are pages.
import { expect, test } from 'vitest';
import { Rig } from '../../e2e/rig.ts';

test('what is named and no Markdown is told, and not said to have no errors', async () => {
  const rig = await Rig.create();
  for (const name of ['a.org', 'b.ipynb', 'job.yaml', 'page.md', 'notes.txt']) await rig.write(name, '# T\n');
  const { stderr, exitCode } = await rig.run(['check', 'a.org', 'b.ipynb', 'job.yaml']);
  expect([exitCode, stderr]).toEqual([
    2,
    `error: \`a.org\` is no Markdown, and was not checked; \`pandoc -f org -t gfm a.org\` makes some of it
error: \`b.ipynb\` is no Markdown, and was not checked; \`pandoc -f ipynb -t gfm b.ipynb\` makes some of it
error: \`job.yaml\` is no Markdown, and was not checked
0 runbooks checked: 0 errors, 0 warnings, 0 hints
`,
  ]);
  expect((await rig.run(['check', 'page.md', 'notes.txt'])).exitCode).toBe(0);
});

test('of a front matter that cannot be used nothing is said to be missing', async () => {
  const rig = await Rig.create();
  await rig.write('a.md', '---\ndescription: For this.\nowner: [\n---\n# T\n\n## Steps\n\n```sh\nls\n```\n');
  const { stderr, exitCode } = await rig.run(['check', 'a.md']);
  expect([exitCode, stderr.match(/^\w+\[.*?\]/gm)]).toEqual([2, ['error[front-matter-yaml]']]);
});

test('a file that is not there has no runs, and a page no place in a folder that is not there', async () => {
  const rig = await Rig.create();
  await rig.write('rb/a.md', '# T\n\n## Steps\n\n```sh\nls\n```\n');
  const runs = await rig.run(['runs', 'nofile.md']);
  const index = await rig.run(['index', 'rb', '-o', 'out/INDEX.md']);
  expect([runs.exitCode, runs.stderr, index.exitCode, index.stderr]).toEqual([
    2,
    'error: there is no file `nofile.md`, and no run of it\n',
    2,
    'error: cannot write `out/INDEX.md`: there is no folder `out`\n  = help: make the folder first\n',
  ]);
});
