// Tests which blocks need not be asked what they leave behind.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPlainForBash } from '../../../../src/engine/shells/bash/is-plain-for-bash.ts';
import { leavesStateAlone } from '../../../../src/engine/shells/bash/leaves-state-alone.ts';
import { type ShellState, unknownState } from '../../../../src/languages/shell/shell-state.ts';

/** As for a block of a run: what is not plain is not even asked about. */
function isAlone(code: string, state: Partial<ShellState> = {}): boolean {
  const job = { code, state: { ...unknownState, ...state }, keepState: true };
  return isPlainForBash(job) && leavesStateAlone(job);
}

test.each([
  'echo 1',
  'echo "$HOME" \'$(x)\' a=b | grep -q "x y" && /usr/bin/true || false; echo\n\n  ls -l *.md\n',
  '# first\nkubectl get pods -n "${NS}" -o wide 2>&1 >/dev/null # all\n# last',
  'curl -fsS \\\n  --retry 3 "$URL" |\n  jq -r .id > out.json',
])('%j leaves the shell as it was', (code) => {
  expect(isAlone(code)).toBe(true);
});

test.each([
  ...[
    'A=1',
    'A=1 env',
    'cd /tmp',
    '$CMD x',
    'echo $(x)',
    'echo "`x`"',
    'echo ${A:=1}',
    'echo $((A=1))',
    'a &',
    '(a)',
  ],
  ...[
    '{ a; }',
    'f() { a; }',
    'echo a#b "c',
    "echo 'a",
    'cat <<E\nE',
    'cat <<<a',
    'cat <(a)',
    'printf -v A x',
    'test -v A',
  ],
  ...[
    'a &&',
    'a |',
    'a > ',
    'a;;',
    '; a',
    'read A',
    'time a',
    'c\\\nd a',
    '! a',
    'a |& b',
    'echo $A[$((B=1))]',
    'a > b#',
  ],
])('%j may change it', (code) => {
  expect(isAlone(code)).toBe(false);
});

test('what the state makes of names is looked at', () => {
  expect(isAlone('ls', { functionNames: ['declare -f ls'] })).toBe(false);
  expect(isAlone('ls', { aliases: "alias ls='A=1 ls'\n" })).toBe(false);
  const reference = { flags: 'n', source: '"A[B=1]"', exported: false };
  const variables = new Map([['R', reference]]);
  expect([isAlone('echo R', { variables }), isAlone('echo $R', { variables })]).toEqual([true, false]);
});

const words = [
  ...[
    'echo',
    'true',
    'false',
    ':',
    'nothing-of-the-kind',
    'cd',
    'read',
    'printf',
    'test',
    '[',
    'unset',
    'umask',
    'set',
  ],
  ...[
    'A=1',
    'a=$B',
    '-v',
    'A',
    'x',
    '$A',
    '"$A"',
    '${B}',
    '"${A} $B"',
    '$((A=2))',
    '${A:=2}',
    '"${A:=3}"',
    '$(A=4)',
  ],
  ...[
    "'a b'",
    '"a\\"b"',
    '\\$A',
    'a\\ b',
    '*',
    '~',
    '/',
    '..',
    '{a,b}',
    'a#b',
    '#',
    '"',
    "'",
    '`A=1`',
    '!',
    '$R',
    '"$R"',
  ],
  ...[
    'if',
    'then',
    'fi',
    'for',
    'in',
    'do',
    'done',
    'eval',
    'exec',
    'export',
    'alias',
    'let',
    'f',
    '()',
    '{',
    '}',
    '(',
    ')',
  ],
];
const joints = [
  ' ',
  ' ',
  ' ',
  ' ',
  '\n',
  ';',
  ' && ',
  ' || ',
  ' | ',
  ' & ',
  '',
  ' > f',
  ' 2>&1 ',
  ' < f ',
  ' <<< ',
  ' >&- ',
  '\\\n',
  '>f;',
];

/** What a bash says of itself. */
const tell = 'declare -p; declare -f; alias -p; umask; pwd; shopt -p; set +o; trap -p; dirs -l';
const ownNames =
  /^declare -\S+ (?:_|BASH\w*|EPOCH\w+|FUNCNAME|LINENO|PIPESTATUS|RANDOM|SECONDS|SRANDOM|DIRSTACK)\b.*$/gm;

test('what is said to leave the shell alone does, whatever it is made of', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alone-'));
  const codes = new Set<string>();
  const script = fc
    .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(...joints)), { minLength: 1, maxLength: 9 })
    .map((parts) => parts.flat().join(''));
  fc.assert(
    fc.property(script, (code) => {
      if (isAlone(code)) codes.add(code);
    }),
    { numRuns: 60_000, seed: Number(process.env.ALONE_SEED ?? 7) },
  );
  const files = [...codes].map((code, index) => {
    writeFileSync(join(folder, `${index}.sh`), `${code}\n`);
    return `${index}.sh`;
  });
  const prelude = `cd ${folder}; shopt -s expand_aliases; A=1 B=2; export PATH=/nowhere`;
  // With a trap: without one, bash 5.2 lets a program take the place of a shell that has more to do.
  const each = `for __file in "$@"; do ( trap : EXIT; . "./$__file" >/dev/null 2>&1 </dev/null; ${tell} ); printf '\\0'; done`;
  const said = execFileSync(
    '/bin/bash',
    ['--norc', '-c', `${prelude}; ${each}`, 'bash', 'none.sh', ...files],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      cwd: folder,
    },
  )
    .split('\0')
    .map((text) => text.replaceAll(ownNames, '').replaceAll(/^declare -- __file=.*$/gm, ''));
  rmSync(folder, { recursive: true });
  const [untouched] = said;
  expect(codes.size).toBeGreaterThan(500);
  expect([...codes].filter((_, index) => said[index + 1] !== untouched)).toEqual([]);
});
