import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { findCommand } from '../../../src/engine/interpreters/find-command.ts';
import { fillPlaceholders } from '../../../src/languages/placeholders/fill-placeholders.ts';
import { anyCharacter } from '../../any-character.ts';

const language = { label: 'sh', shell: 'bash', interpreters: {} };

function fill(code: string) {
  const { code: filled, filled: places, problems } = fillPlaceholders(code, language, () => 'V');
  return {
    code: filled,
    rules: places.map(({ rule }) => rule),
    problems: problems.map(({ placeholder, why }) => `${placeholder.text} ${why}`),
  };
}

/** Each prints the placeholder's value between brackets. */
const places: readonly (readonly [name: string, code: string])[] = [
  ['a word', 'printf "[%s]" <x>'],
  ['a part of a word', 'printf "%s" "["<x>"]"'],
  ['a word of a function', 'show() { printf "[%s]" "$1"; }\nshow <x>'],
  ['an assignment', 'value=<x>; printf "[%s]" "$value"'],
  ['an assignment before a command', 'VALUE=<x> sh -c \'printf "[%s]" "$VALUE"\''],
  ['double quotes', 'printf "%s" "[<x>]"'],
  ['single quotes', "printf '%s' '[<x>]'"],
  ['single quotes that hold a double one', `printf '%s' '[<x>]' | sed 's/"/"/g'`],
  ['an escaped quote before it', 'printf %s "\\"" | tr -d \'"\'; printf %s "[<x>]"'],
  ['a substitution', 'value=$(printf "%s." <x>); printf "[%s]" "${value%.}"'],
  ['a substitution in quotes', 'printf "[%s]" "$(printf %s. "<x>")" | sed "\\$s/\\.]\\$/]/"'],
  ['quotes in a substitution in quotes', `value="$(printf '%s.' '<x>')"; printf '[%s]' "\${value%.}"`],
  ['backticks', 'value=`printf "%s." <x>`; printf "[%s]" "${value%.}"'],
  ['a default', 'printf "[%s]" "${NOT_SET:-<x>}"'],
  ['a default without quotes', 'printf "[%s]" ${NOT_SET-<x>}'],
  ['a here-document', 'cat <<EOF\n[<x>]\nEOF'],
  ['a here-document that expands nothing', "cat <<'EOF'\n$HOME `id` \\$x \\\\ \\\n[<x>]\nEOF"],
  ['a here-document with tabs', "cat <<-'EOF'\n\t[<x>]\n\tEOF"],
  ['a case', 'case <x> in "$V") printf "[%s]" "$V";; *) printf no;; esac'],
  ['a pattern of a case', 'case "$V" in <x>) printf "[%s]" "$V";; *) printf no;; esac'],
  [
    'a case in a substitution',
    'printf "[%s]" "$(case a in a) printf %s "<x>";; esac; printf .)" | sed "\\$s/\\.]\\$/]/"',
  ],
  ['a subshell', '(printf "[%s]" <x>)'],
  ['behind a comment', '# it\'s not "here\nprintf "[%s]" <x> # nor <y>'],
  ['a test', '[ <x> = "$V" ] && printf "[%s]" "$V"'],
  ['a loop', 'for value in <x>; do printf "[%s]" "$value"; done'],
];

const hard = `'"\\\`$(echo no)\${x}; | & < > * ? [a-z] ! # ~ {a,b} %s \\n \t\r\n\n é漢🎉 EOF\nEOF\n-n`;
const values = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.constantFrom(hard, '$V', '-n', '*', '~', "'", '"', '\\', '$(exit 3)', '`id`', '!x'),
  },
  { weight: 3, arbitrary: fc.string({ unit: anyCharacter, minLength: 1, maxLength: 40 }) },
);
const held = (text: string): string => Buffer.from(text.replaceAll('\0', '')).toString();

/** The hard one first, then others: the same for every place. */
const tried = [hard, ...fc.sample(values, 5)].map(held);

interface Printed {
  readonly text: string;
  readonly exitCode: string;
}

/**
 * Runs each code with each value as `V`, in one process of the shell and there in a subshell each, and gives what they
 * printed: by code, then by value. A NUL, which no value can hold, ends each output and each exit code.
 */
async function runAll(shell: string, codes: readonly string[]): Promise<readonly (readonly Printed[])[]> {
  const one = (code: number, value: number): string =>
    `(V=$V${value}; export V; eval "$CODE${code}"); printf '\\000%s\\000' $?`;
  const script = codes.flatMap((_, code) => tried.map((_value, value) => one(code, value))).join('\n');
  const variables = [
    ...codes.map((code, index) => [`CODE${index}`, code]),
    ...tried.map((value, index) => [`V${index}`, value]),
  ];
  const { stdout } = await promisify(execFile)(shell, ['-c', script], {
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', ...Object.fromEntries(variables) },
    maxBuffer: 16 * 1024 * 1024,
  });
  const fields = stdout.split('\0');
  expect(fields.length).toBe(codes.length * tried.length * 2 + 1);
  return codes.map((_, code) =>
    tried.map((_value, value) => {
      const at = (code * tried.length + value) * 2;
      return { text: fields[at] ?? '', exitCode: fields[at + 1] ?? '' };
    }),
  );
}

describe.each(
  ['bash', 'dash', 'zsh'].filter((shell) => findCommand(shell, { path: process.env.PATH ?? '', cwd: '/' })),
)('%s gets exactly the value in', (shell) => {
  let printed: readonly (readonly Printed[])[] = [];
  beforeAll(async () => {
    printed = await runAll(
      shell,
      places.map(([, code]) => fill(code).code),
    );
  });

  test.each(places.map(([name, code], index) => ({ name, code, index })))('$name', ({ code, index }) => {
    expect(fill(code).problems).toEqual([]);
    const results = printed[index] ?? [];
    expect(
      results.map(({ text, exitCode }) => ({
        between: text.slice(text.indexOf('['), text.lastIndexOf(']') + 1),
        exitCode,
      })),
    ).toEqual(tried.map((value) => ({ between: `[${value}]`, exitCode: '0' })));
  });
});

describe('what a program reads as code again takes', () => {
  test.each([
    ['ssh <host> uptime', ['plain']],
    ['ssh db1 "systemctl restart <unit>"', ['plain']],
    ["bash -c 'echo <x>'", ['plain']],
    ['kubectl exec pod -- sh -c "cat <file>"', ['plain']],
    ['bash -c \'echo "$1"\' - <x>', ['any']],
    ['eval <command>', ['plain']],
    ['eval "$(printf %s <x>)"', ['plain']],
    ['echo "$(date)" <x> | bash', ['plain']],
    ['(echo <x>; echo) | ssh host', ['plain']],
    ['{ echo <x>; } | bash', ['plain']],
    ['for a in b; do echo <x>; done | sh', ['plain']],
    ['echo <x> | tee file; bash file', ['any']],
    ['f() { echo <x>; }; f | cat', ['any']],
    ['psql -c "select * from t where id = <id>" -d <db>', ['plain', 'any']],
    ['psql -c "<query>"', ['any']],
    ["awk '/<pattern>/ { print }' <file>", ['plain', 'any']],
    ['sed -i s/old/<new>/ <file>', ['plain', 'any']],
    ['mysql -u<user> -p"<password>"', ['any', 'any']],
    ['python3 <folder>/tool.py --name "<name>"', ['any', 'any']],
    ['bash <<EOF\nrm <file>\nEOF', ['plain']],
    ["cat <<'EOF' | ssh host sh\nrm <file>\nEOF", ['plain']],
    ['kubectl apply -f - <<EOF\nname: <name>\nEOF', ['any']],
    ['echo $(( <n> + 1 ))', ['number']],
    ['[[ $(free) -lt <limit> ]] && echo', ['number']],
    ['let x=<n>', ['number']],
    ['[[ -n $x && $x -lt <limit> ]]', ['number']],
    ['echo <x> |\n  ssh host', ['plain']],
    ['cat <in> >| <out>', ['any', 'any']],
    ['case <x> in <y>) echo <z> | sh ;; esac', ['any', 'any', 'plain']],
    ['items[<index>]=x', ['plain']],
    ['printf "name: <name>\\n"', ['plain']],
    ['kubectl -n <namespace> delete pod "<pod>"', ['any', 'any']],
  ])('%j: %j', (code, rules) => {
    expect(fill(code)).toMatchObject({ rules, problems: [] });
  });
});

describe('a placeholder is refused', () => {
  const inExpansion = 'is inside an expansion, where a value could become code';
  test.each([
    ['echo ${<name>}', `<name> ${inExpansion}`],
    ['echo ${x#<pattern>}', `<pattern> ${inExpansion}`],
    ['echo "${x:-"<value>"}"', `<value> ${inExpansion}`],
    ['echo "$<name>"', `<name> ${inExpansion}`],
    ['echo "`date -d <day>`"', `<day> ${inExpansion}`],
    ['ls ~<user>', '<user> is to be the name of a home, which no variable can be'],
    ["cat <<'END OF'\n<x>\nEND OF", '<x> is in a here-document whose end is not a plain word'],
  ])('%j: %s', (code, problem) => {
    expect(fill(code).problems).toEqual([problem]);
  });

  test('in shells that have other quotes', () => {
    const fish = fillPlaceholders('echo <x>', { ...language, label: 'fish' }, () => 'V');
    expect(fish.problems.map(({ why }) => why)).toEqual(['is in code of `fish`']);
  });
});

test('no code hangs or throws, and all else in it stays', () => {
  const piece = fc.constantFrom(
    ...[
      '<x>',
      '"',
      "'",
      '$(',
      '`',
      ')',
      '${',
      '}',
      '((',
      '))',
      '<<E\n',
      "<<'E'\n",
      '\nE\n',
      '\\',
      '#',
      'case ',
      'esac',
      ' ',
      'a',
      '|',
      ';',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const code = pieces.join('');
      const { filled, problems, code: after } = fillPlaceholders(code, language, () => 'V');
      // Each is dealt with once at most, and what cannot be filled is left as it is.
      expect(after.split('<x>').length - 1).toBe(
        (code.match(/<x>/g)?.length ?? 0) -
          filled.filter(({ placeholder }) => placeholder.text === '<x>').length,
      );
      expect(new Set([...filled, ...problems].map(({ placeholder }) => placeholder.start)).size).toBe(
        filled.length + problems.length,
      );
    }),
    { numRuns: 2_000 },
  );
  const long = '"$('.repeat(20_000);
  expect(fillPlaceholders(`${long}<x>`, language, () => 'V').problems.length).toBe(1);
});
