// Tests handlers: what follows a change, what follows its undo, and what follows nothing.
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { namedUser } from './named-user.ts';
import { expectExit, Rig } from './rig.ts';
import { storyOf } from './told-story.ts';

const ada = { env: namedUser('ada') };

const fence = (info: string, code: string) => `\`\`\`${info}\n${code}\n\`\`\`\n`;

/** A service that takes up its configuration when it is told to. */
const head = '---\nhandlers: { web: "cat app.conf >> taken-up" }\n---\n# Web\n\n## Steps\n\n';

const change = `### Change\n\n${fence('ini {file=app.conf handler=web}', 'new')}\n${fence('sh {name=flag handler=web check="test -e flag"}', 'touch flag')}\n#### Rollback\n\n${fence('sh {name=unflag}', 'rm flag')}\n`;

async function rigWith(page: string): Promise<Rig> {
  const rig = await Rig.create();
  await rig.write('app.conf', 'old\n');
  await rig.write('page.md', head + page);
  return rig;
}

const run = (rig: Rig, ...more: readonly string[]) => rig.run(['run', 'page.md', '--yes', ...more], ada);

const begun = async (rig: Rig) =>
  (await storyOf(rig)).filter((line) => / (?:started|skipped\b.*)$/.test(line));

describe('a handler', () => {
  it('runs once at the end of a step that has changed something, however many blocks name it', async () => {
    const rig = await rigWith(change);
    expectExit(await run(rig), 0);
    expect(await rig.file('taken-up')).toBe('new\n');
    expect(await begun(rig)).toEqual(['`change` started', '`flag` started', '`change/then/web` started']);
    expect(await rig.file('page.md')).toContain('> - ✔ passed `change/then/web` in ');
  });

  it('follows nothing where all was done already', async () => {
    const rig = await rigWith(change);
    await writeFile(rig.path('app.conf'), 'new\n');
    await writeFile(rig.path('flag'), '');
    expectExit(await run(rig), 0);
    expect(await rig.exec('ls', ['taken-up'])).toMatchObject({ exitCode: 2 });
    expect(await begun(rig)).toEqual(['`change/then/web` skipped: nothing that it follows has changed']);
  });

  it('follows the one block that was not', async () => {
    const rig = await rigWith(change);
    await writeFile(rig.path('app.conf'), 'new\n');
    expectExit(await run(rig), 0);
    expect(await rig.file('taken-up')).toBe('new\n');
  });

  it('runs once more behind the undos of its step, when the old file is back', async () => {
    const rig = await rigWith(`${change}### Fail\n\n${fence('sh', 'false')}`);
    expectExit(await run(rig, '--on-failure', 'rollback'), 3);
    expect(await rig.file('app.conf')).toBe('old\n');
    expect(await rig.file('taken-up')).toBe('new\nold\n');
    expect((await begun(rig)).slice(-3)).toEqual([
      '`change/undo` started',
      '`unflag` started',
      '`change/then/web/undo` started',
    ]);
  });

  it('is no part of a rollback that takes back none of its blocks', async () => {
    const rig = await rigWith(`### Before\n\n${fence('sh', 'false')}\n${change}`);
    expectExit(await run(rig, '--on-failure', 'rollback'), 1);
    expect((await storyOf(rig)).filter((line) => line.includes('then/web'))).toEqual([]);
  });

  it('fails its step, which is rolled back', async () => {
    const rig = await rigWith(change);
    await rig.write('page.md', (head + change).replace('cat app.conf', 'grep old app.conf'));
    expectExit(await run(rig, '--on-failure', 'rollback'), 3);
    expect(await rig.file('app.conf')).toBe('old\n');
    expect(await rig.file('taken-up')).toBe('old\n');
  });

  it('is run by the run that goes on where one was killed between the change and it', async () => {
    const rig = await rigWith(
      `### Change\n\n${fence('sh {handler=web}', 'echo new > app.conf')}\n${fence('sh {name=last handler=web}', 'test -e again || { touch again; kill -9 $PPID; sleep 60; }')}`,
    );
    const killed = await rig.run(['run', 'page.md', '--yes', '--log', 'none'], ada);
    expect(killed.exitCode).not.toBe(0);
    const [, id] = /run (\S+)/.exec(await rig.run(['runs']).then(({ stdout }) => `run ${stdout}`)) ?? [];
    expectExit(await rig.run(['resume', id ?? '', '--yes'], ada), 5);
    expectExit(await rig.run(['resume', id ?? '', '--surface', 'prompt'], { ...ada, input: 'r\n\n\n' }), 0);
    expect(await rig.file('taken-up')).toBe('new\n');
  });

  it('is told of before, in a dry run and in what a rehearsal leaves out', async () => {
    const rig = await rigWith(change);
    const dry = await rig.run(['run', 'page.md', '--dry-run'], ada);
    expect(dry.stdout).toMatch(/flag {2}sh \(change, unless `test -e flag`, then `web`\)/);
    expect(dry.stdout).toMatch(
      /change\/then\/web {2}sh \(change, follows what was changed\)\n {6}cat app\.conf >> taken-up\n/,
    );
    expectExit(await run(rig, '--rehearse'), 0);
    expect(await rig.file('app.conf')).toBe('old\n');
    expect((await begun(rig)).at(-1)).toBe('`change/then/web` skipped: this is a rehearsal');
  });
});

it.each([
  ['handlers: { web: "false" }', 2],
  ['handlers:\n  # A comment of theirs.\n  web: "false"', 4],
  ['handlers:\n  web:\n    run: |\n      true\n      false', 6],
])('fails at the line of the front matter that it stands in: %j', async (handlers, line) => {
  const rig = await rigWith('');
  const step = `## Steps\n\n${fence('sh {name=a handler=web}', 'true')}`;
  await rig.write('page.md', `---\n${handlers}\n---\n# Web\n\n${step}`);
  const { stderr } = await run(rig);
  expect(stderr).toContain(`exit 1 at line ${line}: \`false\``);
});

it('runs as the account that its long form names, within its time', async () => {
  const rig = await rigWith(`### Change\n\n${fence('sh {handler=web}', 'true')}`);
  await rig.write(
    'page.md',
    `---\nhandlers: { web: { run: "sleep 60", timeout: 100ms } }\n---\n# Web\n\n## Steps\n\n${fence('sh {name=a handler=web}', 'true')}`,
  );
  const { exitCode, stderr } = await run(rig);
  expect([exitCode, /`steps\/then\/web` failed .*: .*100 ms/.test(stderr)]).toEqual([1, true]);
});

describe('the check of a handler', () => {
  /** Takes the configuration up, and at its first time is killed with the tool before or after that. */
  const page = (killed: 'before' | 'after'): string => {
    const kill = 'test -e again || { touch again; kill -9 $PPID; sleep 60; }';
    const code = ['cat app.conf >>taken-up', kill];
    const lines = (killed === 'before' ? code.reverse() : code).map((line) => `      ${line}`).join('\n');
    const handler = `  web:\n    run: |\n${lines}\n    check: test "$(tail -n 1 taken-up)" = "$(cat app.conf)"`;
    return `---\nhandlers:\n${handler}\n---\n# Web\n\n## Steps\n\n### Change\n\n${fence('ini {name=change file=app.conf handler=web}', 'new')}`;
  };

  it.each([
    ['before', 'run again', 'unattended: its check says that it is not done'],
    ['after', 'done', 'unattended: its check holds'],
  ] as const)('settles what became of one that was killed %s it had run', async (killed, as, note) => {
    const rig = await rigWith('');
    await rig.write('taken-up', 'old\n');
    await rig.write('page.md', page(killed));
    expect((await run(rig, '--log', 'none')).exitCode).not.toBe(0);
    expectExit(await rig.run(['resume', '--yes'], ada), 0);
    expect(await rig.file('taken-up')).toBe('old\nnew\n');
    const settled = (await storyOf(rig)).find((line) => line.includes('no longer in doubt')) ?? '';
    expect(settled).toContain(`\`change/then/web\` is no longer in doubt: ${as}, decided by ada`);
    expect(settled).toContain(note);
  });

  it('has to hold after it, and is not asked before', async () => {
    const rig = await rigWith('');
    await rig.write(
      'page.md',
      `---\nhandlers: { web: { run: "echo run >>ran", check: "echo asked >>ran; test ! -e down" } }\n---\n# Web\n\n## Steps\n\n${fence('sh {name=a handler=web}', 'touch down')}`,
    );
    expectExit(await run(rig), 1);
    expect(await rig.file('ran')).toBe('run\nasked\n');
    expect((await rig.run(['run', 'page.md', '--dry-run'], ada)).stdout).toContain(
      'has run if `echo asked >>ran; test ! -e down`, follows what was changed',
    );
  });
});
