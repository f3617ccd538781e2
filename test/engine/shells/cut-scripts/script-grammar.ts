// Owns drawing scripts: statements of every kind that shells have, one after the other, that speak of the same few names.
import fc from 'fast-check';
import type { Script, Shell } from './script.ts';

type Statement = fc.Arbitrary<string>;

/** Joins what is drawn for the gaps of a text. */
function text(parts: TemplateStringsArray, ...gaps: readonly Statement[]): Statement {
  return fc.tuple(...gaps).map((drawn) => parts.reduce((all, part, index) => all + drawn[index - 1] + part));
}

const one = (...choices: readonly string[]): Statement => fc.constantFrom(...choices);

const name = one('a', 'b', 'c');
const digit = one('0', '1', '2', '3', '7');
const value = one(
  ...['x', 'y', '12', "''", "'two words'", "'a*'", '"$a"', '"${b-none}"', '"it\'s"', "'-n'", "'$x `y`'", 'é'],
  ...["'line\n2'", '"$(echo sub)"', '$((1 + 2))', '"$a$b"', "'~'", '~', "'\\'", '"tab\t."', 'a=b', "'#no'"],
);
const shown = one(
  ...['"$a"', '"$b"', '"$c"', '$a', '"${a:-empty}"', '"$#"', '"$*"', '"$@"', '"$?"', '"${a%x}"', '"${#a}"'],
  ...[
    '"$PWD"',
    '"$((${n:-0} + 1))"',
    '"${b+set}"',
    'word',
    "'a  b'",
    '"$(printf %s "$b")"',
    '*',
    '"$OLDPWD"',
  ],
);

/** Commands that may fail, each with the codes it can have. */
const failing = one(
  ...['false', '(exit 3)', '[ 1 = 2 ]', 'test -e nowhere', '! true', 'false || (exit 4)', 'true | false'],
  ...['false | true', 'grep -q no </dev/null', 'cd nowhere 2>/dev/null', 'nosuchcommand 2>/dev/null', 'f 9'],
);

const simple = fc.oneof(
  { weight: 3, arbitrary: text`echo ${shown} ${shown}` },
  { weight: 3, arbitrary: text`${name}=${value}` },
  { weight: 1, arbitrary: text`printf '%s|' ${shown} ${shown}` },
  { weight: 1, arbitrary: text`echo ${shown} >&2` },
  { weight: 1, arbitrary: text`n=$((\${n:-0} ${one('+', '-', '*')} ${digit}))` },
  { weight: 1, arbitrary: text`echo ${shown} >>${one('log', 'out.txt')}` },
  { weight: 1, arbitrary: text`${failing} || echo failed $?` },
  { weight: 1, arbitrary: text`! ${failing}` },
  { weight: 1, arbitrary: text`unset ${name}` },
  { weight: 1, arbitrary: text`export ${name}` },
  { weight: 1, arbitrary: text`export ${name}=${value}` },
  { weight: 1, arbitrary: text`sh -c 'echo "\${${name}-not exported}"'` },
  { weight: 1, arbitrary: text`set -- ${value} ${value}` },
  { weight: 1, arbitrary: text`[ "\${${name}-}" = ${value} ] && echo same` },
  { weight: 1, arbitrary: text`${name}=${value} ${one('true', 'sh -c \'echo "$a$b"\'')}` },
);

const condition = fc.oneof(text`[ "\${${name}-}" = ${value} ]`, failing, one('true', '[ $# -gt 1 ]'));

/** Statements of one list, whose newlines are those of the script. */
const body = fc.array(simple, { minLength: 1, maxLength: 3 }).map((list) => list.join('\n  '));
const inline = fc.array(simple, { minLength: 1, maxLength: 2 }).map((list) => list.join('; '));

const compound = fc.oneof(
  text`if ${condition}; then\n  ${body}\nelse\n  ${body}\nfi`,
  text`for i in ${value} ${value} $a; do\n  ${body}\ndone`,
  text`i=0; while [ $i -lt ${digit} ]; do i=$((i + 1)); ${inline}; done`,
  text`until ${one('true', '[ "${n:-9}" -gt 0 ]')}; do n=5; done`,
  text`case "\${${name}-}" in\n  x) ${inline} ;;\n  *1*|y) ${inline} ;;\n  *) echo other ;;\nesac`,
  text`(${inline})`,
  text`( ${one('cd ..', 'exit 3', 'set -f', "trap 'echo inner' EXIT", 'a=inner')}; ${inline} ) || echo "sub $?"`,
  text`{ ${inline}; }`,
  text`{ ${inline}; } >out.txt 2>&1`,
  text`${one('f', 'g')}() {\n  ${body}\n  return ${digit}\n}`,
  text`${one('f', 'g')}() { echo "in f $# $1"; ${inline}; }`,
  text`f ${value} ${value} || echo "f gave $?"`,
  text`g ${value} 2>/dev/null || echo "g gave $?"`,
  text`printf '%s\\n' ${value} ${value} | sort | ${one('wc -l', 'cat', 'while read -r x; do echo "<$x>"; done')}`,
  text`cat <<END\n${one('plain $a', '$((1 + 1)) `echo b`', "it's \\$kept", '${b:-none}')}\nEND`,
  text`cat <<'END'\n${one('plain $a', '`echo b`', '$((', '"')}\nEND`,
  text`c=$(cat <<-END\n\t${one('one', '$a', '"q"')}\n\tEND\n)`,
  text`${name}=$(${inline})`,
  text`eval ${one('\'echo "$a"\'', "'b=evaluated; echo $b'", "'f() { echo evaluated; }'")}`,
  text`printf 'a=sourced\\necho from lib "$1"\\n' >lib.sh; . ./lib.sh`,
  text`(sleep 0.01; ${inline}) & wait $!`,
  text`read -r a b <<END\n${value}\nEND`,
);

const setting = fc.oneof(
  one('set -u', 'set +u', 'set -f', 'set +f', 'set -e', 'set +e', 'set -C', 'set +C', 'set -a', 'set +a'),
  one('mkdir -p sub && cd sub', 'cd ..', 'cd "${OLDPWD:-.}"', 'cd -P .', 'mkdir -p "s p"; cd "s p"'),
  one(
    'umask 027',
    'umask 022',
    'umask',
    'IFS=,',
    'IFS=" "',
    'unset IFS',
    "alias k='echo alias'",
    'k 2>/dev/null || :',
  ),
  one(
    "trap 'echo bye >>log' EXIT",
    'trap - EXIT',
    "trap 'echo usr >>log' USR1",
    'kill -USR1 $$ 2>/dev/null',
    'trap "" HUP',
  ),
  one(
    'shift',
    'shift 2>/dev/null || :',
    'set --',
    'set -- a "b c" d',
    'readonly r=1',
    'getopts ab: opt -a -b x; echo "$opt"',
  ),
  text`${failing}`,
);

/** What is done with folders, files, functions and options together, in more than one line. */
const longer = fc.oneof(
  one(
    'mkdir -p real; ln -sfn real link; cd link; pwd -P >out.txt',
    'cd ..; pwd -P | sed "s|.*/||"',
    'cd -P .',
  ),
  one(
    'ulimit -S -n 200; ulimit -S -n',
    'ulimit -S -c 0',
    'umask -S >>log',
    'umask 077; : >private; ls -l private | cut -c1-10',
  ),
  one(
    "alias two='echo one; echo two'",
    'two 2>/dev/null || :',
    'unalias k 2>/dev/null || :',
    'alias say="echo said"\nsay it',
  ),
  one(
    'command -v g >/dev/null || echo no g',
    'unset -f g 2>/dev/null || :',
    'f() { g "$@"; }\ng() { echo "g got $1"; }',
  ),
  text`outer() {\n  inner() { ${inline}; }\n  inner "$1"\n}\nouter ${value}`,
  text`counter() {\n  n=$((\${n:-0} + 1))\n  if [ "$n" -lt ${digit} ]; then counter; fi\n}\ncounter`,
  text`while read -r line; do\n  ${inline}\ndone <<END\n${value}\nlast\nEND`,
  text`printf '%s\\n' ${value} b c >list.txt\nwhile IFS= read -r line || [ -n "$line" ]; do echo "[$line]"; done <list.txt`,
  text`if ${condition} && ! ${condition}; then ${inline}; elif ${condition} || ${condition}; then ${inline}; fi`,
  text`if printf 'x\\ny\\n' | grep -q ${one('x', 'z')}; then ${inline}; else ${inline}; fi`,
  text`a=\${${name}:-${one('word', '$b', '"q q"')}}; b=\${${name}:+set}; : "\${c:=assigned}"`,
  text`trap '${one('echo "$a"', 'echo "$?"', 'a=trapped', 'echo usr')} >>log' ${one('USR1', 'USR2', 'EXIT')}`,
  // All of it is read: whether who writes more is killed by that would be chance.
  text`{ ${inline}; } | { read -r c || :; echo "$c"; cat >/dev/null; }`,
  text`for i in 1 2 3; do\n  [ "$i" = ${digit} ] && continue\n  [ "$i" = 3 ] && break\n  ${inline}\ndone`,
  text`export ${name}=${value} n=${digit}; ( ${inline}; sh -c 'echo "\${n-}"' )`,
  text`set -- ${value} ${value} ${value}; while [ $# -gt 1 ]; do echo "$1"; shift; done`,
  text`cat >made.sh <<'END'\necho "made $#" "$1"\nreturn ${digit}\nEND\n. ./made.sh || echo "gave $?"`,
  text`x() ( cd ..; ${name}=${value}; exit ${digit} )\nx || echo "x gave $?"`,
  text`eval "$(printf 'a=%s\\n' ${one('evaluated', "'two words'", '$PPID_none')})"`,
);

const bashOnly = fc.oneof(
  one(
    "list=(a 'b c' d)",
    'list+=(more)',
    'list[5]=five',
    'unset "list[0]"',
    'declare -A map=([k]=v ["k 2"]=w)',
    'map[new]=1',
  ),
  one(
    'echo "${list[@]}"',
    'echo "${#list[@]}" "${!list[@]}"',
    'echo "${map[k]-}"',
    'declare -i n=3',
    'n+=2',
    'echo ${a^^} ${a/x/y}',
  ),
  one(
    '[[ $a =~ ^(.)(.*)$ ]]; echo "${BASH_REMATCH[1]-}"',
    '[[ $a == x* ]] && echo starts',
    '[[ -n $a && $b != c ]] || echo no',
  ),
  one(
    'mkdir -p sub; pushd sub >/dev/null',
    'popd >/dev/null',
    'dirs',
    'shopt -s nullglob',
    'shopt -s extglob',
    'shopt -u nullglob',
    'set -o pipefail',
  ),
  one(
    "trap 'echo err >>log' ERR",
    'trap - ERR',
    "trap 'echo return >>log' RETURN",
    'set +o pipefail',
    'set -E',
    'echo "${PIPESTATUS[@]}"',
  ),
  one(
    'printf -v b %s printed',
    'read -r a b <<<"one two"',
    'mapfile -t list < <(printf "1\\n2\\n")',
    'cat <(echo in) >out.txt',
  ),
  one(
    'h() { local a=inner; declare -g b=global; echo "$a"; }',
    'h',
    'declare -r r2=1',
    'let n=n+1 || :',
    '((n++)) || :',
    'echo "$((n ** 2))"',
  ),
  one(
    'for ((i = 0; i < 2; i++)); do echo $i; done',
    'declare -n ref=a; ref=through',
    'echo "${BASH_SOURCE[0]##*/}" >/dev/null',
  ),
  one(
    'if [[ $- == *u* ]]; then echo u; fi',
    'export -n a',
    'declare -x c=exported',
    'declare -f f >/dev/null && echo has f',
    'unset -f f',
  ),
);

const zshOnly = fc.oneof(
  one(
    "list=(a 'b c' d)",
    'list+=(more)',
    'list[5]=five',
    'typeset -A map; map=(k v "k 2" w)',
    'map[new]=1',
    'echo $list[1]',
  ),
  one(
    'echo "${list[@]}"',
    'echo ${#list}',
    'echo "${map[k]-}"',
    'typeset -i n=3',
    'n+=2',
    'echo ${(U)a} ${a/x/y}',
    'print -r -- $a',
  ),
  one(
    '[[ $a =~ ^(.) ]]; echo "${match[1]-}"',
    '[[ $a == x* ]] && echo starts',
    'mkdir -p sub; pushd sub',
    'popd',
    'dirs',
  ),
  one(
    'setopt nullglob',
    'unsetopt nullglob',
    'setopt extendedglob',
    'setopt ksharrays',
    'unsetopt ksharrays',
    'setopt pipefail',
  ),
  one(
    'h() { local a=inner; typeset -g b=global; echo "$a"; }',
    'h',
    'typeset -r r2=1',
    '((n++)) || :',
    'typeset -T TIED tied; TIED=a:b; echo $tied',
  ),
  one(
    'for x in a b; echo $x',
    'repeat 2 echo again',
    'echo ${(j:,:)list}',
    'typeset -x c=exported',
    'unset -f f 2>/dev/null || :',
  ),
  one(
    "trap 'echo err >>log' ZERR",
    'trap - ZERR',
    'TRAPUSR2() { echo usr2 >>log; }; kill -USR2 $$',
    'cat <(echo in) >out.txt',
    'read -r a <<<"one"',
  ),
);

const dashOnly = fc.oneof(
  one(
    'h() { local a=inner; b=global; echo "$a"; }',
    'h',
    'command -v f >/dev/null && echo has f',
    'unset -f f',
  ),
  one(
    'echo "${a#x}" "${a%%y*}"',
    'command echo plain',
    'type nosuch >/dev/null 2>&1 || echo none',
    'test -n "$a" -a -n "$b" || echo no',
  ),
);

const own: Readonly<Record<Shell, Statement>> = { bash: bashOnly, zsh: zshOnly, dash: dashOnly };

/** A script of the shell; one in eight ends by `exit`. */
function scriptOf(shell: Shell): fc.Arbitrary<string> {
  const statement = fc.oneof(
    { weight: 4, arbitrary: simple },
    { weight: 4, arbitrary: compound },
    { weight: 3, arbitrary: setting },
    { weight: 4, arbitrary: longer },
    { weight: 4, arbitrary: own[shell] },
  );
  const end = fc.oneof({ weight: 7, arbitrary: one('') }, { weight: 1, arbitrary: text`exit ${digit}\n` });
  return fc
    .tuple(fc.array(statement, { minLength: 3, maxLength: 12 }), end)
    .map(([list, last]) => `${list.map((line) => `${line}\n`).join('')}${last}`);
}

export function drawScripts(shell: Shell, count: number, seed: number): Script[] {
  return fc
    .sample(scriptOf(shell), { numRuns: count, seed })
    .map((code, index) => ({ name: `drawn/${seed}-${index + 1}`, code }));
}
