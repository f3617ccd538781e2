// Tests blocks that are files: what is written, what is asked, what is put back, and what is never done.
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { mayBeOthers } from './accounts.ts';
import { namedUser } from './named-user.ts';
import { expectExit, Rig } from './rig.ts';
import { storyOf } from './told-story.ts';

const ada = { env: namedUser('ada') };

/** A page with one block that is a file, and what follows it. */
const page = (info: string, content: string, behind = '') =>
  `# Files\n\n## Steps\n\n### Write\n\n\`\`\`${info}\n${content}\`\`\`\n${behind}`;

const failing = '\n### Fail\n\n```sh {name=fail}\nfalse\n```\n';

async function run(rig: Rig, ...more: readonly string[]) {
  return rig.run(['run', 'page.md', '--yes', ...more], ada);
}

/** All that a rollback has to give back. */
async function lookAt(rig: Rig, name: string) {
  const path = rig.path(name);
  const { mode, uid, gid } = await stat(path);
  return { bytes: await readFile(path), mode, uid, gid, isLink: (await lstat(path)).isSymbolicLink() };
}

describe('a file', () => {
  it('is written, is found as it is to be the next time, and stands in the page as what has changed', async () => {
    const rig = await Rig.create();
    await rig.write('app.conf', 'listen 1\nroot /a\n');
    await rig.write(
      'page.md',
      page('ini {file=app.conf mode=0600 validate="grep listen $FILE"}', 'listen 2\nroot /a\n'),
    );
    expectExit(await run(rig), 0);
    expect(await rig.file('app.conf')).toBe('listen 2\nroot /a\n');
    expect((await stat(rig.path('app.conf'))).mode & 0o7777).toBe(0o600);
    expect(await readdir(rig.path())).toEqual(['app.conf', 'page.md']);
    expect(await storyOf(rig)).toEqual([
      'run RUN of `Files` started by ada',
      'steps',
      `\`write\` changes \`${rig.path('app.conf')}\`: 1 line added, 1 line taken away and mode 0644 → 0600`,
      '`write` started',
      '`write` passed (6 lines)',
      'the run succeeded: every step that was to run has passed',
    ]);
    expect(await rig.file('page.md')).toContain(
      '```text\nmode 0644 → 0600\n@@ -1,2 +1,2 @@\n-listen 1\n+listen 2\n root /a\nlisten 2\n```',
    );
    expectExit(await run(rig), 0);
    expect((await storyOf(rig)).slice(2, 4)).toEqual([
      `\`write\` finds \`${rig.path('app.conf')}\` as it is to be`,
      '`write` is already done',
    ]);
  });

  it('is put back byte for byte, with mode, owner and link, when a later step fails', async () => {
    const rig = await Rig.create();
    await mkdir(rig.path('real'));
    await rig.write('real/app.bin', Buffer.from([0, 1, 2, 255, 10, 39, 92]));
    await chmod(rig.path('real/app.bin'), 0o4711);
    if (mayBeOthers) await chown(rig.path('real/app.bin'), 1234, 4321);
    await chmod(rig.path('real/app.bin'), 0o4711);
    await symlink('real/app.bin', rig.path('app'));
    await rig.write('page.md', page('text {file=app mode=0644}', 'text\n', failing));
    const before = await lookAt(rig, 'app');
    expectExit(await run(rig, '--on-failure', 'rollback'), 3);
    expect(await lookAt(rig, 'app')).toEqual(before);
    const story = await storyOf(rig);
    expect(story).toContain('`write/undo` passed (2 lines)');
    expect(story.at(-1)).toBe(
      'the run failed and was rolled back: the rollback is complete; no undo is written for `fail`',
    );
    expect(await readdir(rig.path('real'))).toEqual(['app.bin']);
  });

  it('that was not there is taken away again', async () => {
    const rig = await Rig.create();
    await rig.write('page.md', page('text {file=new}', 'text\n', failing));
    expectExit(await run(rig, '--on-failure', 'rollback'), 3);
    expect(await readdir(rig.path())).toEqual(['page.md']);
  });

  it('is not put back where somebody has changed it since', async () => {
    const rig = await Rig.create();
    await rig.write('a', 'old\n');
    const meddling = '\n### Meddle\n\n```sh {name=meddle}\necho theirs > a; false\n```\n';
    await rig.write('page.md', page('text {file=a}', 'new\n', meddling));
    expectExit(await run(rig, '--on-failure', 'rollback'), 6);
    expect(await rig.file('a')).toBe('theirs\n');
    expect((await storyOf(rig)).at(-3)).toBe(
      `\`write/undo\` failed: \`${rig.path('a')}\` has changed since it was written, and is left as it is`,
    );
  });

  it('stays as it is where what looks at the new one fails, with what that has printed', async () => {
    const rig = await Rig.create();
    await rig.write('a', 'old\n');
    await rig.write('page.md', page('text {file=a validate="echo no good; exit 3"}', 'new\n'));
    expectExit(await run(rig), 1);
    expect(await rig.file('a')).toBe('old\n');
    expect(await readdir(rig.path())).toEqual(['a', 'page.md']);
    expect(await storyOf(rig)).toContain(
      '`write` failed (4 lines): `echo no good; exit 3` ended with exit 3 on the new file, and the old one stays',
    );
    expect(await rig.file('page.md')).toContain('no good\n```');
  });

  it('is compared and left alone in a rehearsal', async () => {
    const rig = await Rig.create();
    await rig.write('a', 'old\n');
    await rig.write('page.md', page('text {file=a}', 'new\n'));
    const { stderr, exitCode } = await rig.run(
      ['run', 'page.md', '--rehearse', '--yes', '--surface', 'plain'],
      ada,
    );
    expect(exitCode).toBe(0);
    expect(stderr).toContain('-old\n  +new\n');
    expect(await rig.file('a')).toBe('old\n');
    expect((await storyOf(rig)).slice(2, 4)).toEqual([
      `\`write\` changes \`${rig.path('a')}\`: 1 line added, 1 line taken away`,
      '`write` skipped: this is a rehearsal',
    ]);
  });

  it.each([
    ['its folder does not exist; make it before, with `mkdir -p`', 'gone/a', async () => undefined],
    ['it is a folder', 'a', (rig: Rig) => mkdir(rig.path('a'))],
    ['it is neither a file nor a link to one', 'a', (rig: Rig) => rig.exec('mkfifo', [rig.path('a')])],
    ['its symbolic links lead in a circle', 'a', (rig: Rig) => symlink('a', rig.path('a'))],
    [
      'it has other names (hard links), which would go on with the old content',
      'a',
      async (rig: Rig) => {
        await writeFile(rig.path('a'), 'x');
        await link(rig.path('a'), rig.path('b'));
      },
    ],
    ['a variable of its path is not set, or is empty', '$NOWHERE/a', async () => undefined],
  ])('is refused by name: %s', async (words, path, prepare) => {
    const rig = await Rig.create();
    await prepare(rig);
    await rig.write('page.md', page(`text {file=${path}}`, 'new\n'));
    expectExit(await run(rig), 1);
    expect((await storyOf(rig)).join('\n')).toContain(`${path}\`: ${words}`);
  });
});
