import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ExecutorRig } from '../executors/executor-rig.ts';

let rig: ExecutorRig;

beforeEach(async () => {
  rig = await ExecutorRig.create();
});

afterEach(() => rig.close());

describe('state is carried from block to block', () => {
  test('variables, arrays, functions, cwd, options, aliases, umask', async () => {
    mkdirSync(join(rig.folder, 'sub'));
    await rig.run(
      'bash',
      [
        "plain=1; export EXPORTED='two words'; list=(a 'b c' $'d\\ne'); declare -A map=(['k v']='x\"y')",
        'declare -i number=4; greet() { echo "hello $1"; }',
        "cd sub; shopt -s nullglob; set -u; alias say='echo said'; umask 027",
      ].join('\n'),
    );
    const { stdout } = await rig.run(
      'bash',
      [
        'echo "$plain|$EXPORTED|${list[1]}|${list[2]}|${map[k v]}"; number=number+1; echo $number',
        'greet you; echo ${PWD##*/}; shopt nullglob; echo $-; say so; umask; sh -c \'echo "$EXPORTED"\'',
      ].join('\n'),
    );
    expect(stdout).toBe(
      '1|two words|b c|d\ne|x"y\n5\nhello you\nsub\nnullglob       \ton\nehuB\nsaid so\n0027\ntwo words\n',
    );
  });

  test('what is unset, removed or switched off stays so', async () => {
    await rig.sh('a=1; export b=2; f() { :; }; alias k=true; set -u; list=(1 2); export c=3');
    await rig.sh('unset a b; unset -f f; unalias k; set +u; list=(3); export -n c; readonly r=4');
    expect(await rig.sh('echo "${a-none} ${b-none} $(type -t f k) $- ${list[*]} $(printenv c) $c $r"')).toBe(
      'none none  ehB 3  3 4',
    );
  });

  test('of a block that fails', async () => {
    const failed = await rig.run('sh', 'kept=yes; false');
    const at = { line: 2, blockLine: 1, command: 'false' };
    expect([failed.ok, failed.reason]).toEqual([false, { type: 'exit', code: 1, at }]);
    expect(await rig.sh('echo $kept')).toBe('yes');
  });

  test('of a block that calls exit', async () => {
    const failed = await rig.run('sh', 'kept=yes; cd /; exit 3');
    expect(failed.reason).toEqual({ type: 'exit', code: 3 });
    expect(await rig.sh('echo $kept $PWD')).toBe('yes /');
  });

  test('of a block that exits inside a function, without the locals of the function', async () => {
    await rig.sh('name=global');
    await rig.run('sh', 'f() { local name=local other=1; kept=yes; exit 0; }; f');
    expect(await rig.sh('echo "$name $kept ${other-none}"')).toBe('global yes none');
  });

  test('of a block ended by set -e, which stays on', async () => {
    const failed = await rig.run('sh', 'set -e; kept=yes\nfalse\necho never');
    const rest = { line: 3, blockLine: 2 };
    expect([failed.reason, failed.stdout]).toEqual([
      { type: 'exit', code: 1, at: { ...rest, command: 'false', rest } },
      '',
    ]);
    expect(await rig.sh('echo $kept\nfalse\necho never')).toBe('yes');
    expect(await rig.sh('set +e; false; echo here')).toBe('here');
  });

  test('of a block with its own EXIT trap, which runs once and at its end', async () => {
    const ran = await rig.run(
      'sh',
      "trap 'echo bye $?; rm -f made; exit 7' EXIT; touch made; kept=yes; exit 3",
    );
    expect([ran.stdout, ran.reason]).toEqual(['bye 3\n', { type: 'exit', code: 7 }]);
    expect(existsSync(join(rig.folder, 'made'))).toBe(false);
    expect(await rig.sh('echo $kept; trap')).toBe('yes');
  });

  test('options that would show our own commands show only those of the block', async () => {
    const first = await rig.run('sh', 'set -x\necho one');
    const second = await rig.run('sh', 'echo two\nset +x');
    expect([first.stderr, second.stderr]).toEqual(['+ echo one\n', '+ echo two\n+ set +x\n']);
  });
});

describe('traps of a block', () => {
  test('are listed without ours, can be taken back, and belong to subshells where set there', async () => {
    const ran = await rig.run(
      'bash',
      [
        "trap 'echo interrupted' INT; trap 'echo gone' EXIT; trap -p",
        "trap - EXIT; trap -p EXIT; ( trap 'echo inner' EXIT; echo in ); kill -INT $BASHPID; echo after",
      ].join('\n'),
    );
    expect(ran.stdout).toBe(
      "trap -- 'echo gone' EXIT\ntrap -- 'echo interrupted' SIGINT\nin\ninner\ninterrupted\nafter\n",
    );
  });
});

describe('the shell that is forked ahead of the next block', () => {
  test('runs it also where a function hides `exec`', async () => {
    await rig.sh('exec() { echo "not $*"; }');
    expect(await rig.sh('exec anything')).toBe('not anything');
  });

  test('is not used when the state has changed since', async () => {
    await rig.sh('x=1');
    await rig.executor.setVariables({ Y: 'from outside' });
    expect(await rig.sh('echo "$x $Y"')).toBe('1 from outside');
  });

  test('is replaced, with the state, when somebody ends it', async () => {
    await rig.sh('x=kept');
    const [live] = await childrenOf(process.pid, 'bash');
    const [ahead] = await childrenOf(live ?? 0);
    process.kill(ahead ?? 0, 'SIGKILL');
    await gone(ahead ?? 0);
    expect(await rig.sh('echo $x')).toBe('kept');
  });
});

/** The processes that `parent` has started, once there are any. */
async function childrenOf(parent: number, name = '.'): Promise<number[]> {
  return vi.waitUntil(() => {
    const { stdout } = spawnSync('pgrep', ['-P', String(parent), name], { encoding: 'utf8' });
    return stdout === '' ? undefined : stdout.trim().split('\n').map(Number);
  });
}

/** Resolves when the process has ended and its parent knows it. */
async function gone(pid: number): Promise<void> {
  await vi.waitUntil(() => spawnSync('kill', ['-0', String(pid)]).status !== 0);
}

describe('a shell that is lost', () => {
  test('a killed block leaves the state before it, and a warning', async () => {
    await rig.sh('before=kept');
    const killed = await rig.run('sh', 'before=lost; kill -9 $BASHPID');
    expect([killed.reason, killed.result.exitCode, killed.result.warnings]).toEqual([
      { type: 'signal', signal: 'SIGKILL' },
      null,
      ['the block was killed; variables, functions and working directory are as they were before the block'],
    ]);
    expect(await rig.sh('echo $before')).toBe('kept');
  });

  test('a block that kills its own shell is survived, with all state', async () => {
    await rig.sh('cd /; before=kept; f() { echo in f; }; list=(1 "2 3"); set -u; alias k="echo k"');
    const killed = await rig.run('sh', 'kill -9 $$; sleep 100');
    expect([killed.reason, killed.result.warnings]).toEqual([
      { type: 'signal', signal: 'SIGKILL' },
      ['the block was killed; variables, functions and working directory are as they were before the block'],
    ]);
    expect(await rig.sh('echo $before ${list[1]} $PWD $-; f; k')).toBe('kept 2 3 / ehuB\nin f\nk');
  });

  test('a block that replaces its shell gives its exit code and a warning', async () => {
    const ran = await rig.run('sh', "x=1; exec sh -c 'echo replaced; exit 5'");
    expect([ran.stdout, ran.reason, ran.result.warnings]).toEqual([
      'replaced\n',
      { type: 'exit', code: 5 },
      [
        'the block replaced its shell (exec); variables, functions and working directory are as they were before the block',
      ],
    ]);
  });

  test.each([
    ['of another kind', 'bash', 'ONE=1; rm -f "${RUNSHEET_OUTPUT%/*}"/s "${RUNSHEET_OUTPUT%/*}"/r'],
    ['of the same', 'bash', 'ONE=1; cd /; rm -f $ROOM/s'],
    ['of another language', 'python', 'import os\nos.remove(os.environ["ROOM"] + "/s")'],
  ])('a block that finds pipes removed by one %s has new ones', async (_, language, code) => {
    await rig.sh('ROOM="$(dirname "$RUNSHEET_OUTPUT")"; export ROOM ONE=1');
    await rig.run(language, code);
    const ran = await rig.run('bash', 'echo "$ONE"; TWO=2');
    expect([ran.stdout, ran.result.warnings]).toEqual(['1\n', []]);
    expect(await rig.sh('echo "$ONE $TWO"')).toBe('1 2');
  });

  test('a working directory that is removed is not silently replaced by another', async () => {
    const ran = await rig.run('sh', 'mkdir gone; cd gone; rmdir ../gone');
    expect(ran.result.warnings).toEqual([`the working directory \`${join(rig.folder, 'gone')}\` is gone`]);
    expect(await rig.sh('echo ${PWD##*/}; touch file 2>/dev/null || echo nowhere; ls')).toBe('gone\nnowhere');
    expect(existsSync(join(rig.folder, 'gone'))).toBe(false);
    expect((await rig.run('python', 'print(1)')).reason).toEqual({
      type: 'spawn',
      message: `the working directory \`${join(rig.folder, 'gone')}\` does not exist; an earlier block went there: go elsewhere before this one, or give it a \`cwd\``,
    });
    expect(await rig.sh('cd ..; pwd')).toBe(realpathSync(rig.folder));
  });

  test.each(['bash', 'zsh', 'dash'])('so is one that was removed with all above it: %s', async (language) => {
    const shell = async (code: string) => (await rig.run(language, code)).stdout;
    await shell('mkdir -p a/b/c; cd a/b/c; rm -r ../../../a');
    expect(await shell('pwd; echo data 2>/dev/null >file || echo nowhere')).toBe(
      `${realpathSync(rig.folder)}/a/b/c\nnowhere\n`,
    );
    expect(existsSync(join(rig.folder, 'a'))).toBe(false);
    await shell('cd ../../..');
    expect(await shell('pwd; echo data > file')).toBe(`${realpathSync(rig.folder)}\n`);
    expect(existsSync(join(rig.folder, 'file'))).toBe(true);
  });
});

describe('what a block finds', () => {
  test('errors name the block and its own lines', async () => {
    const folder = /^\/\S*\/(?=block-)/gm;
    const ran = await rig.run('sh', '\nnosuchcommand || true\necho $LINENO');
    expect([ran.stderr.replace(folder, ''), ran.stdout]).toEqual([
      'block-1.sh: line 2: nosuchcommand: command not found\n',
      '3\n',
    ]);
    const broken = await rig.run('sh', 'echo a\nif then');
    expect([broken.stderr.replace(folder, ''), broken.ok]).toEqual([
      "block-2.sh: line 2: syntax error near unexpected token `then'\n",
      false,
    ]);
  });

  test('an empty standard input and no terminal', async () => {
    const ran = await rig.run('sh', 'cat; read -r line || echo "[$line]"; tty || : </dev/tty');
    expect([ran.stdout, ran.stderr.replace(/^\/\S*\/(?=block-)/gm, '')]).toEqual([
      '[]\nnot a tty\n',
      'block-1.sh: line 1: /dev/tty: No such device or address\n',
    ]);
  });

  test('the variables of the run, and its control descriptors closed', async () => {
    const ran = await rig.run(
      'sh',
      'env | grep ^RUNSHEET | sort | sed "s,=/.*,=PATH,"; { : <&3; } 2>/dev/null || { : >&4; } 2>/dev/null || echo closed',
    );
    expect(ran.stdout).toBe(
      'RUNSHEET=1\nRUNSHEET_OUTPUT=PATH\nRUNSHEET_RUN=20261121-021322-test\nRUNSHEET_STEP=block-1\nclosed\n',
    );
  });

  test('its cwd and env for itself alone, while a cd inside it carries over', async () => {
    mkdirSync(join(rig.folder, 'sub/deep'), { recursive: true });
    await rig.sh('export NAME=outer');
    const place = { cwd: 'sub', env: { NAME: "in'ner", OTHER: '1' } };
    expect(await rig.sh('echo ${PWD##*/} $NAME; NAME=changed', place)).toBe("sub in'ner");
    expect(await rig.sh('echo $PWD $NAME ${OTHER-none}')).toBe(`${rig.folder} outer none`);
    await rig.sh('cd deep', place);
    expect(await rig.sh('echo $PWD')).toBe(join(realpathSync(rig.folder), 'sub/deep'));
    expect((await rig.run('sh', 'true', { cwd: 'missing' })).reason).toEqual({
      type: 'spawn',
      message: `the working directory \`${join(rig.folder, 'missing')}\` does not exist`,
    });
  });
});

describe('what has to be done before the code is run', () => {
  const log = (): string => rig.read('log');

  test.for([
    ['sh', 'echo code >>log'],
    ['dash', 'echo code >>log'],
    ['python', "open('log', 'a').write('code\\n')"],
  ])('is done once, and first: %s', async ([language = '', code = '']) => {
    await rig.sh('true');
    const beforeCode = async (): Promise<void> => appendFileSync(join(rig.folder, 'log'), 'before\n');
    expect((await rig.run(language, code, {}, { beforeCode })).ok).toBe(true);
    expect(log()).toBe('before\ncode\n');
  });

  test.for(['sh', 'dash', 'python'])('keeps it from being run where it fails: %s', async (language) => {
    await rig.sh('x=1; echo before >log');
    const beforeCode = async (): Promise<void> => {
      throw new Error('the device is full');
    };
    await expect(rig.run(language, 'echo code >>log', {}, { beforeCode })).rejects.toThrow(
      'the device is full',
    );
    expect(await rig.sh('echo $x; cat log')).toBe('1\nbefore');
  });
});

test('a trap for each command sees none of ours', async () => {
  expect(await rig.sh("x=0; trap 'echo next' DEBUG; x=1\necho $x")).toBe('next\nnext\n1');
  expect(await rig.sh('echo $x $PWD')).toBe(`next\n1 ${rig.folder}`);
});

test('an echo of what the shell reads shows nothing of ours', async () => {
  const ran = await rig.run('sh', 'set -v\necho a');
  expect([ran.stdout, ran.stderr]).toEqual(['a\n', 'echo a\n']);
  expect(await rig.sh('echo $-')).toBe('ehvB');
});

test('code larger than a pipe holds', async () => {
  const text = 'x'.repeat(200_000);
  expect((await rig.sh(`x=${text}; echo \${#x}`)).trim()).toBe('200000');
  expect((await rig.sh(`: ${text}; echo \${#x}`)).trim()).toBe('200000');
});

test('a condition sees the state and changes nothing', async () => {
  await rig.sh('x=1');
  const condition = await rig.run(
    'python',
    'x = 1',
    {},
    { purpose: 'condition', code: 'test $x = 1; y=2; cd /; exit 1' },
  );
  expect([condition.ok, condition.result]).toEqual([
    false,
    {
      exitCode: 1,
      durationMs: condition.result.durationMs,
      output: { stdoutBytes: 0, stderrBytes: 0, lines: 0 },
      captured: {},
      warnings: [],
    },
  ]);
  expect(await rig.sh('echo ${y-none} $PWD')).toBe(`none ${rig.folder}`);
});

test.for([
  ['exit 3', 3],
  ['test 1 = 2', 1],
  ['( exit 4 )', 4],
  ['set -x; x=1; test 1 = 2', 1],
  ["trap 'echo next' DEBUG; test 1 = 2", 1],
] as const)('a condition answers with its exit code: %s', async ([code, exitCode]) => {
  const condition = await rig.run('sh', '', {}, { purpose: 'condition', code });
  expect([condition.ok, condition.result.exitCode]).toEqual([false, exitCode]);
  const block = await rig.run('sh', code);
  expect([block.ok, block.result.exitCode]).toEqual([false, exitCode]);
});
