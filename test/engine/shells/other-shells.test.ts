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
            const second = await rig.run('sh', 'printf %s "$copy"', { captures: [{ name: 'CAPTURED' }] });
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

/** Which line of a strict block is said to have failed, with the exit code; the reason where there is no line. */
async function failedLine(code: string): Promise<unknown> {
  const { reason } = await rig.run('sh', code);
  if (reason?.type !== 'exit') return reason;
  return reason.at === undefined ? reason.code : [reason.code, reason.at.blockLine, reason.at.command];
}

test.runIf(has('zsh'))('zsh ends a block at its first failing command, and tells its line', async () => {
  rig = await ExecutorRig.create({ shell: 'zsh' });
  expect(await failedLine('true\n\nfalse\necho never')).toEqual([1, 3, 'false']);
  expect(await failedLine('f() {\n  true\n\n  false\n  true\n}\nf')).toEqual([1, 4, 'false']);
  expect(await failedLine('true\nf\necho never')).toEqual([1, 2, 'f']);
  expect(await failedLine('false | true\n')).toEqual([1, 1, 'false | true']);
  expect(await failedLine('x=$(false)')).toEqual([1, 1, 'x=$(false)']);
  expect(await failedLine('if false; then :; fi; false || true; ! true || true\n( exit 4 )')).toEqual([
    4,
    2,
    '( exit 4 )',
  ]);
  expect(await failedLine('exit 3')).toBe(3);
  expect(await rig.sh('set +e\nfalse; echo on')).toBe('on');
  expect(await rig.sh('false; echo still')).toBe('still');
  expect(await failedLine('set -e; true\nfalse')).toEqual([1, 2, 'false']);
});

test.runIf(has('zsh'))('zsh goes on where a later command of a pipeline had read enough', async () => {
  rig = await ExecutorRig.create({ shell: 'zsh' });
  expect(
    await rig.sh(
      'yes | head -1; echo $(yes | head -1)\nx=$(yes | head -2 | tail -1); echo $x\n(yes | head -1; echo in); yes | head -1',
    ),
  ).toBe('y\ny\ny\ny\nin\ny');
  expect(await failedLine('yes | head -1\ntrue\nfalse | true')).toEqual([1, 3, 'false | true']);
  expect(await failedLine('(exit 141)')).toEqual([141, 1, '(exit 141)']);
  expect(await failedLine('yes | (head -1; exit 2)')).toEqual([2, 1, 'yes | (head -1; exit 2)']);
  expect(await rig.sh('[[ -o errexit ]] && echo strict')).toBe('strict');
});

test.runIf(has('zsh'))('a condition of zsh is what the command says that has read enough', async () => {
  rig = await ExecutorRig.create({ shell: 'zsh' });
  const code = [
    'if yes | grep -q y; then echo if; else echo wrong; fi',
    'yes | grep -q y>/dev/null && echo and',
    'yes | head -n 1 || echo wrong',
    '! yes | grep -q y && echo wrong',
    'while yes | grep -q -m1 "y" 2>/dev/null; do echo while; break; done',
    'has() { yes | command grep --quiet "$1"; }',
    'if has y; then echo function; fi',
    'if x=$(yes | head -n 2 | head -n 1); then echo "got $x"; fi',
    'if { yes | grep -q y } && ( yes | grep -q y ); then echo lists; fi',
    '[[ -o pipefail ]] && echo pipefail',
    'if false | cat; then echo wrong; else echo failed; fi',
    'yes | head -1',
    'if yes | grep -q y; then echo again; fi',
  ].join('\n');
  expect(await rig.sh(code)).toBe('if\nand\ny\nwhile\nfunction\ngot y\nlists\npipefail\nfailed\ny\nagain');
  expect(await rig.sh('if has y; then echo carried; fi')).toBe('carried');
  // A list is judged as one.
  expect(await rig.sh('yes | grep -q y && echo list | cat')).toBe('list');
  expect(await failedLine('false | cat')).toEqual([1, 1, 'false | cat']);
});

test.runIf(has('zsh'))('SECONDS counts on from block to block in zsh', async () => {
  rig = await ExecutorRig.create({ shell: 'zsh' });
  await rig.sh('SECONDS=500');
  await rig.sh('true');
  expect(await rig.sh('(( SECONDS >= 500 && SECONDS < 600 )); typeset -F SECONDS; SECONDS=-90.5')).toBe('');
  expect(await rig.sh('(( SECONDS < 0 )); echo ${parameters[SECONDS]}')).toBe('integer-special');
});

test.runIf(has('zsh'))('zsh carries what a script would have in its next line', async () => {
  rig = await ExecutorRig.create({ shell: 'zsh' });
  expect(await rig.sh("alias k='echo got'\nk pods")).toBe('got pods');
  await rig.sh(
    [
      'typeset -T LIB_PATH lib_path; lib_path=(/a /b); typeset -F 2 pi=3.14159; setopt ksharrays',
      "trap 'echo usr1' USR1; TRAPUSR2() { echo usr2 }; set -- one 'two three'; alias -g G='| cat'; alias -s txt=cat",
      "zmodload zsh/mathfunc; zstyle ':a:*' b c; hash -d t=/tmp; cdpath=(/usr); ulimit -S -n 200; pushd / >/dev/null",
      'a=(first second); trap "echo left" EXIT',
    ].join('\n'),
  );
  expect(
    await rig.sh(
      [
        'lib_path+=(/c); echo $LIB_PATH $pi ${a[0]} "$2" $#; kill -USR1 $$; kill -USR2 $$; echo aliased G; echo ~t',
        "echo $(( sqrt(4) )); zstyle -L; ulimit -S -n; dirs -p | wc -l | tr -d ' '; cd local; pwd; popd; pwd",
      ].join('\n'),
    ),
  ).toBe(
    "/a:/b:/c 3.14 first two three 2\nusr1\nusr2\naliased\n/tmp\n2.\nzstyle ':a:*' b c\n200\n2\n/usr/local\n" +
      rig.folder,
  );
  expect(await rig.sh("f() { trap 'echo end of f' EXIT; echo in f }\nf; echo behind f")).toBe(
    'in f\nend of f\nbehind f',
  );
});

test.runIf(has('dash'))(
  'dash carries functions by their text, traps, parameters and the last exit code',
  async () => {
    rig = await ExecutorRig.create({ shell: 'dash' });
    await rig.sh(
      'f() {\n  echo f "$1"\n}\ng() { f "g $1"; } 2>&1\nif true; then h() { echo h; }; fi\nset -- a \'b c\'; trap \'echo usr1\' USR1; ulimit -S -n 200',
    );
    expect(await rig.sh('g x; h; echo "$2" $#; kill -USR1 $$; ulimit -n')).toBe('f g x\nh\nb c 2\nusr1\n200');
    expect(
      await rig.sh("( trap 'echo inner' EXIT; echo in ); x=$(trap 'echo end' EXIT); echo $x; trap"),
    ).toBe("in\ninner\nend\ntrap -- 'echo usr1' USR1");
    // Which of the two is in force cannot be seen: better none than the wrong one.
    await rig.sh('if false; then f() { echo other; }; fi; unset -f h');
    expect([await failedLine('f x'), await failedLine('h'), await rig.sh('command -v g')]).toEqual([
      [127, 1, 'f x'],
      [127, 1, 'h'],
      'g',
    ]);
    await rig.run('sh', '(exit 3)', { exit: [0, 3], errexit: false });
    expect(await rig.sh('echo "code $?"')).toBe('code 3');
    expect(await failedLine('true\nfalse\necho never')).toBe(1);
  },
);
