import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesOutput } from '../../../src/run/expectations/matches-output.ts';
import { renderDifference } from '../../../src/run/expectations/render-difference.ts';

const lines = (...texts: string[]) => texts.join('\n');

describe('differences', () => {
  test.each([
    ['a\nb\nc\n', 'a\nx\nc\n', lines(' a', '-b', '+x', ' c')],
    ['healthy', 'unhealthy', lines('-healthy', '+unhealthy')],
    ['', 'x', lines('+x')],
    ['x', '', lines('-x')],
    ['a\n...\nd\ne', 'a\nb\nc\nd\nf', lines('…', ' b', ' c', ' d', '-e', '+f')],
    ['pod-[..] ok\nx', 'pod-7 ok\ny', lines(' pod-7 ok', '-x', '+y')],
    ['1\n2\n3\n4\n5\n6\nx\n', '1\n2\n3\n4\n5\n6\ny\n', lines('…', ' 4', ' 5', ' 6', '-x', '+y')],
    [
      'x\n1\n2\n3\n4\n5\n6\n7\n8\nx',
      'y\n1\n2\n3\n4\n5\n6\n7\n8\ny',
      lines('-x', '+y', ' 1', ' 2', ' 3', '…', ' 6', ' 7', ' 8', '-x', '+y'),
    ],
  ])('of %j and %j', (expected, actual, difference) => {
    expect(renderDifference(expected, actual)).toBe(difference);
  });

  test('lines are marked exactly where the output does not match, and both texts can be read off', () => {
    const line = fc.constantFrom('a', 'b', 'c', 'd');
    const text = fc.array(line, { maxLength: 8 });
    fc.assert(
      fc.property(text, text, (wanted, found) => {
        const difference = renderDifference(wanted.join('\n'), found.join('\n'));
        const marked = difference.split('\n').filter((shown) => /^[-+]/.test(shown));
        expect(marked.length === 0).toBe(matchesOutput(wanted.join('\n'), found.join('\n')));
        const side = (mark: string) => marked.filter((shown) => shown.startsWith(mark)).length;
        expect(wanted.length - side('-')).toBe(found.length - side('+'));
      }),
      { numRuns: 500 },
    );
  });

  test('with wildcards too, nothing is marked exactly when the output matches', () => {
    const pattern = fc.array(fc.constantFrom('a', 'b', '...', '[..]', 'a[..]'), { maxLength: 6 });
    const text = fc.array(fc.constantFrom('a', 'b', 'ab'), { maxLength: 6 });
    fc.assert(
      fc.property(pattern, text, (wanted, found) => {
        const [expected, actual] = [wanted.join('\n'), found.join('\n')];
        expect(/^[-+]/m.test(renderDifference(expected, actual))).toBe(!matchesOutput(expected, actual));
      }),
      { numRuns: 1000 },
    );
  });

  test('are bounded, whatever the texts', () => {
    const long = (letter: string) => Array.from({ length: 5000 }, (_, line) => `${letter}${line}`).join('\n');
    const difference = renderDifference(`${long('a')}\n${'x'.repeat(100_000)}`, long('b'));
    expect([difference.split('\n').length, difference.endsWith('\n…')]).toEqual([61, true]);
    expect(renderDifference('x'.repeat(1000), 'y').length).toBe(205);
  });
});
