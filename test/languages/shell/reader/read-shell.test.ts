import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCommand } from '../../../../src/engine/interpreters/find-command.ts';
import { isInBackground, readShell, wordText } from '../../../../src/languages/shell/reader/read-shell.ts';
import { expectCostInProportion } from '../../../costs-in-proportion.ts';

/** The commands as `role:text` of their words, with what ends their pipeline. */
function commandsOf(code: string): string[] {
  const shell = readShell(code);
  return shell.commands.map(({ words, pipeline, isPiped }) => {
    const written = words.map((word) => {
      const text = wordText(shell, word);
      return word.role === 'name' || word.role === 'argument' ? text : `${word.role}:${text}`;
    });
    return `${isPiped ? '| ' : ''}${written.join(' ')}${isInBackground(pipeline) ? ' &' : ''}`;
  });
}

describe('commands', () => {
  test.each([
    ['a b; c "d ; e" && f | g', ['a b', 'c d ; e', 'f', '| g']],
    ['a |\n# comment\n  b', ['a', '| b']],
    ['a \\\n  b\\\nc', ['a bc']],
    ['sudo -u root -n A=1 rm x', ['wrapper:sudo wrapper:-u wrapper:root wrapper:-n assignment:A=1 rm x']],
    ['A=1 B="$(c d)" env -i e', ['assignment:A=1 assignment:B=$(c d) wrapper:env wrapper:-i e', 'c d']],
    ['time -p a', ['keyword:time wrapper:-p a']],
    ['command -v vim', ['wrapper:command wrapper:-v vim']],
    ['if a; then b; fi', ['keyword:if a', 'keyword:then b', 'keyword:fi']],
    ['for a in b c; do d; done', ['keyword:for a in b c', 'keyword:do d', 'keyword:done']],
    ['while ! a; do b; done < c', ['keyword:while keyword:! a', 'keyword:do b', 'keyword:done redirect:c']],
    [
      'case $x in (yes|no) a;; b) c ;; esac; d',
      ['keyword:case $x keyword:in pattern:yes pattern:no', 'a', 'pattern:b', 'c', 'keyword:esac', 'd'],
    ],
    [
      'f() { a; }; function g { b; }',
      ['keyword:f', 'keyword:{ a', 'keyword:}', 'keyword:function keyword:g keyword:{ b', 'keyword:}'],
    ],
    ['x=(a "b c"); y', ['assignment:x=', 'element:a element:b c', 'y']],
    ['[[ -f a && b < c || (d > e) ]] && f', ['[[ -f a b c ]]', 'element:d element:e', 'f']],
    [
      'a 2>&1 >b &>c <<<d 3<e',
      ['a redirect:2 redirect:1 redirect:b redirect:c redirect:d redirect:3 redirect:e'],
    ],
    ['a >| b; c', ['a redirect:b', 'c']],
    ['(a; b) & c', ['a &', 'b &', 'c']],
    ['a | b & c', ['a &', '| b &', 'c']],
    ['a <(b c) $(d `e`)', ['a <(b c) $(d `e`)', 'b c', 'd `e`', 'e']],
    ["cat <<E; a\nb; c\n$(d)\nE\ne <<'E'\n$(f)\nE", ['cat', 'a', 'd', 'e']],
    ['cat <<-E <<F\n\tE\n$(a)\nF\nb', ['cat', 'a', 'b']],
    ['((a + b)) && c $((d | e)) $((f) | g)', ['c $((d | e)) $((f) | g)', '| g']],
    ["a 'b' $'c\\'d' \\e", ["a b c'd e"]],
    ['a # b; c\nd#e', ['a', 'd#e']],
    ['rm !(a|b); c', ['rm !', 'element:a element:b', 'c']],
  ])('%j: %j', (code, commands) => {
    expect(commandsOf(code)).toEqual(commands);
  });

  test('know their place', () => {
    const code = 'é # rm\n"x" && sudo rm -rf "$a b" >c';
    const { commands } = readShell(code);
    expect(commands.map(({ start, end }) => code.slice(start, end))).toEqual([
      'é',
      '"x"',
      'sudo rm -rf "$a b" >c',
    ]);
    expect(commands[2]?.redirects).toEqual([{ start: code.length - 2, operator: '>' }]);
  });
});

test('each piece is what it is', () => {
  const code = `a "b$c\\d" 'e' # f\n<<E g\nh\${i:-j}\nE\n$'k' \${l%m} $((n))`;
  const { pieces } = readShell(code);
  expect(
    pieces
      .filter(({ kind }) => kind !== 'space')
      .map(({ kind, start, end }) => `${kind} ${code.slice(start, end)}`),
  ).toEqual([
    'word a',
    'quote "',
    'double-quotes b',
    'parameter $c',
    'escape \\d',
    'quote "',
    "quote '",
    'single-quotes e',
    "quote '",
    'comment # f',
    'operator <<',
    'delimiter E',
    'word g',
    'here-document h',
    'parameter ${i:-',
    'double-quotes j',
    'expansion }',
    'here-document \n',
    'delimiter E',
    "quote $'",
    'ansi-c-quotes k',
    "quote '",
    'parameter ${l',
    'expansion %m}',
    'expansion $((',
    'arithmetic n',
    'expansion ))',
  ]);
});

test.each([
  ['a', undefined],
  ['a \\', 'continued-line'],
  ['a \\\n', 'continued-line'],
  ['a "b\n', 'quotes'],
  ["a $(b 'c", 'quotes'],
  ['a $(b', 'brackets'],
  ['(a\n', 'brackets'],
  ['a=(\nb\n', 'brackets'],
  ['a |\n', 'operator'],
  ['a && # b\n', 'operator'],
  ['a <<E\nb\n', 'here-document'],
  ['a <<E', 'here-document'],
  ['if a; then b\n', 'compound'],
  ['case a in b) c;;\n', 'compound'],
  ['f() {\n', 'compound'],
  ['function f {\n', 'compound'],
  ['echo if { case', undefined],
  ['case a in (b) c;; esac', undefined],
  ['f() { a; }\n', undefined],
  ['a &\n', undefined],
])('%j ends open: %s', (code, open) => {
  expect(readShell(code).open).toBe(open);
});

const fragment = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.constantFrom(
    ...`" ' \` $( $(( )) ) ( (( \${ \${a:- } { ; ;; & && | || \\ # \n < > << <<E <<-'E' E \nE\n <<< <( >( case esac in`.split(
      ' ',
    ),
    ...`if then fi do done for [[ ]] a= a=( $' $" $a $[ ] ! sudo function time é 🎉 % * ? !( 2> >& &> >|`.split(
      ' ',
    ),
    ...['\n', ' ', '\t', '\\\n', '\r\n'],
  ),
);
const halfCode = fc.array(fragment, { maxLength: 60 }).map((pieces) => pieces.join(''));

test('any text is read, and the pieces are the text', () => {
  fc.assert(
    fc.property(halfCode, (code) => {
      const { pieces, commands } = readShell(code);
      expect(pieces.map(({ start, end }) => code.slice(start, end)).join('')).toBe(code);
      expect(
        pieces.every(({ start, end }, index) => start < end && start === (pieces[index - 1]?.end ?? 0)),
      ).toBe(true);
      for (const { start, end, words } of commands) {
        expect(start <= end && end <= code.length).toBe(true);
        const bounds = words.flatMap((word) => [word.start, word.end]);
        expect(bounds).toEqual([...bounds].sort((left, right) => left - right));
        expect(words.every((word) => start <= word.start && word.end <= end)).toBe(true);
      }
      const starts = commands.map(({ start }) => start);
      expect(starts).toEqual([...starts].sort((left, right) => left - right));
    }),
    { numRuns: 3_000 },
  );
});

const nasty = [
  '$(',
  '"$(',
  '`',
  '"`',
  '${a:-',
  '"${a:-"',
  '$((',
  '((',
  '(',
  '{ ',
  'case a in ',
  'a=(',
  'a[',
  '<<E ',
  '<<E\n',
  '<<E\n$(\n',
  "<<'",
  '[[ ',
  '# ',
  'a',
  'a ',
  'a|',
  '\\',
  '\\\n',
  '!(',
  'sudo ',
  '2>',
  'a "b $c" | d > e; f\n',
];

test.each(nasty)('%j, again and again, costs time in proportion', (text) => {
  expectCostInProportion((times) => {
    const code = text.repeat(Math.ceil((50_000 * times) / text.length));
    expect(readShell(code).pieces.length).toBeLessThanOrEqual(code.length);
  });
});

/** Nothing may follow in its last line. */
const hereDocument = fc.constantFrom("cat <<E\nit's $x\nE", 'cat <<-\'E\' "a\nb"\n\t$(\n\tE');

/** Scripts that a shell takes, of what people write. */
const { script } = fc.letrec<{ script: string; command: string; word: string }>((tie) => ({
  word: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom(
      'a',
      '-b',
      '$c',
      '"d ; e"',
      "'f | g'",
      '"h $i"',
      '\\;',
      'j#k',
      '${l:-m}',
      '$((1 + 2))',
      'if',
      '"(n"',
    ),
    tie('command').map((command) => `$(${command})`),
    tie('command').map((command) => `"$(${command})"`),
  ),
  command: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.array(tie('word'), { minLength: 1, maxLength: 3 }).map((words) => `echo ${words.join(' ')}`),
    fc.tuple(tie('command'), tie('command')).map(([left, right]) => `${left} |\n  ${right}`),
    fc.tuple(tie('command'), tie('command')).map(([left, right]) => `${left} && ${right}`),
    tie('script').map((body) => `(\n${body}\n)`),
    tie('script').map((body) => `{\n${body}\n}`),
    tie('script').map((body) => `f() {\n${body}\n}`),
    fc.tuple(tie('command'), tie('script')).map(([test, body]) => `if ${test}; then\n${body}\nfi`),
    tie('script').map((body) => `for x in a b\ndo\n${body}\ndone`),
    tie('script').map((body) => `case $x in\na|b)\n${body}\n;;\n(c) ;;\nesac`),
    tie('word').map((word) => `[[ -n ${word} && a < b ]]`),
    tie('word').map((word) => `x=(\n${word} # c\n)`),
    fc.constant('echo a \\\n  b'),
    fc.constant("echo \"a\nb\" 'c\n' # don't"),
  ),
  script: fc
    .array(fc.oneof({ weight: 5, arbitrary: tie('command') }, hereDocument), { minLength: 1, maxLength: 3 })
    .map((commands) => commands.join('\n')),
}));

const bash = findCommand('bash', { path: process.env.PATH ?? '', cwd: '/' });

describe.skipIf(bash === undefined)('bash', () => {
  test('agrees on where scripts that were cut off are open', () => {
    const cases = fc
      .sample(fc.tuple(script, fc.double({ min: 0, max: 1, noNaN: true })), 600)
      .map(([code, part]) => {
        const lines = code.split('\n');
        return lines.slice(0, 1 + Math.floor(part * (lines.length - 1))).join('\n');
      });
    // One process judges them all. Nothing runs: each is the body of a condition that does not hold.
    const judge = `while IFS= read -r -d '' code; do
      if (eval "if false; then :
$code
fi") 2>/dev/null; then echo closed; else echo open; fi
    done`;
    const printed = execFileSync(bash ?? '', ['-c', judge], {
      input: cases.map((code) => `${code}\0`).join(''),
      encoding: 'utf8',
    });
    const judged = printed.trim().split('\n');
    const wrong = cases
      .map((code, index) => ({ code, bash: judged[index], ours: readShell(`${code}\n`).open }))
      .filter((one) => (one.bash === 'open') !== (one.ours !== undefined));
    expect(wrong).toEqual([]);
    expect(new Set(judged)).toEqual(new Set(['open', 'closed']));
  });
});
