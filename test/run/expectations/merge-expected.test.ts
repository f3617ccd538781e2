import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesOutput } from '../../../src/run/expectations/matches-output.ts';
import { mergeExpected } from '../../../src/run/expectations/merge-expected.ts';

describe('an expected output that takes over the actual one', () => {
  test.each([
    ['a\nb\n', 'a\nc\n', ['a', 'c']],
    ['pod-[..] up\nold\n', 'pod-7 up\nnew\n', ['pod-[..] up', 'new']],
    ['a\n...\nz\n', 'a\n1\n2\ny\n', ['a', '...', 'y']],
    ['a\n...\n', 'b\n', ['b', '...']],
    ['a\n', '', []],
    ['', '\n x  \n\n', [' x']],
  ])('%j and %j', (expected, actual, lines) => {
    expect(mergeExpected(expected, actual)).toEqual({ ok: true, value: lines });
  });

  test('matches from then on, and a second update changes nothing', () => {
    const pattern = fc.array(fc.constantFrom('a', 'b', '...', '  ...', '[..]', 'a[..]', ''), {
      maxLength: 7,
    });
    const text = fc.array(fc.constantFrom('a', 'b', 'ab', '', ' c'), { maxLength: 7 });
    fc.assert(
      fc.property(pattern, text, (wanted, found) => {
        const actual = found.join('\n');
        const merged = mergeExpected(wanted.join('\n'), actual);
        const lines = merged.ok ? merged.value : [];
        expect(matchesOutput(lines.join('\n'), actual)).toBe(true);
        expect(mergeExpected(lines.join('\n'), actual)).toEqual({ ok: true, value: lines });
      }),
      { numRuns: 1000 },
    );
  });

  test('is refused where it cannot be shown', () => {
    expect(mergeExpected('', 'a\u001b[2Jb')).toEqual({
      ok: false,
      error: 'it holds control characters or bytes that are no text',
    });
    expect(mergeExpected('', 'x\n'.repeat(1001))).toEqual({
      ok: false,
      error: 'it has 1001 lines, and 1000 is the limit',
    });
  });
});
