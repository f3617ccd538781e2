// Tests what is kept of pages between one command and the next: it saves time, and nothing is run that was only kept.
import { hash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectExit, Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';

const page = (text: string): string =>
  `# Page\n\n[linked](linked.md)\n\n## Steps\n\n### Say it\n\n\`\`\`sh {name=say}\necho ${text} >>log\n\`\`\`\n\n### Then\n\n[More](linked.md)\n`;
const linked = '# More\n\n## Steps\n\n### Add\n\n```sh {name=add}\necho linked >>log\n```\n';

async function rigWithPage() {
  const rig = await Rig.create();
  await rig.write('page.md', page('written'));
  await rig.write('linked.md', linked);
  const cache = rig.path('cache');
  const env = { XDG_CACHE_HOME: cache };
  const folder = join(cache, 'runsheet', 'readings');
  return {
    rig,
    env,
    print: () => rig.run(['print', 'page.md'], { env }),
    kept: () => readdirSync(folder).map((name) => join(folder, name)),
    /** What whoever may write to the folder can do: another text, as long, in the place of one. */
    forge: (from: string, to: string) => {
      expect(to).toHaveLength(from.length);
      for (const name of readdirSync(folder)) {
        const content = readFileSync(join(folder, name)).toString('latin1', 64);
        const forged = Buffer.from(content.replaceAll(from, to), 'latin1');
        const digest = hash('sha256', Buffer.concat([Buffer.from(name), forged]), 'hex');
        writeFileSync(join(folder, name), Buffer.concat([Buffer.from(digest), forged]));
      }
    },
    guide: () => rig.terminal(['run', 'page.md', '--log', 'none'], { env }),
  };
}

test('a page is printed as it was kept, until it or what is set beside it is another', async () => {
  const { rig, print, kept, forge } = await rigWithPage();
  const first = await print();
  expectExit(first, 0);
  expect(kept()).toHaveLength(2);
  expect(await print()).toEqual(first);
  forge('Say it', 'Forged');
  expect((await print()).stdout).toContain('[sub-heading] Forged');
  await rig.write('page.md', page('other'));
  expect((await print()).stdout).toBe(first.stdout.replace('written', 'other'));
  await rig.write('runsheet.yaml', 'sections: { context: [Steps] }\n');
  expect((await print()).stdout).not.toContain('sub-heading');
});

test.each([
  ['the page', 'echo written', 'echo  forged'],
  ['a page that it links to', 'echo linked', 'echo forged'],
])('nothing is run of what was only kept of %s', async (_, from, to) => {
  const { rig, kept, forge, guide, print } = await rigWithPage();
  await print();
  forge(from, to);
  const refused = guide();
  await refused.waitFor('Enter begin');
  refused.type(keys.enter);
  expect((await refused.ended).exitCode).toBe(2);
  expect(
    refused
      .scrolled()
      .filter((line) => line !== '')
      .slice(-2),
  ).toEqual([
    'error: what was kept of a page is not what it says, so nothing was run',
    '  = help: it is forgotten: `runsheet run page.md` reads the page',
  ]);
  expect(readdirSync(rig.path())).not.toContain('log');
  expect(readdirSync(join(rig.stateFolder, 'runs'))).toEqual([]);
  expect(kept()).toHaveLength(1);

  // Where nobody looks, nothing is taken from there.
  forge('echo written', 'echo  forged');
  expectExit(await rig.run(['run', 'page.md', '--yes', '--surface', 'plain', '--log', 'none']), 0);
  expect(await rig.file('log')).toBe('written\nlinked\n');
});

test('nor line by line', async () => {
  const { rig, env, forge, print } = await rigWithPage();
  await print();
  forge('echo written', 'echo  forged');
  const refused = rig.terminal(['run', 'page.md', '--log', 'none', '--surface', 'prompt'], { env });
  expect((await refused.ended).exitCode).toBe(2);
  expect(refused.scrolled().join('\n')).toContain('is not what it says, so nothing was run');
  expect(readdirSync(rig.path())).not.toContain('log');
});

test('no command of an input is run that was only kept', async () => {
  const { rig, forge, guide, print } = await rigWithPage();
  await rig.write(
    'page.md',
    `---\ninputs:\n  ZONE: { default: { command: "echo eu-1 >asked" } }\n---\n\n${page('written')}`,
  );
  await print();
  forge('echo eu-1 >asked', 'echo evil >asked');
  const refused = guide();
  expect((await refused.ended).exitCode).toBe(2);
  expect(refused.scrolled()[0]).toBe(
    'error: what was kept of a page is not what it says, so nothing was run',
  );
  expect(readdirSync(rig.path())).not.toContain('asked');
  const again = guide();
  await again.waitFor('Esc leave');
  again.type(keys.escape);
  await again.ended;
  expect(await rig.file('asked')).toBe('eu-1\n');
});

test('a guided run of a page that was kept is that of the page', async () => {
  const { rig, guide, print } = await rigWithPage();
  await print();
  const terminal = guide();
  for (const [offer, key] of [
    ['Enter begin', keys.enter],
    ['a run all', 'a'],
    ['y run all', 'y'],
    ['Enter close', keys.enter],
  ] as const) {
    await terminal.waitFor(offer);
    terminal.type(key);
  }
  expect((await terminal.ended).exitCode).toBe(0);
  expect(await rig.file('log')).toBe('written\nlinked\n');
});
