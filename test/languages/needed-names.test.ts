import { describe, expect, test } from 'vitest';
import { assignedNames, neededNames, writtenOutputs } from '../../src/languages/needed-names.ts';

describe('names that code cannot do without', () => {
  test.each([
    ['sh', 'echo $A "${B}" "$(echo ${C%x})" ${D:-x} ${E-x} ${F:=x} ${G:+x} ${H:?x}', ['A', 'B', 'C']],
    ['sh', `echo '$A' "\\$B" \\$C # $D\ncat <<'E'\n$F\nE\ncat <<E\n$G\nE`, ['G']],
    ['bash', 'echo $AB$A_1', ['AB', 'A_1']],
    ['sh', 'echo "`echo $A`" ${x#$B}', ['A', 'x', 'B']],
    ['python', 'os.environ["A"]; os.environ.get("B"); os.getenv("C")\n# os.environ["D"]', ['A']],
    ['node', 'process.env.A; process.env.B ?? 1; process.env.C || 1', ['A']],
    ['ruby', 'ENV["A"]; ENV.fetch("B"); ENV.fetch("C", 1); ENV["D"] || 1', ['A', 'B']],
    ['perl', '$ENV{A}; $ENV{B} // 1', ['A']],
    ['psql', "select :'A', :B, x::text\n-- :'C'", ['A', 'B']],
    ['http', 'GET {{A}}/$B/${C}\n{"$ref": "{{D|json}}"}', ['A', 'B', 'C', 'D']],
    ['text', '$A', []],
  ])('%s: %s', (label, code, names) => {
    expect([...neededNames(code, label)]).toEqual(names);
  });
});

test.each([
  ['A=1', true],
  ['x; export A=1', true],
  ['read -r A B', true],
  ['for A in x; do :; done', true],
  ['printf -v A x', true],
  ['A+=1', true],
  ['echo "A=1" >> "$RUNSHEET_OUTPUT"', false],
  ['echo $A --A=1', false],
  ['export B="$A"', false],
  ['echo "; A=1" # A=1', false],
  ["ssh host 'cd /; A=1'", false],
  ['docker run -e A=1 image', false],
  ['if true; then A=1; fi', true],
  ['case $x in y) A=1;; esac', true],
  ['((A = 1))', true],
  ['declare -A A', true],
  ['A=(1 2)', true],
  ['while IFS= read -r A; do :; done', true],
])('%j assigns A: %s', (code, assigns) => {
  expect(assignedNames(code).has('A')).toBe(assigns);
});

test('outputs are seen where they are written in one line', () => {
  expect([...writtenOutputs('echo "A=1" >> $RUNSHEET_OUTPUT\nB=2\necho C=$D>>"$RUNSHEET_OUTPUT"')]).toEqual([
    'A',
    'C',
  ]);
});
