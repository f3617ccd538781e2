import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findCommand } from '../../../src/engine/interpreters/find-command.ts';
import { ExecutorRig, savedState } from '../executors/executor-rig.ts';

let rig: ExecutorRig;

afterEach(() => rig.close());

/** How a shell block ends, without the place. */
async function endOf(code: string): Promise<unknown> {
  const { reason } = await rig.run('sh', code);
  return reason?.type === 'exit' ? { type: reason.type, code: reason.code } : reason;
}

const has = (command: string): boolean =>
  findCommand(command, { path: process.env.PATH ?? '', cwd: '/' }) !== undefined;

for (const shell of ['dash', 'zsh'] as const)
  describe.runIf(has(shell))(`blocks in ${shell}`, () => {
    beforeEach(async () => {
      rig = await ExecutorRig.create({ shell });
    });

    test('share variables, cwd, options, aliases and umask', async () => {
      mkdirSync(join(rig.folder, 'sub'));
      await rig.sh(
        "plain='a  b'; export EXPORTED=\"it's é\"; gone=1; cd sub; set -u; umask 027; alias say='echo said'",
      );
      await rig.sh('unset gone');
      const ran = await rig.run(
        'sh',
        'echo "$plain|$EXPORTED|${gone-none}|${PWD##*/}"; umask; say so; case $- in *u*) echo u;; esac; sh -c \'echo "$EXPORTED"\'',
      );
      expect([ran.stdout.replace('0027', '027'), ran.stderr]).toEqual([
        "a  b|it's é|none|sub\n027\nsaid so\nu\nit's é\n",
        '',
      ]);
    });

    test('keep the state when they fail, exit, or have an EXIT trap of their own', async () => {
      expect(await endOf('a=1; false')).toEqual({ type: 'exit', code: 1 });
      expect(await endOf('b=1; exit 3')).toEqual({ type: 'exit', code: 3 });
      expect(await endOf('set -e; c=1\nfalse\necho never')).toEqual({ type: 'exit', code: 1 });
      const trapped = await rig.run('sh', "set +e; trap 'echo bye $?; exit 7' EXIT; d=1; exit 4");
      expect([trapped.stdout, trapped.reason]).toEqual(['bye 4\n', { type: 'exit', code: 7 }]);
      // zsh lists the tool's own trap for failing commands.
      expect((await rig.sh('echo $a $b $c $d; trap')).replace(/\ntrap -- .*__rs_failing .* ZERR$/, '')).toBe(
        '1 1 1 1',
      );
    });

    test('leave the state as it was when they are killed or replace their shell', async () => {
      await rig.sh('x=kept');
      const killed = await rig.run('sh', 'x=lost; kill -9 $$');
      expect([killed.reason, killed.result.warnings.length]).toEqual([
        { type: 'signal', signal: 'SIGKILL' },
        1,
      ]);
      const replaced = await rig.run('sh', 'x=lost; exec sh -c "exit 5"');
      expect([replaced.reason, replaced.result.warnings.length]).toEqual([{ type: 'exit', code: 5 }, 1]);
      expect(await rig.sh('echo $x')).toBe('kept');
    });

    test('show their own commands only, when they are traced', async () => {
      const first = await rig.run('sh', 'set -x\necho one');
      const second = await rig.run('sh', 'echo two');
      for (const [ran, word] of [
        [first, 'one'],
        [second, 'two'],
      ] as const)
        expect(
          ran.stderr.split('\n').filter((line) => line !== '' && !line.includes(`echo ${word}`)),
        ).toEqual([]);
      expect(second.stderr).toContain('echo two');
    });

    test('are ended with their children, and start from a stored state', async () => {
      const ended = await rig.run('sh', 'trap "" INT; sleep 100 & sleep 100', { timeoutMs: 200 });
      expect(ended.reason).toEqual({ type: 'timeout', timeoutMs: 200 });
      const stored = await rig.run('sh', "cd /; x='1 2'; export Y=3");
      await rig.reopen({ restoreFrom: savedState(stored) });
      expect(await rig.sh('echo "$x" $Y $PWD; sh -c "echo \\$Y"')).toBe('1 2 3 /\n3');
    });

    test('share environment and place with bash and other languages', async () => {
      await rig.run('bash', 'export FROM_BASH="b \'1\'"; cd /');
      expect(await rig.sh('echo "$FROM_BASH" $PWD; export BACK="z"; cd /tmp')).toBe("b '1' /");
      expect((await rig.run('bash', 'echo $BACK $PWD; unset BACK')).stdout).toBe('z /tmp\n');
      expect(await rig.sh('echo ${BACK-none}')).toBe('none');
      expect((await rig.run('python', 'import os; print(os.getcwd(), os.environ["FROM_BASH"])')).stdout).toBe(
        "/tmp b '1'\n",
      );
    });

    test('hand on any value unchanged', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc
            .array(
              fc.constantFrom(
                "'",
                '"',
                '$',
                '`',
                '\\',
                '\n',
                '\t',
                ' ',
                '!',
                '*',
                '$(id)',
                'é',
                '🙂',
                '~',
                '-n',
                '\x01',
                '\x1b[1m',
              ),
            )
            .map((parts) => parts.join('')),
          async (text) => {
            await rig.executor.setVariables({ VALUE: text });
            const first = await rig.run('sh', 'printf %s "$VALUE"; copy=$VALUE');
            const second = await rig.run('sh', 'printf %s "$copy"', { capture: 'CAPTURED' });
            expect([first.stdout, second.stdout]).toEqual([text, text]);
          },
        ),
        { numRuns: 10 },
      );
    });
  });

test.runIf(has('zsh'))('zsh keeps functions, arrays and its own options', async () => {
  rig = await ExecutorRig.create({ shell: 'zsh' });
  await rig.sh(
    "f() { echo in f $1 }; list=(a 'b c' ''); typeset -A map=('k v' \"x'y\"); typeset -i n=4; setopt extendedglob",
  );
  expect(
    await rig.sh('f 1; echo $list[2] $#list "$map[k v]"; n=n+1; echo $n; [[ -o extendedglob ]] && echo on'),
  ).toBe("in f 1\nb c 3 x'y\n5\non");
});

test('a shell that is not there, or is another, is refused with words', async () => {
  rig = await ExecutorRig.create({ shell: '/nonexistent/zsh' });
  expect((await rig.run('sh', 'true')).reason).toEqual({
    type: 'spawn',
    message:
      '`sh` blocks need `/nonexistent/zsh`, which is not installed; install zsh, or set `shell:` in the front matter',
  });
  await rig.executor.close();
  rig = await ExecutorRig.create({ cwd: '/nonexistent' });
  expect((await rig.run('sh', 'true')).reason).toEqual({
    type: 'spawn',
    message: 'the working directory `/nonexistent` does not exist',
  });
});
