// Tests blocks that run on other hosts, over real OpenSSH servers on loopback.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { AttemptResult } from '../../src/run/event.ts';
import { resultsOf } from './document-results.ts';
import { expectExit, Rig, type RunOptions } from './rig.ts';
import { describeWith } from './services.ts';
import { type SshHosts, sshPrograms, startSshHosts } from './ssh-hosts.ts';

const three = ['web1', 'web2', 'web3'];

async function layOut(
  runbook: string,
  names: readonly string[] = three,
): Promise<{ rig: Rig; hosts: SshHosts; env: NonNullable<RunOptions['env']> }> {
  const [rig, hosts] = await Promise.all([Rig.create(), startSshHosts(names, { servers: 2 })]);
  await rig.write('hosts.md', runbook);
  return { rig, hosts, env: { RUNSHEET_SSH: hosts.command } };
}

/** A runbook of one section with a block a step. */
function steps(...blocks: readonly string[]): string {
  return `# Hosts\n\n## Steps\n\n${blocks.map((block, index) => `### Step ${index + 1}\n\n${block}\n`).join('\n')}`;
}

const block = (attributes: string, code: string, language = 'sh'): string =>
  `\`\`\`${language} {${attributes}}\n${code}\n\`\`\``;

/** Records of `--surface ndjson` of one type. */
function records(stdout: string, type: string): Record<string, unknown>[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((record) => record.type === type);
}

/** Waits until nothing on this machine, which all hosts are, has the words in its command line. */
async function expectGone(rig: Rig, words: string): Promise<void> {
  await expect
    .poll(
      async () =>
        (await rig.exec('sh', ['-c', `ps axww -o args= | grep -F -- '${words}' | grep -v grep`])).stdout,
      {
        interval: 100,
      },
    )
    .toBe('');
}

describeWith(sshPrograms, 'blocks on hosts', () => {
  test('a group runs in parallel, each host with its own state, output and value', async () => {
    const { rig, hosts, env } = await layOut(
      `---\nhosts: { web: [web1, web2] }\n---\n${steps(
        block(
          'name=set host=web',
          'mine=of-$RUNSHEET_HOST\nexport OURS=yes\ngreet() { echo "hello from $mine"; }\ncd /usr/share\nset -o nounset',
        ),
        block(
          'name=use host=web,web3 capture=SAID',
          'type greet >/dev/null 2>&1 && greet || echo "new here"\ncase $- in *u*) set=nounset ;; *) set= ;; esac\necho "$PWD ${OURS-no} $set"',
        ),
        block('name=local', 'printf %s "$SAID" >said.txt'),
      )}`,
    );

    const ran = await rig.run(['run', 'hosts.md', '--yes', '--surface', 'ndjson'], { env });

    expectExit(ran, 0);
    const home = (await rig.exec('sh', ['-c', 'eval echo ~$(id -un)'])).stdout.trim();
    expect(await rig.file('said.txt')).toBe(
      [
        ...['web1', 'web2'].flatMap((host) => [
          `${host}\thello from of-${host}`,
          `${host}\t/usr/share yes nounset`,
        ]),
        'web3\tnew here',
        `web3\t${home} no `,
      ].join('\n'),
    );
    const chunks = records(ran.stdout, 'output').filter(({ address }) => address === 'use');
    expect(new Set(chunks.map(({ host }) => host))).toEqual(new Set(three));
    const document = await rig.file('hosts.md');
    expect(document).toMatch(/> - ✔ `web1` passed in .* · exit 0\n> - ✔ `web2` passed/);
    expect(document).toContain(
      'Output of `web2`:\n\n```text\nhello from of-web2\n/usr/share yes nounset\n```',
    );
    expect(await hosts.leftBehind()).toEqual([]);
    await expectGone(rig, hosts.command);
  });

  test('what a block is given reaches it unchanged, in every language, and is seen by nobody else', async () => {
    const text = 'it\'s "quoted" `x` $(id) \\ $HOME\n\tünï漢字🎉 \n';
    const long = `${text}${'ab\'c"'.repeat(20_000)}`;
    const canary = 'canary-Zq8!\'"$x 7f';
    const { rig, env } = await layOut(
      `---\ninputs: { OUT: {}, TEXT: {}, LONG: {}, TOKEN: { secret: { env: CANARY } } }\n---\n${steps(
        block(
          'name=bash host=web1',
          'printf %s "$TEXT" >"$OUT/bash-text"; printf %s "$LONG" >"$OUT/bash-long"; printf %s "$TOKEN" >"$OUT/bash-token"\nfor f in /proc/[0-9]*/cmdline; do tr "\\0" " " <$f || true; echo; done >"$OUT/arguments" 2>/dev/null',
        ),
        block(
          'name=dash host=web2',
          'printf %s "$TEXT" >"$OUT/dash-text"; printf %s "$LONG" >"$OUT/dash-long"',
          'dash',
        ),
        block(
          'name=python host=web3',
          'import os\nfor n in ("TEXT", "LONG"):\n  open(os.environ["OUT"] + "/python-" + n.lower(), "w", newline="").write(os.environ[n])',
          'python',
        ),
        block('name=back host=web1 capture=BACK', 'printf %s "$LONG"'),
        block(
          'name=tell host=web1',
          'cat <<END >>"$RUNSHEET_OUTPUT"\nTOLD<<X\n$TEXT\nX\nEND\necho "the token is $TOKEN"',
        ),
        block('name=check', 'printf %s "$BACK" >"$OUT/back"; printf %s "$TOLD" >"$OUT/told"'),
      )}`,
    );
    await rig.write('inputs.json', JSON.stringify({ TEXT: text, LONG: long }));
    await rig.write('out/.keep', '');

    const ran = await rig.run(
      ['run', 'hosts.md', '--yes', '--inputs', 'inputs.json', '--set', `OUT=${rig.path('out')}`],
      {
        env: { ...env, CANARY: canary },
      },
    );

    expectExit(ran, 0);
    const read = (name: string): Promise<string> => readFile(rig.path('out', name), 'utf8');
    for (const language of ['bash', 'dash', 'python']) {
      expect(await read(`${language}-text`), language).toBe(text);
      expect(await read(`${language}-long`), language).toBe(long);
    }
    expect(await read('bash-token')).toBe(canary);
    expect(await read('back')).toBe(long);
    expect(await read('told')).toBe(text);
    const seen = await read('arguments');
    expect(seen).toContain('/bin/sh -s');
    for (const secret of [canary, 'canary-Zq8', 'ünï漢字']) expect(seen).not.toContain(secret);
    const everything = await rig.exec('grep', ['-rlF', 'canary-Zq8', rig.stateFolder, rig.path('hosts.md')]);
    expect(everything.stdout).toBe('');
    expect(`${ran.stdout}${ran.stderr}`).not.toContain('canary-Zq8');
    expect(await rig.file('hosts.md')).toContain('the token is ***');
  });

  test('exit 255 is a command that failed, and a connection that went away is not', async () => {
    const { rig, hosts, env } = await layOut(
      steps(
        block('name=code host=web1 on-failure=continue', 'exit 255'),
        // Its parents: the shell that watches over it, and the half of sshd that holds the connection.
        block(
          'name=cut host=web1 on-failure=continue',
          'echo begun; sleep 98761 &\nsh=$(ps -o ppid= -p $$); sshd=$(ps -o ppid= -p $sh); kill -9 $sshd; sleep 98761',
        ),
        block('name=shell host=web2 on-failure=continue', 'kill -9 $PPID; sleep 98762'),
        block('name=again host=web1', 'echo "connected again"'),
      ),
    );

    const ran = await rig.run(['run', 'hosts.md', '--yes', '--surface', 'ndjson'], { env });

    expectExit(ran, 1);
    const reasons = records(ran.stdout, 'block-failed').map(({ address, reason }) => ({ address, reason }));
    expect(reasons).toEqual([
      { address: 'code', reason: { type: 'exit', code: 255 } },
      {
        address: 'cut',
        reason: { type: 'connection', host: 'web1', message: 'was lost while the block was running' },
      },
      {
        address: 'shell',
        reason: {
          type: 'connection',
          host: 'web2',
          message: 'stands, but the block ended the session it ran in, and how it ended is not known',
        },
      },
    ]);
    const document = await rig.file('hosts.md');
    expect(document).toContain('the connection to `web1` was lost while the block was running');
    expect(document).toMatch(/```text\nbegun\n```/);
    expect(document).toContain('connected again');
    // What ran there is ended with its connection.
    await expectGone(rig, 'sleep 9876');
    await expect.poll(() => hosts.leftBehind()).toEqual([]);
  });

  test('a timeout and Ctrl-C end everything that the block has started there', async () => {
    const { rig, hosts, env } = await layOut(
      steps(
        block(
          'name=slow host=web1,web2 timeout=2s on-failure=continue',
          'trap "echo interrupted" INT\nsetsid sleep 87651 &\n(trap "" INT TERM; sleep 87652) &\nsleep 87653',
        ),
        block('name=wait host=web3', 'setsid sleep 87654 &\necho waiting; sleep 87655'),
      ),
    );

    const running = rig.start(['run', 'hosts.md', '--yes'], { env });
    await running.waitFor('web3 │ waiting');
    running.kill('SIGINT');
    const ran = await running.ended;

    expectExit(ran, 130);
    expect(ran.stderr).toMatch(/`slow` failed on `web1` in .*: timed out after 2 s/);
    expect(ran.stderr).toMatch(/`wait` failed on `web3` in .*: interrupted/);
    await expectGone(rig, 'sleep 8765');
    await expect.poll(() => hosts.leftBehind()).toEqual([]);
  });

  test('nothing is left running on a host when the tool itself is killed', async () => {
    const { rig, hosts, env } = await layOut(
      steps(block('name=wait host=web1', 'echo waiting; sleep 76541')),
    );

    const running = rig.start(['run', 'hosts.md', '--yes'], { env });
    await running.waitFor('web1 │ waiting');
    running.kill('SIGKILL');
    await running.ended;

    await expectGone(rig, 'sleep 76541');
    await expect.poll(() => hosts.leftBehind()).toEqual([]);
  });

  test('rolling stops at the first failure, and a retry goes to the hosts that have not passed', async () => {
    const { rig, env } = await layOut(
      steps(
        block(
          'name=roll host=web1,web2,web3 parallel=1 retries=1 interval=10ms',
          'echo "$RUNSHEET_HOST" >>"$OUT"; [ "$RUNSHEET_HOST" != web2 ] || [ "$(grep -c web2 "$OUT")" = 2 ]',
        ),
      ).replace('# Hosts', '---\ninputs: { OUT: {} }\n---\n# Hosts'),
    );

    const ran = await rig.run(
      ['run', 'hosts.md', '--yes', '--set', `OUT=${rig.path('order')}`, '--surface', 'ndjson'],
      {
        env,
      },
    );

    expectExit(ran, 0);
    expect(await rig.file('order')).toBe('web1\nweb2\nweb2\nweb3\n');
    const [failed] = records(ran.stdout, 'block-failed');
    expect(failed?.reason).toEqual({
      type: 'hosts',
      failed: ['web2'],
      notRun: ['web3'],
      message:
        '1 of 3 hosts failed: `web2` (exit 1 at line 11: `[ "$(grep -c web2 "$OUT")" = 2 ]`); not run on `web3`',
    });
    const [passed] = records(ran.stdout, 'block-passed');
    const result = passed?.result as AttemptResult | undefined;
    expect(result?.hosts?.map(({ host, status, attempt }) => [host, status, attempt])).toEqual([
      ['web1', 'passed', 1],
      ['web2', 'passed', 2],
      ['web3', 'passed', 2],
    ]);
  });

  test('a share of hosts may fail; a block that only looks tells of all of them', async () => {
    const { rig, env } = await layOut(
      steps(
        block('name=share host=web1,web2,web3 parallel=1 hosts-must-pass=60%', '[ $RUNSHEET_HOST != web1 ]'),
        block(
          'name=look host=web1,web2,web3 parallel=1 risk=read on-failure=continue',
          '[ $RUNSHEET_HOST = web3 ]',
        ),
        block('name=count host=web1,web2,web3 parallel=1 hosts-must-pass=2', '[ $RUNSHEET_HOST = web3 ]'),
      ),
    );

    const ran = await rig.run(['run', 'hosts.md', '--yes'], { env });

    expectExit(ran, 1);
    expect(ran.stderr).toMatch(/✔ `share` passed in/);
    expect(ran.stderr).toContain(
      '2 of 3 hosts failed: `web1` (exit 1 at line 14: `[ $RUNSHEET_HOST = web3 ]`), `web2` (exit 1 at line 14: `[ $RUNSHEET_HOST = web3 ]`)\n',
    );
    expect(ran.stderr).toContain(
      '2 of 3 hosts failed, and 2 must pass: `web1` (exit 1 at line 20: `[ $RUNSHEET_HOST = web3 ]`), `web2` (exit 1 at line 20: `[ $RUNSHEET_HOST = web3 ]`); not run on `web3`\n',
    );
  });

  test('a failing command is told with its line, and in a diagnosis it is something found', async () => {
    const code = 'test "$RUNSHEET_HOST" != web2 || exit 3';
    const look = block('name=look host=web1,web2', code);
    const work = block('name=work host=web1', 'echo first\ncd /no/such/folder\ntouch "$HOME/removed"');
    const { rig, env } = await layOut(`# Hosts\n\n## Diagnosis\n\n${look}\n\n## Steps\n\n${work}\n`, [
      'web1',
      'web2',
    ]);
    const ran = await rig.run(['run', 'hosts.md', '--yes'], { env });
    expectExit(ran, 1);
    expect(ran.stderr).toMatch(/○ `look` exit 3 on `web2` in /);
    expect(ran.stderr).toMatch(/○ `look` exit not 0 on `web2` in /);
    expect(ran.stderr).toContain('exit 1 at line 13: `cd /no/such/folder`');
    expect(await rig.file('hosts.md')).toMatch(
      /> ○ \*\*looked\*\* in [\s\S]*> - ○ `web2` looked in .* · exit 3\n/,
    );
  });

  test('hosts come from a command, and `when` and `check` are asked on each of them', async () => {
    const { rig, env } = await layOut(
      steps(
        block('name=ask', 'printf "web1\\n\\n# spare\\nweb2 # second\\nweb3\\nweb1\\n" >inventory'),
        block(
          'name=mark hosts-from="cat inventory" when="[ $RUNSHEET_HOST != web3 ]" check="[ $RUNSHEET_HOST = web1 ] || grep -q $RUNSHEET_HOST $OUT"',
          'echo "$RUNSHEET_HOST" >>"$OUT"',
        ),
        block('name=empty hosts-from=true', 'echo never'),
      ).replace('# Hosts', '---\ninputs: { OUT: {} }\n---\n# Hosts'),
    );
    await rig.write('marks', '');

    const ran = await rig.run(['run', 'hosts.md', '--yes', '--set', `OUT=${rig.path('marks')}`], { env });

    expectExit(ran, 1);
    expect(await rig.file('marks')).toBe('web2\n');
    const document = await rig.file('hosts.md');
    expect(document).toContain('> - ✔ `web1` already done\n');
    expect(document).toMatch(
      /> - ✔ `web2` passed in .*\n> - ↷ `web3` skipped: its condition does not hold\n/,
    );
    expect(document).toContain('its `hosts-from` failed: `true`: it printed no host');
  });

  test('a host that ssh cannot reach without asking fails with what ssh says', async () => {
    const { rig, hosts, env } = await layOut(
      steps(
        block('name=unknown host=web1 on-failure=continue', 'echo never'),
        block('name=denied host=web2 on-failure=continue', 'echo never'),
        block('name=lua host=web3', 'print(1)', 'lua'),
      ),
    );
    await hosts.configure([
      'Host web1',
      '  UserKnownHostsFile /dev/null',
      'Host web2',
      '  IdentityFile /nowhere',
      '  PreferredAuthentications password',
    ]);

    const ran = await rig.run(['run', 'hosts.md', '--yes'], { env });

    expectExit(ran, 1);
    expect(ran.stderr).toMatch(
      /`unknown` failed in .*: the connection to `web1` could not be made: .*Host key verification failed\./,
    );
    expect(ran.stderr).toMatch(/the connection to `web2` could not be made: .*Permission denied/);
    expect(ran.stderr).toContain('`lua` blocks need `lua`, which `web3` does not have; install lua there');
  });

  test('a resumed run asks about the host in doubt and leaves those alone that had passed', async () => {
    const { rig, env } = await layOut(
      steps(
        block('name=state host=web1', 'kept=yes'),
        block(
          'name=roll host=web1,web2,web3 parallel=1 check="[ -e $OUT.$RUNSHEET_HOST.done ]"',
          'echo "$RUNSHEET_HOST" >>"$OUT"; if [ "$RUNSHEET_HOST" = web2 ] && [ ! -e "$OUT.go" ]; then echo stuck; sleep 65431; fi; touch "$OUT.$RUNSHEET_HOST.done"',
        ),
        block('name=after host=web1', 'echo "kept=$kept"'),
      ).replace('# Hosts', '---\ninputs: { OUT: {} }\n---\n# Hosts'),
    );
    const running = rig.start(['run', 'hosts.md', '--yes', '--set', `OUT=${rig.path('order')}`], { env });
    await running.waitFor('web2 │ stuck');
    running.kill('SIGKILL');
    await running.ended;
    await expectGone(rig, 'sleep 65431');
    await rig.write('order.go', '');

    const resumed = await rig.run(['resume', '--yes'], { env });

    expectExit(resumed, 0);
    expect(await rig.file('order')).toBe('web1\nweb2\nweb2\nweb3\n');
    expect(await rig.file('hosts.md')).toContain('kept=yes');
  });

  test('without a probe a resumed run rests at the block, and its document says which hosts had ended', async () => {
    const { rig, env } = await layOut(
      steps(
        block(
          'name=roll host=web1,web2,web3 parallel=1',
          '[ $RUNSHEET_HOST = web1 ] || { echo stuck; sleep 54321; }',
        ),
      ),
    );
    const running = rig.start(['run', 'hosts.md', '--yes'], { env });
    await running.waitFor('web2 │ stuck');
    running.kill('SIGKILL');
    await running.ended;

    const resumed = await rig.run(['resume', '--yes'], { env });

    expectExit(resumed, 5);
    expect(resumed.stderr).toContain('`roll` started, and how it ended is not known');
    await expectGone(rig, 'sleep 54321');
  });

  test('a rollback undoes a step on the hosts that it had come to, and on no other', async () => {
    const { rig, env } = await layOut(
      `---\ninputs: { OUT: {} }\n---\n# Hosts\n\n## Steps\n\n### Change\n\n${block(
        'name=change host=web1,web2,web3 parallel=1',
        'echo "do $RUNSHEET_HOST" >>"$OUT"; [ "$RUNSHEET_HOST" != web2 ]',
      )}\n\n#### Rollback\n\n${block('name=undo host=web1,web2,web3', 'echo "undo $RUNSHEET_HOST" >>"$OUT"')}\n`,
    );

    const ran = await rig.run(
      ['run', 'hosts.md', '--yes', '--on-failure', 'rollback', '--set', `OUT=${rig.path('order')}`],
      { env },
    );

    expectExit(ran, 3);
    const [first, second, ...undone] = (await rig.file('order')).trim().split('\n');
    expect([first, second]).toEqual(['do web1', 'do web2']);
    expect(undone.sort()).toEqual(['undo web1', 'undo web2']);
    expect(await rig.file('hosts.md')).toContain('> - ↷ `web3` nothing to undo\n');
  });

  test('a value from a host in a linked runbook leaves the folder of the opened one as it was, over a resume', async () => {
    const { rig, env } = await layOut(
      steps(
        block('name=go', 'mkdir sub; cd sub; OURS=kept'),
        '[Ask](pages/ask.md)',
        'Look.',
        block('name=here', 'echo "$PWD $OURS $SAID"'),
      ),
      ['web1'],
    );
    await rig.write(
      'pages/ask.md',
      `# Ask\n\n${steps(block('name=ask host=web1 capture=SAID', 'echo said'))}`,
    );

    expectExit(await rig.run(['run', 'hosts.md', '--yes'], { env }), 5);
    expectExit(await rig.run(['resume', '--yes', '--manual', 'skip'], { env }), 0);

    expect(resultsOf(await rig.file('hosts.md')).here?.output).toBe(`${rig.path('sub')} kept said\n`);
  });
});
