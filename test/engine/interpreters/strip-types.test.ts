import { expect, test } from 'vitest';
import { stripTypes } from '../../../src/engine/interpreters/strip-types.ts';

test.each([
  ['const x: number = 3', 'const x = 3'],
  ['interface A {\n  b: string\n}\nrun(a as A)', '\n\n\nrun(a )'],
  ['import type { A } from "a"\nimport { b, type C } from "b"\nb()', '\nimport { b, } from "b"\nb()'],
  ['class A {\n  constructor(private b: string) {}\n}', 'class A {\n  constructor( b) {;this.b = b;}\n}'],
  ['const a = b satisfies C', 'const a = b '],
  ['// namespace A {\ndeclare namespace B {\n  const c: 1\n}\nf()', '// namespace A {\n\n\n\nf()'],
])('%j', (code, stripped) => {
  expect(stripTypes(code)).toBe(stripped);
});

test('enums are run', () => {
  expect(stripTypes('enum E { A = 3 }')).toContain('E[E["A"] = A] = "A"');
});

test.each([
  ['f()\nconst y: = 2', '\nthrow new SyntaxError("Unexpected token: const y: = 2");'],
  [
    'f()\n  export namespace A.B {\n  g()\n}',
    '\nthrow new SyntaxError("A namespace cannot be run; write an object: export namespace A.B {");',
  ],
])('%j runs nothing, and is told at its line', (code, thrown) => {
  expect(stripTypes(code)).toBe(thrown);
});
