// Tests sessions in an author's own shell that become pages: recorded in real shells, and run on a fresh copy.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { address } from '../../src/basics/address.ts';
import { openRun } from '../../src/cli/session/open-run.ts';
import { RunStore } from '../../src/engine/journal/run-store.ts';
import { RecordingStore } from '../../src/engine/recording/recording-store.ts';
import { expectExit, Rig, tool } from './rig.ts';
import { keys, type RigTerminal } from './rig-terminal.ts';
import { describeWith, findProgram, freePort, startNginx } from './services.ts';

const prompt = 'ready>';

/** A home whose shells have a prompt that a test can wait for, and an alias of their author's. */
async function withHome(rig: Rig): Promise<void> {
  const own = "alias show='cat --'\n";
  await rig.write('../home/.bashrc', `PS1='${prompt} '\n${own}`);
  await rig.write('../home/.zshrc', `PS1='${prompt} '\n${own}`);
}

async function openRecording(rig: Rig, shell: string, args: readonly string[], env = {}) {
  const terminal = rig.terminal(['record', ...args], {
    rows: 70,
    cols: 120,
    env: { SHELL: findProgram(shell), TERM: 'xterm-256color', EDITOR: undefined, ...env },
  });
  let prompts = 0;
  const nextPrompt = (): Promise<void> => {
    prompts += 1;
    return terminal.waitUntil(
      (lines) => lines.filter((line) => line.startsWith(prompt)).length >= prompts,
      `prompt ${prompts}`,
    );
  };
  await nextPrompt();
  return {
    terminal,
    /** Types lines, each at a prompt of its own. */
    say: async (...lines: readonly string[]): Promise<void> => {
      for (const line of lines) {
        terminal.type(`${line}${keys.enter}`);
        await nextPrompt();
      }
    },
  };
}

async function writePage(terminal: RigTerminal): Promise<void> {
  terminal.type(keys.ctrlD);
  await terminal.waitFor('w write');
  terminal.type('w');
  await terminal.ended;
}

async function rigWithSite(text: string) {
  const rig = await Rig.create();
  await withHome(rig);
  const port = await freePort();
  const site = `server { listen 127.0.0.1:${port}; location / { return 200 "${text}\\n"; } }\n`;
  const nginx = await startNginx(rig.path('nginx'), [await rig.write('nginx/site.conf', site)]);
  const url = `http://127.0.0.1:${port}/`;
  return {
    rig,
    env: { SITE_URL: url, NGINX_CONF: nginx.configuration },
    served: async () => (await fetch(url)).text(),
  };
}

/** The page of the update as it was typed: a command that was mistyped is not in it, nor an abbreviation. */
const nginxUpdate = (shell: string): string => `---
title: "Update the site"
${shell === 'bash' ? '' : `shell: ${shell}\n`}inputs:
  VERSION: { default: "1.28.0" }
---

# Update the site

## Preconditions

### 1. Run \`nginx -p nginx -c "$NGINX_CONF" -t\`

\`\`\`sh
nginx -p nginx -c "$NGINX_CONF" -t
\`\`\`

\`\`\`output
nginx: the configuration file FOLDER/nginx/nginx.conf syntax is ok
nginx: configuration file FOLDER/nginx/nginx.conf test is successful
\`\`\`

## Steps

### 1. Keep the old configuration

\`\`\`sh
cp nginx/site.conf nginx/site.conf.old
\`\`\`

### 2. Put the new version in

\`\`\`sh {check='grep -q "$VERSION" nginx/site.conf'}
sed -i 's/1.27.3/'"\${VERSION}"'/' nginx/site.conf
\`\`\`

\`\`\`sh
nginx -p nginx -c "$NGINX_CONF" -s reload
\`\`\`

\`\`\`output
NOTICE: signal process started
\`\`\`

#### Validation

\`\`\`sh
nginx -p nginx -c "$NGINX_CONF" -t
\`\`\`

#### Rollback

\`\`\`sh
cp nginx/site.conf.old nginx/site.conf && nginx -p nginx -c "$NGINX_CONF" -s reload
\`\`\`

### 3. Run \`cat -- nginx/site.conf.old > seen\`

\`\`\`sh
cat -- nginx/site.conf.old > seen
\`\`\`
`;

describeWith(['nginx', 'curl', 'zsh', 'bash'], 'a recorded update of nginx', () => {
  test.each(['bash', 'zsh'])('of %s runs unchanged on a fresh copy', async (shell) => {
    const recorded = await rigWithSite('version 1.27.3');
    const { terminal, say } = await openRecording(
      recorded.rig,
      shell,
      ['update.md', '--title', 'Update the site', '--input', 'VERSION=1.28.0'],
      recorded.env,
    );
    await say(
      'nginx -p nginx -c "$NGINX_CONF" -t',
      '# Keep the old configuration',
      'cp nginx/site.conf nginx/site.conf.old',
      '# Put the new version in',
      "sed -i 's/1.27.3/1.28.0/' nginx/site.conf",
      'check: grep -q 1.28.0 nginx/site.conf',
      'nginx -p nginx -c "$NGINX_CONF" -s relaod',
      'nginx -p nginx -c "$NGINX_CONF" -s reload',
      'verify: nginx -p nginx -c "$NGINX_CONF" -t',
      'undo: cp nginx/site.conf.old nginx/site.conf && nginx -p nginx -c "$NGINX_CONF" -s reload',
      'show nginx/site.conf.old > seen',
    );
    await expect.poll(recorded.served).toBe('version 1.28.0\n');
    await writePage(terminal);

    const page = await recorded.rig.file('update.md');
    const signal = /^\d{4}\/.+ \[notice\] \d+#\d+/m;
    expect(page.replaceAll(recorded.rig.path(), 'FOLDER').replace(signal, 'NOTICE')).toBe(nginxUpdate(shell));
    const fresh = await rigWithSite('version 1.27.3');
    await fresh.rig.write('update.md', page);
    const ended = await fresh.rig.run(['run', 'update.md', '--yes', '--log', 'none'], { env: fresh.env });
    expectExit(ended, 0);
    await expect.poll(fresh.served).toBe('version 1.28.0\n');
    expect(await fresh.rig.file('nginx/site.conf.old')).toContain('version 1.27.3');

    const back = await fresh.rig.run(['rollback', '--yes'], { env: fresh.env });
    expectExit(back, 0);
    await expect.poll(fresh.served).toBe('version 1.27.3\n');
  });
});

describe.each(['bash', 'zsh'].filter((shell) => findProgram(shell)))('in %s', (shell) => {
  test('nothing that is for the page alone is run, and secrets are nowhere', async () => {
    const rig = await Rig.create();
    await withHome(rig);
    const { terminal, say } = await openRecording(rig, shell, ['page.md', '--title', 'A page']);
    await say(
      '# Sign in',
      'export DEPLOY_TOKEN=tok-93hf02jf',
      'echo "with $DEPLOY_TOKEN" > used',
      'undo: rm used; touch undone > made',
      'check: touch checked',
      'verify: touch verified',
      'echo tok-93hf02jf',
    );
    await writePage(terminal);
    expect((await readdir(rig.path())).sort()).toEqual(['page.md', 'used']);
    expect(await rig.file('page.md')).toBe(`---
title: "A page"
${shell === 'zsh' ? 'shell: zsh\n' : ''}inputs:
  DEPLOY_TOKEN: { secret: true }
---

# A page

## Steps

### 1. Sign in

\`\`\`sh {check="touch checked"}
echo "with $DEPLOY_TOKEN" > used
\`\`\`

#### Validation

\`\`\`sh
touch verified
\`\`\`

#### Rollback

\`\`\`sh
rm used; touch undone > made
\`\`\`

## Validation

### 1. Run \`echo "$DEPLOY_TOKEN"\`

\`\`\`sh
echo "$DEPLOY_TOKEN"
\`\`\`

\`\`\`output
***
\`\`\`
`);
  });

  test('an editor becomes a file, and a program that takes the screen is interactive', async () => {
    const rig = await Rig.create();
    await withHome(rig);
    await rig.write('app.conf', 'workers 1\n');
    const programs = rig.path('..', 'home');
    const { terminal, say } = await openRecording(rig, shell, ['page.md', '--title', 'A page'], {
      PATH: `${programs}:${process.env.PATH}`,
    });
    await rig.write('../home/nano', '#!/bin/sh\nprintf "workers 4\\n" > "$1"\n');
    await rig.write('../home/dial', "#!/bin/sh\nprintf '\\033[?1049hhello\\033[?1049l'\n");
    await rig.exec('chmod', ['+x', join(programs, 'nano'), join(programs, 'dial')]);
    await say('nano app.conf', 'dial', 'nano app.conf');
    await writePage(terminal);
    expect(await rig.file('page.md')).toContain(`### 1. Write \`app.conf\`

\`\`\`nginx {file=app.conf}
workers 4
\`\`\`

### 2. Run \`dial\`

\`\`\`sh {interactive}
dial
\`\`\`
`);
    expect(terminal.screen().join('\n')).toContain(
      'left out: `nano app.conf`: nothing was changed in `app.conf`',
    );
  });

  test('a session whose tool is killed is taken up', async () => {
    const rig = await Rig.create();
    await withHome(rig);
    const first = await openRecording(rig, shell, ['page.md', '--title', 'A page']);
    await first.say('mkdir -p made', 'cd made', 'touch one');
    first.terminal.kill('SIGKILL');
    await first.terminal.ended;

    const second = await openRecording(rig, shell, ['--resume', '--title', 'A page']);
    await second.say('touch two');
    await writePage(second.terminal);
    const page = await rig.file('page.md');
    await rig.exec('rm', ['-r', rig.path('made')]);
    expectExit(await rig.run(['run', 'page.md', '--yes', '--log', 'none']), 0);
    expect((await readdir(rig.path('made'))).sort()).toEqual(['one', 'two']);
    expect(page.match(/^```sh\n.*$/gm)).toHaveLength(4);
    expect(await readdir(join(rig.stateFolder, 'sessions'))).toEqual([]);
  });
});

const mend = `# Mend

## Steps

### Make room

\`\`\`sh {name=room}
echo room
\`\`\`

### Restart the pool

\`\`\`sh {name=pool timeout=20s}
test -e mended && echo restarted
\`\`\`
`;

const fromRun = `---
title: "From a run of Mend"
inputs:
  PASSWORD: { secret: true }
---

# From a run of Mend

## Steps

### 1. Bring the pool back

\`\`\`sh
touch mended
\`\`\`

#### Rollback

\`\`\`sh
rm mended
\`\`\`

### 2. Restart the pool

In the place of \`pool\`, line 13 of \`mend.md\`, which was changed in the run.

\`\`\`sh {name=pool timeout=20s}
test -e mended && echo restarted --password "$PASSWORD"
\`\`\`
`;

test('what was recorded and changed in a run becomes steps that run', async () => {
  const rig = await Rig.create();
  await withHome(rig);
  await rig.write('mend.md', mend);
  const env = { SHELL: findProgram('bash'), TERM: 'xterm-256color', EDITOR: undefined };
  const size = { rows: 60, cols: 110 };
  const run = ['run', 'mend.md', '--log', 'none', '--surface', 'prompt'];
  const terminal = rig.terminal(run, { ...size, env });
  await terminal.waitFor('Run this block?');
  terminal.type('a');
  await terminal.waitFor(/shell +a shell in the run/);
  terminal.type('!');
  await terminal.waitFor(/^runsheet .*[$#]/m);
  terminal.type(`"${process.execPath}" "${tool}" record${keys.enter}`);
  await terminal.waitFor(new RegExp(`^${prompt}`, 'm'));
  for (const line of ['# Bring the pool back', 'touch mended', 'undo: rm mended']) {
    terminal.type(`${line}${keys.enter}`);
    await terminal.waitFor(new RegExp(`^${prompt} (?:# )?${line}\\n[\\s\\S]*^${prompt} ?$`, 'm'));
  }
  terminal.type(keys.ctrlD);
  await terminal.waitFor(
    /^Kept for `runsheet record --from \S+`, which makes steps of it\.\nrunsheet .*[$#] ?$/m,
  );
  terminal.type(keys.ctrlD);
  await terminal.waitFor(/the shell was closed after[\s\S]*shell +a shell in the run/);
  terminal.type('e');
  await terminal.waitFor('Command: test -e');
  terminal.type(` --password hunter2secret${keys.enter}`);
  expect(await terminal.ended).toMatchObject({ exitCode: 0 });
  const [id = ''] = await readdir(join(rig.stateFolder, 'runs'));

  expect(await rig.run(['record', '--from', id])).toMatchObject({ exitCode: 0, stdout: fromRun, stderr: '' });
  const writing = rig.terminal(['record', 'fix.md', '--from', id, '--title', 'From a run of Mend'], {
    ...size,
    env,
  });
  await writing.waitFor('w write');
  writing.type('w');
  await writing.ended;
  expect(await rig.file('fix.md')).toBe(fromRun);
  expect(await readdir(join(rig.stateFolder, 'sessions'))).toEqual([]);
  await rig.exec('rm', [rig.path('mended')]);
  const again = ['run', 'fix.md', '--yes', '--log', 'none'];
  expectExit(await rig.run(again, { env: { PASSWORD: 'another' } }), 0);
  expect(await rig.file('mended')).toBe('');
});

test('a page that is there is replaced by nobody who was not asked', async () => {
  const rig = await Rig.create();
  await withHome(rig);
  await rig.write('page.md', 'mine\n');
  const { terminal, say } = await openRecording(rig, 'bash', ['page.md', '--title', 'A page']);
  await say('echo one');
  terminal.type(keys.ctrlD);
  await terminal.waitFor('w write');
  terminal.type('w');
  await terminal.waitFor('`page.md` is there already. Replace it?');
  terminal.type('n');
  await terminal.ended;
  expect(await rig.file('page.md')).toBe('mine\n');
});

test('where a run has nothing to make steps of, that is said', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', '# A\n\n## Steps\n\n```sh\necho one\n```\n');
  await rig.run(['run', 'page.md', '--yes', '--log', 'none']);
  const [id = ''] = await readdir(join(rig.stateFolder, 'runs'));
  expect(await rig.run(['record', '--from', id])).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: `error: nothing was changed or recorded in run \`${id}\`
  = help: in a shell that \`!\` opens in a guided run, \`runsheet record\` records what you do there
`,
  });
  expect(await rig.run(['record', 'fix.md', '--from', id])).toMatchObject({
    exitCode: 2,
    stderr: `error: \`record\` asks before it writes a page, and needs a terminal for it
  = help: without the name of a page it is printed
`,
  });
});

test('what was done in another folder leads there, and what was typed into an editor is masked where it is left out', async () => {
  const rig = await Rig.create();
  await rig.write('mend.md', `${mend}\n### Tell them\n\nCall them.\n`.replace('test -e mended && ', ''));
  expectExit(await rig.run(['run', 'mend.md', '--yes', '--log', 'none']), 5);
  const store = new RunStore(rig.stateFolder);
  const [run] = store.list();
  const opened = run && openRun(run);
  if (!opened?.ok) throw new Error('the run cannot be opened');
  const by = { user: 'ada', host: 'desk' };
  const code = 'deploy --password hunter2secret\n';
  opened.value.journal.append([{ type: 'CommandEdited', address: address('pool'), code, by }]);
  await opened.value.journal.sync();
  opened.value.journal.close();
  opened.value.lock.release();
  const sessions = new RecordingStore(rig.stateFolder);
  for (const [folder, at] of [
    ['/srv', '1'],
    ['/opt/a b', '2'],
  ] as const) {
    const start = {
      v: 1 as const,
      id: at,
      shell: 'bash' as const,
      folder,
      startedAt: at,
      run: run?.id ?? '',
    };
    const entry = {
      kind: 'command' as const,
      code: `touch ${at}`,
      folder,
      output: [],
      exit: 0,
      milliseconds: 1,
    };
    sessions.begin({ start, entries: [entry] });
  }
  const { stdout, stderr, exitCode } = await rig.run(['record', '--from', run?.id ?? '']);
  expect([exitCode, stderr.includes('hunter2secret'), stdout.includes('hunter2secret')]).toEqual([
    0,
    false,
    false,
  ]);
  expect(stderr).toContain('left out: `deploy --password "$PASSWORD"`: changed at `pool`');
  const blocks = [...stdout.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text);
  expect(blocks).toEqual(["cd '/srv'\n", 'touch 1\n', "cd '/opt/a b'\n", 'touch 2\n']);
});

test('without a terminal there is no shell to record', async () => {
  const rig = await Rig.create();
  const ended = await rig.run(['record', 'page.md']);
  expectExit(ended, 2);
  expect(ended.stderr).toBe(
    'error: `record` opens your shell, and needs a terminal for it\n  = help: run it in a terminal, its output not redirected\n',
  );
});
