import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCommand } from '../../../src/engine/interpreters/find-command.ts';
import { fillPlaceholders } from '../../../src/languages/placeholders/fill-placeholders.ts';

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
  { weight: 3, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }) },
);
const held = (text: string): string => Buffer.from(text.replaceAll('\0', '')).toString();

describe.each(
  ['bash', 'dash', 'zsh'].filter((shell) => findCommand(shell, { path: process.env.PATH ?? '', cwd: '/' })),
)('%s gets exactly the value in', (shell) => {
  test.each(places)('%s', (_, code) => {
    const filling = fill(code);
    expect(filling.problems).toEqual([]);
    fc.assert(
      fc.property(values, (text) => {
        const value = held(text);
        const printed = execFileSync(shell, ['-c', filling.code], {
          encoding: 'utf8',
          env: { PATH: process.env.PATH, V: value, LANG: 'C.UTF-8' },
        });
        expect(printed.slice(printed.indexOf('['), printed.lastIndexOf(']') + 1)).toBe(`[${value}]`);
      }),
      { numRuns: 6, examples: [[hard]] },
    );
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
  const inExpansion = 'stands inside an expansion, where a value could become code';
  test.each([
    ['echo ${<name>}', `<name> ${inExpansion}`],
    ['echo ${x#<pattern>}', `<pattern> ${inExpansion}`],
    ['echo "${x:-"<value>"}"', `<value> ${inExpansion}`],
    ['echo "$<name>"', `<name> ${inExpansion}`],
    ['echo "`date -d <day>`"', `<day> ${inExpansion}`],
    ['ls ~<user>', '<user> is to be the name of a home, which no variable can be'],
    ["cat <<'END OF'\n<x>\nEND OF", '<x> stands in a here-document whose end is no plain word'],
  ])('%j: %s', (code, problem) => {
    expect(fill(code).problems).toEqual([problem]);
  });

  test('in shells that have other quotes', () => {
    const fish = fillPlaceholders('echo <x>', { ...language, label: 'fish' }, () => 'V');
    expect(fish.problems.map(({ why }) => why)).toEqual(['stands in code of `fish`']);
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
