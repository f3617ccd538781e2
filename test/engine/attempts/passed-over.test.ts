// Tests what is made of commands that nothing in a block asks for, in every shell that tells of them, here and on a host.
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { ExecutorRig } from '../executors/executor-rig.ts';

/** Runs here what it is told to run on `web1`. */
const standIn = `#!/bin/sh
while [ "$1" != web1 ]; do [ $# -gt 0 ] || exit 255; shift; done
shift; [ "$1" = -- ] && shift
exec sh -c "$*"
`;

let rig: ExecutorRig;

beforeEach(async () => {
  const folder = await temporaryFolder();
  const ssh = join(folder, 'ssh');
  await writeFile(ssh, standIn);
  await chmod(ssh, 0o755);
  const env = { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' };
  rig = await ExecutorRig.create({ env, cwd: folder, ssh: { command: [ssh], env, mayAsk: false } });
});

afterEach(() => rig.close());

const past = (exit: number, line: number, command: string): string =>
  `it went on past exit ${exit} at line ${line}, which nothing asks for: \`${command}\``;

/** Code, and what it goes past; the page's line is that of the code and one more. */
const cases: readonly (readonly [what: string, code: string, words: readonly string[]])[] = [
  ['a value of export', 'x=1\nexport IP=$(cat /none)\necho "$IP"', [past(1, 3, 'cat /none')]],
  ['a value of local', 'f() {\n  local v=$(cat /none)\n  echo "$v"\n}\nf', [past(1, 3, 'cat /none')]],
  ['an argument', 'echo "$(ls /none)"', [past(2, 2, 'ls /none')]],
  ['a process substitution', 'cat <(ls /none)', [past(2, 2, 'ls /none')]],
  ['the items of a loop', 'for pod in $(ls /none); do echo "$pod"; done', [past(2, 2, 'ls /none')]],
  ['a here-document', 'cat <<END\nté $(ls /né)\nEND', [past(2, 2, 'ls /né')]],
  [
    'the last command of a substitution',
    'echo "$(ls /none || true; ls /nowhere)"',
    [past(2, 2, 'ls /nowhere')],
  ],
  ['the same in a loop', 'for n in 1 2 3; do export X=$(cat /none); done', [past(1, 2, 'cat /none')]],
  [
    'more than are told',
    'export A=$(ls /a)\nexport B=$(ls /b)\nexport C=$(ls /c)\nexport D=$(ls /d)\nexport E=$(ls /e)',
    [past(2, 2, 'ls /a'), past(2, 3, 'ls /b'), past(2, 4, 'ls /c'), 'and past 2 more'],
  ],
  ['what is asked: if', 'if [ -n "$(cat /none)" ]; then echo; fi', []],
  ['what is asked: a list', 'x=$(cat /none) || x=none; echo "$(cat /none || echo none)"', []],
  ['what is asked: test', '[ "$(sh -c "echo down; exit 3")" = down ]; test "$(cat /none)" = ""', []],
  ['what is asked: case', 'case $(cat /none) in *) echo none ;; esac', []],
  ['an answer', 'echo "$(grep -c x /dev/null)"; export X=$(pgrep no-such-program)', []],
  ['nothing', 'export X=$(echo 1)', []],
];

/** zsh tells the line at which a statement begins, and no command. */
const ofZsh: Readonly<Record<string, readonly string[]>> = {
  'a here-document': [past(2, 2, 'cat <<END')],
  'the last command of a substitution': [past(2, 2, 'echo "$(ls /none || true; ls /nowhere)"')],
};

describe.each(['bash', 'zsh'])('a block of %s that passes', (language) => {
  test.each(cases)('is told to have gone past %s', async (what, code, words) => {
    const told = (language === 'zsh' && ofZsh[what]) || words;
    for (const request of [{}, { host: 'web1' }]) {
      const ran = await rig.run(language, code, {}, request);
      expect([ran.ok, ran.result.warnings]).toEqual([true, told]);
    }
    // It is left to nobody else.
    expect((await rig.run(language, 'echo "$(true)"')).result.warnings).toEqual([]);
  });
});

test.each(['preconditions', 'validation'] as const)(
  'a block of the %s that goes past one fails',
  async (phase) => {
    const code = 'export X=$(cat /none)\necho "$(ls /nowhere)"';
    const { ok, reason, result } = await rig.run('bash', code, { phase });
    const at = { line: 2, blockLine: 1, command: 'cat /none' };
    expect([ok, reason]).toEqual([false, { type: 'exit', code: 1, at, isUnheard: true }]);
    expect([result.exitCode, result.warnings]).toEqual([0, []]);
    expect((await rig.run('bash', '[ "$(cat /none)" = "" ]', { phase })).ok).toBe(true);
    const compared = await rig.run('bash', 'echo "$(sh -c "echo down; exit 3")"', {
      ...{ phase, expect: [{ type: 'text', text: 'down', negated: false }] },
    });
    expect([compared.ok, compared.result.warnings.length]).toEqual([true, 1]);
    const condition = await rig.run(
      'bash',
      '',
      { phase },
      { purpose: 'condition', code: 'test -z $(cat /none)' },
    );
    expect(condition.ok).toBe(true);
  },
);

test.each([
  ['which fails itself', 'export X=$(cat /none)\nfalse', {}],
  ['whose shell is to be plain', 'export X=$(cat /none)\ntrue', { errexit: false }],
  ['that looks', 'export X=$(cat /none)', { looks: true as const }],
  ['that has taken the place away', 'RUNSHEET_OUTPUT=mine\nexport X=$(cat /none)', {}],
])('a block is told nothing %s', async (_what, code, extra) => {
  expect((await rig.run('bash', code, extra)).result.warnings).toEqual([]);
});

test('a loop that goes past any number is told of', async () => {
  for (const request of [{}, { host: 'web1' }]) {
    const { result } = await rig.run('bash', 'for i in {1..900}; do : $(false); done', {}, request);
    expect(result.warnings).toEqual([past(1, 2, 'false')]);
  }
});

test.each(['bash', 'zsh'])('what authors see of %s is what it was', async (language) => {
  const code = [
    'export X=$(trap "echo own >&2" EXIT; cat /none 2>&1)',
    'echo "$(set +e -x; cat /none; echo "$?")" 2>&1',
    'echo "$(set +e; cat /none 2>/dev/null; echo "<$?>")"',
    'set | grep -c "^__rs_failing" || true',
  ].join('\n');
  const { ok, stdout, stderr } = await rig.run(language, code);
  expect(ok).toBe(true);
  expect(stdout).toMatch(language === 'bash' ? /^1\n<1>\n0\n$/ : /\n0\n$/);
  expect(stderr).toContain('own\n');
  expect(`${stdout}${stderr}`).not.toContain('__rs');
});
