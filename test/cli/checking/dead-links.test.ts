// Tests which links of a page are told to lead nowhere.
import { expect, test } from 'vitest';
import { Rig } from '../../e2e/rig.ts';

test('files that are not there, and nothing that may be something else', async () => {
  const rig = await Rig.create();
  await rig.write('docs/there is.md', '# There\n');
  await rig.write(
    'docs/a.md',
    [
      '# T',
      '[a](gone.md) [b](../gone.png "x") [c](<gone.sh>) ![d](./gone.svg#x)',
      '[e](there%20is.md#x) [f](https://x.org/gone.md) [g](/gone.md) [h](site/page) [i](#t)',
      '`[j](gone.md)` <!-- [k](gone.md) --> [l]({{ x }}.md) [m](mailto:a@b.md)',
      '```sh',
      'echo "[n](gone.md)"',
      '```',
      '[here][r], and a note[^1]',
      '[r]: lost.md "x"\n[s]: <lost.png>\n[t]: https://x.org/lost.md\n[u]: there%20is.md',
      '[^1]: lost.txt',
      '',
    ].join('\n\n'),
  );
  const { stdout, exitCode } = await rig.run(['check', '--json', 'docs/a.md']);
  const found = JSON.parse(stdout).diagnostics.filter(({ code }: { code: string }) => code === 'dead-link');
  expect([exitCode, ...found.map((one: { message: string }) => one.message)]).toEqual([
    0,
    ...['gone.md', '../gone.png', 'gone.sh', './gone.svg', 'lost.md', 'lost.png'].map(
      (name) => `there is no file \`${name}\` next to this page`,
    ),
  ]);
});
