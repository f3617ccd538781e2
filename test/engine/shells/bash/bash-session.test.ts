// Tests that blocks of bash are one script, cut in pieces.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ExecutorRig } from '../../executors/executor-rig.ts';

let rig: ExecutorRig;

beforeEach(async () => {
  rig = await ExecutorRig.create();
});

afterEach(() => rig.close());

test('a pipeline of which a later command had read enough has not failed, wherever it stands', async () => {
  const code = [
    'yes | head -1',
    'x=$(yes | head -1); echo "got $x"',
    'f() { yes | head -1; }; f',
    '( yes | head -1 )',
    'echo $?',
    'yes | head -1; ( exit 3 )',
    'echo never',
  ].join('\n');
  const ran = await rig.run('bash', code, { errexit: true });
  expect([ran.stdout, ran.reason]).toEqual([
    'y\ngot y\ny\ny\n0\ny\n',
    { type: 'exit', code: 3, at: { line: 7, blockLine: 6, command: '( exit 3 )' } },
  ]);
});

test('a condition is what the command says that has read enough, in every kind of condition', async () => {
  const code = [
    'if yes | grep -q y; then echo if; else echo wrong; fi',
    'yes | grep -q y && echo and',
    'yes | head -n1 || echo wrong',
    '! yes | grep -q y && echo wrong',
    'while yes | grep -q -m1 y 2>/dev/null; do echo while; break; done',
    'until yes | grep -q y; do echo wrong; break; done',
    'if false; then :; elif yes | sed -n "1p;q" >/dev/null; then echo elif; fi',
    'has() { yes | command grep --quiet "$1"; }',
    'if has y; then echo function; fi',
    'if x=$(yes | head -n 1); then echo "got $x"; fi',
    'if { yes | grep -q y; } && ( yes | grep -q y ); then echo lists; fi',
    'if echo | grep -q x || ! yes | awk "NR == 2 { exit }"; then echo wrong; fi',
    '[[ -o pipefail ]] && echo pipefail',
    'if false | cat; then echo wrong; else echo failed; fi',
    'yes | head -1',
    'if yes | grep -q y; then echo again; fi',
    'false | grep -q y || false | cat',
    'echo never',
  ].join('\n');
  const ran = await rig.run('bash', code, { errexit: true });
  expect([ran.stdout, ran.stderr, ran.reason]).toEqual([
    'if\nand\ny\nwhile\nelif\nfunction\ngot y\nlists\npipefail\nfailed\ny\nagain\n',
    '',
    { type: 'exit', code: 1, at: { line: 18, blockLine: 17, command: 'false | cat' } },
  ]);
});

test('what a condition says is the same on a terminal, for functions and beside EXIT traps of earlier blocks', async () => {
  await rig.sh('has() { yes | grep -q y; }; trap "echo bye" EXIT');
  const code =
    'if has; then echo function; fi; yes | grep -q y && echo and; false | cat || exit 3; echo never';
  const terminal = { type: 'own' as const, columns: 80, rows: 24, attach: () => {} };
  const ran = await rig.run('bash', code, { errexit: true }, { terminal });
  expect([ran.stdout, ran.reason?.type === 'exit' && ran.reason.code]).toEqual(['function\r\nand\r\n', 3]);
});

test('traps go from block to block, and an EXIT trap waits for the end of the shells', async () => {
  await rig.sh("trap 'echo bye >>log' EXIT; trap 'echo err >>log' USR1");
  await rig.sh('echo kept');
  await rig.sh('kill -USR1 $$; echo sent >>log');
  expect(rig.read('log')).toBe('err\nsent\n');
  await rig.executor.runExitTraps();
  expect(rig.read('log')).toBe('err\nsent\nbye\n');
});

test('a trapped signal that comes from outside runs its text in the later block, with its variables', async () => {
  writeFileSync(join(rig.work, 'signal'), '#!/bin/sh\nkill "-$1" "$PPID"\n', { mode: 0o755 });
  await rig.sh('trap \'told="$told usr1"; echo "told$told"\' USR1; trap \'\' USR2');
  expect(await rig.sh('./signal USR1; echo after')).toBe('told usr1\nafter');
  expect(await rig.sh('./signal USR2; ./signal USR1; echo "$told"')).toBe('told usr1 usr1\n usr1 usr1');
  for (const [signal, errexit] of [
    ['HUP', true],
    ['HUP', false],
    ['TERM', true],
  ] as const) {
    const ran = await rig.run('bash', `./signal ${signal}; echo never`, { errexit });
    expect([ran.stdout, ran.reason]).toEqual(['', { type: 'signal', signal: `SIG${signal}` }]);
  }
  const failed = await rig.run('bash', "sh -c './signal HUP'", { errexit: true });
  expect(failed.reason).toMatchObject({ type: 'exit', code: 129, at: { blockLine: 1 } });
  expect(await rig.sh('echo "$told"')).toBe(' usr1 usr1');
});

test('errors in functions have the lines on which their authors wrote them', async () => {
  await rig.sh('\nf() {\n  # nothing\n  nosuchcommand || true\n}');
  const ran = await rig.run('bash', 'f');
  expect(ran.stderr.replace(/^.*\//, '')).toBe('block-1.sh: line 4: nosuchcommand: command not found\n');
});

test('functions that define others are carried', async () => {
  await rig.sh('outer() {\n  inner() { echo "in $1"; }\n  inner "$1"\n}\nother() { echo other; }');
  expect(await rig.sh('outer 1; inner 2')).toBe('in 1\nin 2');
  expect(await rig.sh('inner 3; other; outer 4')).toBe('in 3\nother\nin 4');
});

test('SECONDS counts on from block to block, and only where a block asks for it', async () => {
  expect(await rig.sh('SECONDS=500')).toBe('');
  await rig.sh('true');
  expect(await rig.sh('(( SECONDS >= 500 && SECONDS < 600 )); end=$((SECONDS + 100))')).toBe('');
  expect(await rig.sh('ls >/dev/null; set -- x; within() { (( SECONDS < end )); }')).toBe('');
  expect(await rig.sh('within; echo "$(( end - SECONDS > 0 ))"; SECONDS=-90')).toBe('1');
  expect(await rig.sh('(( SECONDS < 0 )); declare -p | grep __rs || true')).toBe('');
});

test('no variable of the tool stands in what a block lists', async () => {
  expect(
    await rig.sh('set | grep __rs || true; declare -p | grep __rs || true; compgen -v __rs || true'),
  ).toBe('');
});

test('arguments, the folder stack, matches, limits and the exit code are those of one script', async () => {
  await rig.sh('set -- a "b c"; pushd / >/dev/null; [[ v12 =~ v(.*) ]]; ulimit -n 99');
  expect(
    await rig.sh('echo "$#$2 ${BASH_REMATCH[1]} $(ulimit -n)"; popd >/dev/null; echo "${PWD##*/}"'),
  ).toBe(`2b c 12 99\n${rig.folder.split('/').at(-1)}`);
  await rig.run('bash', '(exit 3)', { errexit: false });
  expect(await rig.sh('echo $?')).toBe('3');
});
