// Tests a page in a checkout that belongs to a group, run by real accounts that are not its owner.
import { execFileSync } from 'node:child_process';
import { chmod, chown, stat } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeAccounts, mayBeOthers } from './accounts.ts';
import { resultsOf, runLogOf } from './document-results.ts';
import { expectExit, Rig } from './rig.ts';

const page =
  '# T\n\n## Steps\n\n### a\n\n```sh\necho a\n```\n\n### b\n\nDo it.\n\n### c\n\n```sh\necho c\n```\n';

// Who is not root cannot be somebody else: these are run by continuous integration, which is.
describe.skipIf(!mayBeOthers)('a page in a checkout of a group', () => {
  let people: ReturnType<typeof makeAccounts>;
  beforeAll(() => {
    people = makeAccounts();
  });

  /** The page is ada's, and its folder the group's. */
  async function checkout(mode: number, text = page): Promise<Rig> {
    const rig = await Rig.create();
    await rig.share(people.ada);
    await chown(await rig.write('small.md', text), people.ada.uid, people.ada.gid);
    await chmod(rig.path('small.md'), mode);
    await chmod(rig.path(), 0o2775);
    return rig;
  }

  test('takes the results of all its members, and stays the file of its owner', async () => {
    const { ada, grace } = people;
    const rig = await checkout(0o664);
    expectExit(await rig.run(['run', 'small.md', '--yes'], { as: ada }), 5);
    const resumed = await rig.run(['resume', 'small.md', '--yes', '--manual', 'skip'], { as: grace });
    expectExit(resumed, 0);
    expect(resumed.stderr).not.toMatch(/cannot be written|not in the document/);
    const written = await rig.file('small.md');
    expect(Object.keys(resultsOf(written))).toEqual(['a', 'b', 'c']);
    expect(runLogOf(written)[0]?.[2]).toBe('✔ succeeded');
    const now = await stat(rig.path('small.md'));
    expect([now.uid, now.gid, now.mode & 0o7777]).toEqual([ada.uid, ada.gid, 0o664]);
    expect((await rig.exec('ls', ['-A'])).stdout).not.toContain('.both');
  });

  test('that only its owner may write is said before anything runs, also where a run is taken up', async () => {
    const { ada, grace } = people;
    const rig = await checkout(0o644);
    const refused = await rig.run(['run', 'small.md', '--yes'], { as: grace });
    expectExit(refused, 2);
    expect(refused.stderr).toBe(
      'error: results cannot be written into `small.md`: the file or its folder is not writable\n' +
        '  = help: --log copy writes them beside it, --log none keeps them in the journal only\n',
    );
    expectExit(await rig.run(['run', 'small.md', '--yes'], { as: ada }), 5);
    const resumed = await rig.run(['resume', 'small.md', '--yes', '--manual', 'skip'], { as: grace });
    expectExit(resumed, 5);
    const told = resumed.stderr.split('\n');
    const isTold = (line: string): boolean => line.startsWith('note: results cannot be written into');
    expect(told.findIndex(isTold)).toBeLessThan(told.findIndex((line) => line.includes('`c` started')));
    expect(told.some(isTold)).toBe(true);
    // They are not lost: whoever may write the page can have them written.
    expectExit(await rig.run(['resume', 'small.md', '--yes'], { as: ada }), 0);
    expect(runLogOf(await rig.file('small.md'))[0]?.[2]).toBe('✔ succeeded');
  });

  test('is whole again when the tool that wrote it was killed on the way', async () => {
    const { ada, grace } = people;
    // What only looks runs again by itself where its end was not seen.
    const looking = page.replaceAll('```sh', '```sh {risk=read}');
    const rig = await checkout(0o664, looking);
    expectExit(await rig.run(['run', 'small.md', '--yes'], { as: ada }), 5);
    const kill = "while ! ls -A | grep -q '[.]both$'; do :; done; kill -9 $1";
    const resumed = rig.start(['resume', 'small.md', '--yes', '--manual', 'skip'], { as: grace });
    try {
      execFileSync('timeout', ['20', 'bash', '-c', kill, 'kill', String(resumed.pid)], { cwd: rig.path() });
    } catch {
      // It had ended before: then there is nothing to mend.
    }
    await resumed.ended;
    // Where the kill came too late there is nothing left to do, which is 2.
    const again = await rig.run(['resume', 'small.md', '--yes', '--manual', 'skip'], { as: ada });
    expect([0, 2]).toContain(again.exitCode);
    const written = await rig.file('small.md');
    expect(Object.keys(resultsOf(written))).toEqual(['a', 'b', 'c']);
    expect((await rig.exec('ls', ['-A'])).stdout).not.toContain('.both');
    expectExit(await rig.run(['clear', 'small.md'], { as: ada }), 0);
    expect(await rig.file('small.md')).toBe(looking);
  });
});
