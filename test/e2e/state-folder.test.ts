// Tests that a state folder in which others could change runs is refused, and that one that is shared is said to be.
import { chmodSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeAccounts, mayBeOthers } from './accounts.ts';
import { expectExit, Rig } from './rig.ts';
import { runsOf } from './told-story.ts';

async function paused() {
  const rig = await Rig.create();
  await rig.write('look.md', '# Look\n\n## Steps\n\n### Look\n\nLook at it.\n');
  expect((await rig.run(['run', 'look.md', '--yes'])).exitCode).toBe(5);
  return { rig, id: (await runsOf(rig))[0]?.id ?? '' };
}

const help =
  '  = help: `chmod 700` keeps it yours; a group of its own and `chmod 2770` share it with that group\n';

describe('a state folder that others may write to', () => {
  it.each([
    [0o777, 'everybody may write to it'],
    [0o770, 'its group may write to it, but it was not given to the group'],
  ])('is refused by every command, with mode %o', async (mode, why) => {
    const { rig, id } = await paused();
    chmodSync(rig.stateFolder, mode);
    for (const args of [
      ['run', 'look.md', '--yes'],
      ['resume', '--yes', '--manual', 'skip'],
      ['rollback', id, '--yes'],
      ['approve', id],
      ['show'],
      ['runs'],
      ['report'],
      ['verify'],
    ]) {
      const { exitCode, stderr } = await rig.run(args);
      expect([args[0], exitCode, stderr]).toEqual([
        args[0],
        2,
        `error: \`${rig.stateFolder}\` is not safe: ${why}\n${help}`,
      ]);
    }
  });

  it('is refused where it is the folder of one run alone, or a link in its place', async () => {
    const { rig, id } = await paused();
    const folder = join(rig.stateFolder, 'runs', id);
    chmodSync(folder, 0o777);
    for (const args of [
      ['resume', '--yes', '--manual', 'skip'],
      ['rollback', id, '--yes'],
      ['approve', id],
      ['deny', id],
      ['show', id],
      ['report', id],
      ['verify', id],
    ]) {
      const { exitCode, stderr } = await rig.run(args);
      expect([args[0], exitCode, stderr]).toEqual([
        args[0],
        2,
        `error: \`${folder}\` is not safe: everybody may write to it\n${help}`,
      ]);
    }
    chmodSync(folder, 0o700);
    mkdirSync(rig.path('elsewhere'));
    renameSync(folder, rig.path('elsewhere', id));
    symlinkSync(rig.path('elsewhere', id), folder);
    const linked = await rig.run(['resume', id, '--yes', '--manual', 'skip']);
    expect([linked.exitCode, linked.stderr]).toEqual([
      2,
      `error: \`${folder}\` is not safe: it is a symbolic link\n${help}`,
    ]);
  });
});

// Only root can give a folder to a group that it is not in.
it.skipIf(!mayBeOthers)(
  'a run in a shared folder says so, where it starts and where it is taken up',
  async () => {
    const { ada } = makeAccounts();
    const rig = await Rig.create();
    await rig.share(ada);
    await rig.write('look.md', '# Look\n\n## Steps\n\n### Look\n\nLook at it.\n');
    const note =
      'note: this run is shared with the group `rs-ops`: its members can change it, and so run code as you\n';
    const first = await rig.run(['run', 'look.md', '--yes', '--log', 'none'], { as: ada });
    expect(first.stderr).toContain(note);
    const again = await rig.run(['resume', '--yes', '--manual', 'skip'], { as: ada });
    expect([again.exitCode, again.stderr.startsWith(note)]).toEqual([0, true]);
  },
);

it.skipIf(!mayBeOthers)(
  'an account that the system does not list and that has no home runs with a state folder',
  async () => {
    const nobody = { name: '54321', uid: 54321, gid: 54321 };
    const rig = await Rig.create();
    await rig.share(nobody);
    await rig.write('page.md', '# Page\n\n## Steps\n\n### Say it\n\n```sh\necho said\n```\n');
    const call = (args: readonly string[], env: Record<string, string | undefined> = {}) =>
      rig.run([...args], { as: nobody, env: { HOME: undefined, ...env } });
    const run = ['run', 'page.md', '--yes', '--surface', 'plain', '--log', 'none'];
    expectExit(await call(['print', 'page.md']), 0);
    expectExit(await call(['list', '.']), 0);
    expectExit(await call(run), 0);
    const homeless = await call(run, { RUNSHEET_STATE: undefined });
    expect([homeless.exitCode, homeless.stderr.split('\n').slice(-3)]).toEqual([
      2,
      [
        'error: cannot record the run, so nothing was run: permission denied (`/.local`)',
        '  = help: runs are kept in the state folder; --state-dir names another one',
        '',
      ],
    ]);
  },
);
