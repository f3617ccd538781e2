import { expect, test } from 'vitest';
import { readStatements } from '../../../src/languages/shell/read-statements.ts';

/** Each statement as its lines, `plain` or not, and whether it defines a function. */
function statementsOf(code: string): readonly string[] | undefined {
  return readStatements(code)?.map(
    ({ firstLine, lastLine, isPlain, definesFunction }) =>
      `${firstLine}-${lastLine}${isPlain ? ' plain' : ''}${definesFunction ? ' function' : ''}`,
  );
}

test.each([
  ['a\nb | c &&\n  d\ne', ['1-1 plain', '2-3 plain', '4-4 plain']],
  ['a; b\n\n# a remark\nc', ['1-1 plain', '1-1 plain', '4-4 plain']],
  ['echo a \\\n  b\nc', ['1-2 plain', '3-3 plain']],
  ['cat <<A <<-B\n1\nA\n2\n\tB\nz', ['1-5 plain', '6-6 plain']],
  ['x=(1\n2)\nexport y=2', ['1-2 plain', '3-3 plain']],
  ['x=$(a\nb)\necho "$(c)" `d` <(e)\nf', ['1-2 plain', '3-3 plain', '4-4 plain']],
  ['! a\ntime b\n[[ -e x && -e y ]]\nz', ['1-1 plain', '2-2 plain', '3-3 plain', '4-4 plain']],
])('commands in a row: %j', (code, statements) => {
  expect(statementsOf(code)).toEqual(statements);
});

test.each([
  ['if a; then\n  (b)\nfi\nc', ['1-3', '4-4 plain']],
  ['for x in 1 2; do\n a\ndone | sort\nz', ['1-3', '4-4 plain']],
  ['while read -r l; do echo; done < <(cmd)\ny', ['1-1', '2-2 plain']],
  ['until a\ndo\n b\ndone\nc', ['1-4', '5-5 plain']],
  ['case $x in\n a) b ;;\n *) c;;\nesac\nd', ['1-4', '5-5 plain']],
  ['{ a; b; }\nz', ['1-1', '2-2 plain']],
  ['(cd x\n false)\ny', ['1-2', '3-3 plain']],
  ['(a) && b\nc', ['1-1', '2-2 plain']],
  ['a | (b; c)\nd', ['1-1', '2-2 plain']],
  ['a && ((x))\nd', ['1-1 plain', '2-2 plain']],
])('loops, conditions and groups are one statement: %j', (code, statements) => {
  expect(statementsOf(code)).toEqual(statements);
});

test.each([
  ['f() {\n  false\n}\nf', ['1-3 function', '4-4 plain']],
  ['f ()\n{\n  a\n}\nb', ['1-4 function', '5-5 plain']],
  ['f() ( a; b )\nc', ['1-1 function', '2-2 plain']],
  ['function g {\n x\n}\ng', ['1-3 function', '4-4 plain']],
  ['function h() { x; }\nh', ['1-1 function', '2-2 plain']],
])('functions: %j', (code, statements) => {
  expect(statementsOf(code)).toEqual(statements);
});

test.each([
  ['server &\na', ['1-1', '2-2 plain']],
  ['exec 3>log\na', ['1-1', '2-2 plain']],
  ["trap 'rm -r x' EXIT\na", ['1-1', '2-2 plain']],
  ['a\nwait', ['1-1 plain', '2-2']],
  ['coproc a\nb', ['1-1', '2-2 plain']],
])('what leaves jobs, descriptors or traps is not plain: %j', (code, statements) => {
  expect(statementsOf(code)).toEqual(statements);
});

test('code that is not whole has no statements', () => {
  expect(readStatements('if a; then\n')).toBeUndefined();
  expect(readStatements('echo "a\n')).toBeUndefined();
});
