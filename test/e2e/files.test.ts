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
import { ready } from '../surfaces/tui/screen-rig.ts';
import { makeAccounts, mayBeOthers } from './accounts.ts';
import { filesBelow } from './leak-hunt.ts';
import { namedUser } from './named-user.ts';
import { expectExit, Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';
import { describeWith } from './services.ts';
import { sshPrograms, startSshHosts } from './ssh-hosts.ts';
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
      `\`write\` finds \`${rig.path('app.conf')}\` as it should be`,
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

/** A program of the write script's that ends the tool itself, once, before or after its work. */
async function endsTool(rig: Rig, name: string, when: 'before' | 'after'): Promise<NodeJS.ProcessEnv> {
  const folder = rig.path('..', 'stubs');
  await mkdir(folder, { recursive: true });
  const end = `tool=$(ps -o ppid= -p "$PPID"); kill -9 $tool; kill -9 "$PPID"; exit 1`;
  await writeFile(
    rig.path('..', 'stubs', name),
    `#!/bin/sh
PATH=\${PATH#*:}
case "$*" in *.runsheet-*|'') ;; *) exec ${name} "$@" ;; esac
[ -e '${folder}/done' ] && exec ${name} "$@"
${when === 'before' ? '' : `${name} "$@"; `}: >'${folder}/done'
${end}
`,
    { mode: 0o755 },
  );
  return { ...ada.env, PATH: `${folder}:${process.env.PATH}` };
}

describe('a run that is killed while it writes a file', () => {
  it.each([
    ['cat', 'before', 'its file is as it was before'],
    ['cat', 'after', 'its file is as it was before'],
    ['chmod', 'after', 'its file is as it was before'],
    ['sync', 'after', 'its file is as it was before'],
    ['mv', 'before', 'its file is as it was before'],
    ['mv', 'after', 'its file is as it should be'],
  ] as const)('with %s, %s its work, knows afterwards: %s', async (name, when, words) => {
    const rig = await Rig.create();
    await rig.write('a', 'old\n');
    await rig.write('page.md', page('text {file=a}', 'new\n', failing));
    const env = await endsTool(rig, name, when);
    const killed = await rig.run(['run', 'page.md', '--yes'], { env });
    expect(killed.signal).toBe('SIGKILL');
    expect(await rig.file('a')).toBe(words.includes('should') ? 'new\n' : 'old\n');
    expectExit(await rig.run(['resume', '--yes'], ada), 1);
    expect(await rig.file('a')).toBe('new\n');
    expectExit(await rig.run(['rollback', '--yes'], ada), 0);
    expect((await storyOf(rig)).filter((line) => line.includes('no longer in doubt'))).toEqual([
      `\`write\` is no longer in doubt: ${words.includes('should') ? 'done' : 'run again'}, decided by ada (${words})`,
    ]);
    expect(await rig.file('a')).toBe('old\n');
    expect((await readdir(rig.path())).sort()).toEqual(['a', 'page.md']);
  });

  it('asks somebody where the file is neither the old one nor the new one', async () => {
    const rig = await Rig.create();
    await rig.write('a', 'old\n');
    await rig.write('page.md', page('text {file=a}', 'new\n'));
    const env = await endsTool(rig, 'mv', 'before');
    await rig.run(['run', 'page.md', '--yes'], { env });
    await rig.write('a', 'theirs\n');
    const resumed = await rig.run(['resume', '--yes'], ada);
    expect(resumed.exitCode).toBe(5);
    expect(await rig.file('a')).toBe('theirs\n');
    expect((await storyOf(rig)).slice(-2)).toEqual([
      `\`write\` finds \`${rig.path('a')}\` neither as it was nor as it should be`,
      'paused at `write`: `write` started, and how it ended is not known',
    ]);
  });
});

describe('a secret in a file', () => {
  it('stands nowhere but in the file, before, after, and when it was put back', async () => {
    const rig = await Rig.create();
    const [old, now] = ['canary-of-old-7f3a91', 'canary-of-new-5b2c88'];
    await rig.write('app.yml', `user: app\npassword: ${old}\n`);
    const declared = '---\ninputs:\n  APP_PASSWORD: { secret: { env: APP_PASSWORD } }\n---\n';
    await rig.write(
      'page.md',
      declared + page('yaml {file=app.yml}', 'user: app2\npassword: ${APP_PASSWORD}\n', failing),
    );
    const env = { ...ada.env, APP_PASSWORD: now };
    const { stdout, stderr } = await rig.run(['run', 'page.md', '--yes', '--surface', 'plain'], { env });
    expect(await rig.file('app.yml')).toContain(now);
    expect(stderr).toContain('-user: app\n  +user: app2\n   password: ***\n');
    const report = await rig.run(['report', '--format', 'html'], ada);
    const said = [stdout, stderr, report.stdout, await rig.file('page.md')];
    const kept = filesBelow(rig.stateFolder).map(({ bytes }) => bytes.toString('latin1'));
    for (const text of [...said, ...kept])
      for (const secret of [old, now]) {
        expect(text).not.toContain(secret);
        expect(text).not.toContain(Buffer.from(`user: app\npassword: ${secret}\n`).toString('base64'));
      }
    expectExit(await rig.run(['rollback', '--yes'], { env }), 0);
    expect(await rig.file('app.yml')).toBe(`user: app\npassword: ${old}\n`);
  });
});

describe('a guided run', () => {
  it('shows the difference in the place of the block, and writes when it is told to', async () => {
    const rig = await Rig.create();
    await rig.write('a.conf', 'listen 1\nroot /a\n');
    await rig.write('page.md', page('ini {file=a.conf}', 'listen 2\nroot /a\n'));
    const terminal = rig.terminal(['run', 'page.md', '--surface', 'prompt'], ada);
    await terminal.waitFor('Run this block?');
    expect(terminal.screen().join('\n')).toMatch(/-listen 1 *\n +\+listen 2 *\n +root \/a/);
    expect(await rig.file('a.conf')).toBe('listen 1\nroot /a\n');
    terminal.type(keys.enter);
    expect((await terminal.ended).exitCode).toBe(0);
    expect(await rig.file('a.conf')).toBe('listen 2\nroot /a\n');
  });

  it('does so on the full screen', async () => {
    const rig = await Rig.create();
    await rig.write('a.conf', 'listen 1\nroot /a\n');
    await rig.write('page.md', page('ini {file=a.conf}', 'listen 2\nroot /a\n'));
    const terminal = rig.terminal(['run', 'page.md'], ada);
    await ready(terminal, 'Begin?');
    terminal.type(keys.enter);
    await ready(terminal, 'Run `write`?');
    expect(await rig.file('a.conf')).toBe('listen 1\nroot /a\n');
    terminal.type(keys.enter);
    await terminal.waitFor('The run succeeded');
    expect(await rig.file('a.conf')).toBe('listen 2\nroot /a\n');
  });
});

describeWith(sshPrograms, 'files on hosts', () => {
  it('are written and put back there, each as it is there', async () => {
    const rig = await Rig.create();
    const hosts = await startSshHosts(['web1', 'web2']);
    const env = { ...ada.env, RUNSHEET_SSH: hosts.command };
    await rig.write('web1', 'old\n');
    await rig.write('web2', Buffer.from([0, 39, 92, 255, 10]));
    const info = `text {file="${rig.path('$RUNSHEET_HOST')}" host=web1,web2 mode=0600}`;
    await rig.write('page.md', page(info, "it's 50% \\n ${HOME}\n", failing));
    const before = await Promise.all([lookAt(rig, 'web1'), lookAt(rig, 'web2')]);
    await rig.run(['run', 'page.md', '--yes'], { env });
    for (const name of ['web1', 'web2']) expect(await rig.file(name)).toBe("it's 50% \\n ${HOME}\n");
    expectExit(await rig.run(['rollback', '--yes'], { env }), 0);
    expect(await Promise.all([lookAt(rig, 'web1'), lookAt(rig, 'web2')])).toEqual(before);
    expect(await hosts.leftBehind()).toEqual([]);
    expect(await readdir(rig.path())).toEqual(['page.md', 'web1', 'web2']);
  });
});

describe.runIf(mayBeOthers)('a file of another account', () => {
  it.each([
    ['cannot be written', 0o644, 0o777, 'it is not writable'],
    ['cannot be replaced in its folder', 0o666, 0o755, 'nothing can be written in its folder'],
    ['would change its owner', 0o666, 0o777, 'the new file cannot be given its owner'],
    ['cannot be read', 0o222, 0o777, 'it cannot be read'],
  ])('that %s is left as it is', async (_what, mode, folderMode, words) => {
    const { ada: account, linus } = makeAccounts();
    const rig = await (await Rig.create()).share(account);
    await mkdir(rig.path('conf'));
    await rig.write('conf/a', 'old\n');
    await chown(rig.path('conf/a'), linus.uid, 0);
    await chmod(rig.path('conf/a'), mode);
    await chmod(rig.path('conf'), folderMode);
    await rig.write('page.md', page('text {file=conf/a}', 'new\n'));
    await chmod(rig.path('page.md'), 0o666);
    const ended = await rig.run(['run', 'page.md', '--yes', '--log', 'none'], { as: account });
    expectExit(ended, 1);
    expect(ended.stderr).toContain(`conf/a\`: ${words}`);
    expect(await rig.file('conf/a')).toBe('old\n');
    expect(await readdir(rig.path('conf'))).toEqual(['a']);
  });

  it('is given to whom the block says, and back', async () => {
    const { ada: account } = makeAccounts();
    const rig = await Rig.create();
    await rig.write('a', 'old\n');
    await rig.write('page.md', page(`text {file=a owner=${account.name}:rs-ops}`, 'old\n', failing));
    await run(rig);
    expect(await stat(rig.path('a'))).toMatchObject({ uid: account.uid, gid: account.gid });
    expect((await storyOf(rig))[2]).toBe(
      `\`write\` changes \`${rig.path('a')}\`: owner root:root → ${account.name}:rs-ops`,
    );
    expectExit(await rig.run(['rollback', '--yes'], ada), 0);
    expect(await stat(rig.path('a'))).toMatchObject({ uid: 0, gid: 0 });
  });
});
