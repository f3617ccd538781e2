// Tests proposals for pages that were written for no tool: shown as a difference, written where that is asked for.
import { expect, test } from 'vitest';
import { expectExit, Rig } from './rig.ts';

const page = `# Restart

## Steps

### 1. Restart it

\`\`\`
systemctl restart app
\`\`\`

Output:

\`\`\`
restarted
\`\`\`
`;

test('a difference, and the page itself where it is to be written', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', page.replaceAll('\n', '\r\n'));
  const shown = await rig.run(['import', 'page.md']);
  expectExit(shown, 0);
  expect(shown.stderr).toBe(
    'page.md: 2 additions, nothing taken away; 1 doubt before, 0 after; --write writes it\n',
  );
  expect(shown.stdout).toMatch(/^--- page.md\n\+\+\+ page.md\n@@ /);
  expect(await rig.file('page.md')).toBe(page.replaceAll('\n', '\r\n'));

  expectExit(await rig.run(['import', 'page.md', '--write']), 0);
  const [before, after] = [page.replaceAll('\n', '\r\n'), await rig.file('page.md')];
  expect(after).toBe(
    before
      .replace('```\r\nsystemctl', '```sh\r\nsystemctl')
      .replace('```\r\nrestarted', '```output\r\nrestarted'),
  );
  const again = await rig.run(['import', 'page.md']);
  expect([again.stdout, again.stderr]).toEqual(['', 'page.md: nothing to add; 0 doubts\n']);
});
