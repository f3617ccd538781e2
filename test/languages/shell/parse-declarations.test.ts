// Tests that declarations which were read before are taken as they are, and nothing else is.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDeclarations } from '../../../src/languages/shell/parse-declarations.ts';

/** Sorted by name, each once, as bash writes them. */
const declared = fc
  .uniqueArray(
    fc.record({
      name: fc.string({ unit: fc.constantFrom('a', 'b', '_'), minLength: 1, maxLength: 3 }),
      flags: fc.constantFrom('--', '-x', '-ir'),
      source: fc.constantFrom(undefined, '""', '"1"', '"12"', '"a\ndeclare -- a=\\"\n"', "$'\\'\\n'"),
    }),
    { selector: ({ name }) => name, maxLength: 20 },
  )
  .map((all) => all.sort((one, other) => (one.name < other.name ? -1 : 1)));
type Declared = typeof declared extends fc.Arbitrary<infer One> ? One : never;

const written = (all: Declared): string[] =>
  all.map(
    ({ flags, name, source }) => `declare ${flags} ${name}${source === undefined ? '' : `=${source}`}\n`,
  );

test('beside others they are what they are by themselves, and those written alike are the very ones', () => {
  fc.assert(
    fc.property(declared, declared, fc.array(fc.nat(19)), (all, more, gone) => {
      const names = new Set(more.map(({ name }) => name));
      const later = [...all.filter(({ name }, at) => !names.has(name) && !gone.includes(at)), ...more].sort(
        (one, other) => (one.name < other.name ? -1 : 1),
      );
      const known = parseDeclarations(written(all).join(''));
      const text = written(later).join('');
      const beside = parseDeclarations(text, known);
      expect(beside).toEqual(parseDeclarations(text));
      const lines = new Set(written(all));
      expect(beside.filter((one) => known.includes(one)).map((one) => one.written)).toEqual(
        written(later).filter((line) => lines.has(line)),
      );
    }),
    { numRuns: 2000 },
  );
});

test('what is cut off at the end of a text is not taken for the beginning of another', () => {
  const known = parseDeclarations('declare -- a="1"');
  const [, behind] = parseDeclarations('declare -- a="1"2\ndeclare -- b="2"\n', known);
  expect(behind?.variable).toEqual({ flags: '', exported: false, source: '"2"' });
});
