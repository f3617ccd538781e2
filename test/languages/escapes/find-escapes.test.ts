import { describe, expect, test } from 'vitest';
import { findEscapes } from '../../../src/languages/escapes/find-escapes.ts';

const names = new Set([
  'ls',
  'cat',
  'rm',
  'printf',
  'grep',
  'sudo',
  'bash',
  'find',
  'xargs',
  'env',
  'tr',
  'sleep',
]);
const allowed = {
  isThere: (name: string) => names.has(name),
  isAllowedPath: (path: string) => path === './tool.sh',
  isStub: (name: string) => name === 'sudo',
};

function found(code: string): string[] {
  return findEscapes(code, allowed).map(({ type, why }) => (type === 'unproven' ? why : `unknown ${why}`));
}

describe('what could run something else is found', () => {
  test.each([
    ['/bin/ls', 'runs `/bin/ls` by its path'],
    ['./other.sh', 'runs `./other.sh` by its path'],
    ['ls; "/bin/"ls', 'runs `/bin/ls` by its path'],
    ['$x', 'runs `$x`, which is not known before'],
    ['"$x" a', 'runs `$x`, which is not known before'],
    ['$(cat f) a', 'runs `$(cat f)`, which is not known before'],
    ['PATH=/bin ls', 'names `PATH`'],
    ['PATH=/bin', 'names `PATH`'],
    ['export "PATH=/bin"', 'names `PATH`'],
    ['export P"AT"H=/bin', 'names `PATH`'],
    ['export "${x}H=/bin"', 'sets a variable whose name is `${x}H=/bin`'],
    ["export $'\\x50ATH=/bin'", 'sets a variable whose name is `x50ATH=/bin`'],
    ['read PATH < f', 'names `PATH`'],
    ['read -r "$x" < f', 'sets a variable whose name is `$x`'],
    ['printf -v "$x" /bin', 'sets a variable whose name is `$x`'],
    ['declare -n y=PATH; y=/bin', 'names `PATH`'],
    ['for PATH in /bin; do ls; done', 'names `PATH`'],
    [': ${PATH:=/bin}', 'sets `PATH`'],
    ['((PATH=1))', 'names `PATH`'],
    ['echo PATH=/bin >> "$RUNSHEET_OUTPUT"', 'names `PATH`'],
    ['BASH_ENV=x bash -c ls', 'names `BASH_ENV`'],
    ['LD_PRELOAD=x ls', 'names `LD_PRELOAD`'],
    ["PS4='$(/bin/ls)'", 'names `PS4`'],
    ['exec 3<>/dev/tcp/localhost/80', 'opens a connection'],
    ['cat < /dev/udp/a/1', 'opens a connection'],
    ['cat < /dev/sda', 'opens `/dev/sda`'],
    ['ls > /etc/passwd', 'writes `/etc/passwd`, outside of its folder'],
    ['ls > ../a', 'writes `../a`, outside of its folder'],
    ['command -p ls', "takes the system's own folders, by `command -p`"],
    ['command /bin/ls', 'runs `/bin/ls` by its path'],
    ['exec -c ls', 'empties the environment, by `exec -c`'],
    ['exec /bin/ls', 'runs `/bin/ls` by its path'],
    ['env -i ls', 'changes the environment, by `env`'],
    ['env -S "ls /"', 'changes the environment, by `env`'],
    ['env "$x"', 'runs `$x`, which is not known before'],
    ['sudo /usr/sbin/nginx', 'runs `/usr/sbin/nginx` by its path'],
    ['hash -p /bin/ls cat', 'says where a command is, by `hash`'],
    ['enable -f ./x y', 'changes what commands are, by `enable`'],
    ['compgen -C /bin/ls', 'changes what commands are, by `compgen`'],
    ['zmodload zsh/net/tcp', 'changes what commands are, by `zmodload`'],
    ['mapfile -C /bin/ls a < f', 'calls back, by `mapfile -C`'],
    ['. ./x.sh', 'reads in `./x.sh` as code'],
    ['source x', 'reads in `x` as code'],
    ['eval "$x"', 'runs code that values are put into, by `eval`'],
    ["eval '/bin/ls'", 'runs `/bin/ls` by its path'],
    ['trap "rm $x" EXIT', 'runs code that values are put into, by `trap`'],
    ['alias cat=/bin/ls', 'gives a command another name, by `alias`'],
    ["bash -c '/bin/ls'", 'runs `/bin/ls` by its path'],
    ['bash -c "$x"', 'runs code that values are put into, by `bash -c`'],
    ['bash -c \'bash -c "$x"\'', 'runs code that values are put into, by `bash -c`'],
    ["ls | xargs -n 1 bash -c '/bin/ls $0'", 'runs `/bin/ls` by its path'],
    ['ls | xargs bash -c "ls $x"', 'runs code that values are put into, by `bash -c`'],
    ['find . -exec /bin/ls {} \\;', 'runs `/bin/ls` by its path'],
    ['ls | xargs /bin/rm', 'runs `/bin/rm` by its path'],
    ['f() { /bin/ls; }', 'runs `/bin/ls` by its path'],
    ["f() { bash -c '/bin/ls'; }", 'runs `/bin/ls` by its path'],
    ['cat <<X\n$(/bin/ls)\nX', 'runs `/bin/ls` by its path'],
    ['echo "$(/bin/ls)" `/bin/cat`', 'runs `/bin/ls` by its path'],
    ['cat <(/bin/ls)', 'runs `/bin/ls` by its path'],
    ['echo ${x@P}', 'reads a value as a prompt'],
    ['kubectl get pods || true', 'unknown kubectl'],
    ['if kubectl; then ls; fi', 'unknown kubectl'],
    ['b?n a', 'unknown b?n'],
  ])('%j', (code, why) => {
    expect(found(code)).toContain(why);
  });
});

describe('what runs only what is there is left alone', () => {
  test.each([
    'ls -l | grep -v "$x" > out 2> /dev/null',
    'echo "$PATH" "${PATH}" PATHOLOGY MANPATH=1',
    '# PATH=/bin /bin/ls',
    'x=$(cat f) y=2 ls',
    'x=1; export x; export Y="$x"; local_z=3',
    'read -r line < f; read -p "$prompt" name',
    'while read -r a b; do printf "%s\\n" "$a"; done < f',
    'for f in *.txt; do echo "$f"; done',
    'case "$x" in /bin/*) ls;; a|b) cat;; esac',
    '[[ $x == /bin/ls ]] && [ -f "$x" ]; test -e /bin/ls',
    'f() { ls; }; f',
    '{ ls; } > "$x"; ( cd sub && ls )',
    '! grep -q x f',
    'time ls',
    'until ls; do sleep 1; done',
    'declare -A m=([a]=1); a=(/bin/ls b); sum=$((1 + 2))',
    'cat <<X > out\n/bin/ls $x\nX',
    'cat > out <<"X"\n$(/bin/ls)\nX',
    './tool.sh a; . ./tool.sh',
    'command -v kubectl > /dev/null',
    "trap 'rm -f x' EXIT",
    'bash -c \'ls "$1"\' _ "$x"',
    'sudo -u postgres nosuch "$x"',
    'find . -name "$x" -exec rm {} +',
    'ls >&2; ls 2>&1; cat <<< "$x"',
    'set -euo pipefail; shopt -s nullglob',
    'printf "%s" "$x"; printf -v y "%s" "$x"',
  ])('%j', (code) => {
    expect(found(code)).toEqual([]);
  });
});

describe('code that is a variable is looked at by its value, where that is known', () => {
  const known = { ...allowed, fixedValue: (name: string) => ({ GOOD: 'ls -l', BAD: '/bin/ls' })[name] };
  test.each([
    ['bash -c "$GOOD"', []],
    ['eval "$GOOD" > /dev/null', []],
    ['if eval "${GOOD}"; then ls; fi', []],
    ['bash -c "$BAD"', ['runs `/bin/ls` by its path']],
    ['eval "$BAD"', ['runs `/bin/ls` by its path']],
    [
      'bash -c "$GOOD $x"',
      ['runs code that values are put into, by `bash -c`', 'runs `$GOOD`, which is not known before'],
    ],
    [
      'eval "$OTHER"',
      ['runs code that values are put into, by `eval`', 'runs `$OTHER`, which is not known before'],
    ],
  ])('%j', (code, whys) => {
    expect([...new Set(findEscapes(code, known).map(({ why }) => why))]).toEqual(whys);
  });
});

test('the place is that of the command', () => {
  expect(findEscapes('ls\n  /bin/ls\n', allowed)).toEqual([
    { type: 'unproven', why: 'runs `/bin/ls` by its path', start: 5 },
  ]);
});
