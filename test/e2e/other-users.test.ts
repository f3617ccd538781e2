// Tests blocks that run as other accounts, with real accounts and the system's sudo.
import { beforeAll, describe, expect, test } from 'vitest';
import { makeAccounts, makeSudoers, mayBeOthers, passwordOfAda } from './accounts.ts';
import { expectExit, Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';
import { describeWith } from './services.ts';
import { sshPrograms, startSshHosts } from './ssh-hosts.ts';

const block = (attributes: string, code: string, language = 'sh'): string =>
  `\`\`\`${language} {${attributes}}\n${code}\n\`\`\`\n`;

const page = (...steps: readonly string[]): string =>
  `# T\n\n## Steps\n\n${steps.map((step, index) => `### Step ${index + 1}\n\n${step}\n`).join('\n')}`;

describe.skipIf(!mayBeOthers)('as root', () => {
  describeWith(['sudo'], 'blocks as other users', () => {
    let people: ReturnType<typeof makeAccounts>;
    beforeAll(() => {
      people = makeAccounts();
      makeSudoers();
    });

    /** A folder in which the accounts work together. */
    async function layOut(text: string): Promise<Rig> {
      const rig = await Rig.create();
      await rig.share(people.ada);
      await rig.write('page.md', text);
      return rig;
    }

    /** What is left running of a run: everything that its blocks have started names the folder. */
    async function expectNothingLeft(rig: Rig, word: string): Promise<void> {
      await expect
        .poll(
          async () =>
            (await rig.exec('sh', ['-c', `ps axww -o args= | grep -F '${word}' | grep -v grep`])).stdout,
          {
            interval: 100,
          },
        )
        .toBe('');
    }

    test('have a state of their own, the values of the run, and no secret among their arguments', async () => {
      const rig = await layOut(
        `---\ninputs: { TOKEN: { secret: { env: GIVEN } } }\nenv: { PLAIN: "a b" }\n---\n${page(
          block(
            'name=first user=rs-linus capture=WHO check="test -f /tmp/runsheet-linus-$$ || [ -n \\"$SEEN\\" ]"',
            'SEEN=yes; export OWN=kept; cd /usr\nid -un\n[ "${#TOKEN}" = 13 ] && echo "has it, and $PLAIN" >&2\nps axww -o args= | grep -c "[h]ush-hush-000" >&2 || true\nstat -c "%a %U" "$0" "${0%/code/*}" >&2',
          ),
          block('name=second user=rs-linus', 'echo "$OWN $PWD $SEEN"'),
          block('name=mine', 'echo "$(id -un) [$OWN] $WHO"'),
          block(
            'name=python user=rs-linus',
            'import os\nprint(os.environ["OWN"], os.environ["WHO"], os.getuid() > 0)',
            'python',
          ),
          block('name=last user=rs-grace', 'echo "$(id -un) [$OWN]"; mine=1'),
        )}`,
      );
      const ran = await rig.run(['run', 'page.md', '--yes', '--log', 'none'], {
        as: people.grace,
        env: { GIVEN: 'hush-hush-000' },
      });
      expectExit(ran, 0);
      const printed = ran.stderr + ran.stdout;
      const lines = printed.split('\n').flatMap((line) => / {2}│ (.*)/.exec(line)?.[1] ?? []);
      // What goes to one stream stands in its order, and the two beside each other.
      const [first] = lines.splice(lines.indexOf('rs-linus'), 1);
      expect([first, ...lines]).toEqual([
        'rs-linus',
        'has it, and a b',
        '0',
        '600 rs-linus',
        '700 rs-linus',
        'kept /usr yes',
        'rs-grace [] rs-linus',
        'kept rs-linus True',
        'rs-grace []',
      ]);
      expect(printed).not.toContain('hush-hush-000');
    });

    test('are undone as their user, and what was left to them is there when the run is resumed', async () => {
      const undo = '#### Rollback\n\n```sh\necho "undone by $(id -un), $OWN"\n```';
      const rig = await layOut(
        `# T\n\n## Steps\n\n### Step 1 {user=rs-linus}\n\n${block('name=first', 'OWN=kept')}\n${undo}\n\n` +
          `### Step 2\n\n${block('name=wait user=rs-linus', 'sleep 987654.1')}\n`,
      );
      const running = rig.start(['run', 'page.md', '--yes', '--log', 'none'], { as: people.grace });
      await running.waitFor('`wait` started');
      await expect
        .poll(async () => (await rig.exec('sh', ['-c', 'ps axww -o user:20=,args= | grep 987654.1'])).stdout)
        .toMatch(/^rs-linus +sleep 987654\.1$/m);
      running.kill('SIGKILL');
      await running.ended;
      await expectNothingLeft(rig, 'sleep 987654.1');
      const resumed = await rig.run(['rollback', 'page.md', '--yes'], { as: people.grace });
      expect(resumed.stderr).toContain('undone by rs-linus, kept');
    });

    test('are ended whole by their time, also what has gone into a session of its own', async () => {
      const rig = await layOut(
        page(
          block(
            'name=late user=rs-linus timeout=2s',
            "trap '' INT\nsetsid sleep 987654.2 &\n(trap '' INT TERM; sleep 987654.2) &\nsleep 987654.2",
          ),
        ),
      );
      const ran = await rig.run(['run', 'page.md', '--yes', '--log', 'none'], { as: people.grace });
      expectExit(ran, 1);
      expect(ran.stderr).toContain('`late` failed');
      await expectNothingLeft(rig, 'sleep 987654.2');
    });

    test('write files as their user, and put them back as it', async () => {
      const rig = await layOut(
        page(
          block('name=conf user=rs-linus file=/tmp/runsheet-of-linus.conf', 'level: high', 'yaml'),
          block('name=no', 'false'),
        ),
      );
      await rig.exec('rm', ['-f', '/tmp/runsheet-of-linus.conf']);
      expectExit(await rig.run(['run', 'page.md', '--yes', '--log', 'none'], { as: people.grace }), 1);
      const written = await rig.exec('sh', [
        '-c',
        'stat -c %U /tmp/runsheet-of-linus.conf; cat /tmp/runsheet-of-linus.conf',
      ]);
      expect(written.stdout).toBe('rs-linus\nlevel: high\n');
      expectExit(await rig.run(['rollback', 'page.md', '--yes'], { as: people.grace }), 0);
      expect((await rig.exec('sh', ['-c', 'ls /tmp/runsheet-of-linus.conf'])).exitCode).not.toBe(0);
    });

    test('that cannot be had are refused by name, and nothing of them is run', async () => {
      const rig = await layOut(page(block('name=other user=rs-linus', 'id -un')));
      await rig.write('nobody.md', page(block('name=other user=rs-nobody-there', 'id -un')));
      const refused = await rig.run(['run', 'page.md', '--yes', '--log', 'none'], { as: people.ada });
      expectExit(refused, 1);
      expect(refused.stderr).toContain(
        'could not be started: it cannot be run as `rs-linus`: sudo: a password is required; let sudo run it ' +
          'without a password (`NOPASSWD`), or say what else makes it that user with `run-as` in `runsheet.yaml`',
      );
      const unknown = await rig.run(['run', 'nobody.md', '--yes', '--log', 'none'], { as: people.grace });
      expectExit(unknown, 1);
      expect(unknown.stderr).toContain(
        'it cannot be run as `rs-nobody-there`: sudo: unknown user rs-nobody-there',
      );
    });

    test('who are the operator need no sudo, and root and other programs do without it', async () => {
      const rig = await layOut(page(block('name=own user=rs-linus', 'id -un')));
      const own = await rig.run(['run', 'page.md', '--yes', '--log', 'none'], { as: people.linus });
      expectExit(own, 0);
      expect(own.stderr).toContain('│ rs-linus');
      await rig.write('runsheet.yaml', 'run-as: [runuser, -u, "{user}", --]\n');
      const byRoot = await rig.run(['run', 'page.md', '--yes', '--log', 'none']);
      expectExit(byRoot, 0);
      expect(byRoot.stderr).toContain('│ rs-linus');
      await rig.write('runsheet.yaml', 'run-as: [runuser, -u, rs-linus]\n');
      const wrong = await rig.run(['run', 'page.md', '--yes', '--log', 'none']);
      expectExit(wrong, 2);
      expect(wrong.stderr).toContain(
        '`run-as` expects a command with `{user}` in it, such as `[sudo, -n, -u, "{user}"]`',
      );
    });

    test.each([[[]], [['--surface', 'prompt']]])(
      'sudo asks a person for the password once %j',
      async (surface) => {
        const rig = await layOut(
          page(
            block('name=one user=rs-linus', 'echo "one as $(id -un)"'),
            block('name=two user=rs-linus', 'echo "two as $(id -un)"'),
          ),
        );
        const terminal = rig.terminal(['run', 'page.md', '--log', 'none', ...surface], {
          as: people.ada,
          cols: 100,
          rows: 30,
        });
        const [begin, run] =
          surface.length === 0 ? ['Enter begin', 'Enter run it'] : [undefined, 'Run this block?'];
        if (begin !== undefined) {
          await terminal.waitFor(begin);
          terminal.type(keys.enter);
        }
        await terminal.waitFor(run);
        terminal.type(keys.enter);
        await terminal.waitFor('[sudo] your password, to run this as rs-linus:');
        terminal.type(`wrong${keys.enter}`);
        await terminal.waitFor('Sorry, try again.');
        terminal.type(`${passwordOfAda}${keys.enter}`);
        await terminal.waitFor('one as rs-linus');
        await terminal.waitFor(new RegExp(`Step 2 of 2[\\s\\S]*${run.replace('?', '\\?')}`));
        terminal.type(keys.enter);
        await terminal.waitFor('two as rs-linus');
        expect(terminal.bytes()).not.toContain(passwordOfAda);
        terminal.kill('SIGTERM');
        await terminal.ended;
      },
    );

    describeWith(sshPrograms, 'on hosts', () => {
      test('have a state for each host and user', async () => {
        const rig = await layOut(
          page(
            block('name=one host=web1,web2 user=rs-linus', 'OWN=$RUNSHEET_HOST; id -un'),
            block('name=two host=web1,web2 user=rs-linus', 'echo "$OWN as $(id -un) in $PWD"'),
            block('name=three host=web1', 'echo "[$OWN] $(id -un)"'),
          ),
        );
        const hosts = await startSshHosts(['web1', 'web2']);
        const ran = await rig.run(['run', 'page.md', '--yes'], { env: { RUNSHEET_SSH: hosts.command } });
        expectExit(ran, 0);
        const outputs = await rig.file('page.md');
        expect(outputs).toContain('web1 as rs-linus in /');
        expect(outputs).toContain('web2 as rs-linus in /');
        expect(outputs).toContain('[] root');
      });
    });
  });
});
