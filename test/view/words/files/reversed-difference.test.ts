import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reversedDifference } from '../../../../src/view/words/files/reversed-difference.ts';

test('what came goes, and what went comes', () => {
  expect(
    reversedDifference(
      '@@ -1,3 +1,4 @@ server\n a\n-b\n+c\n+d\n e\n@@ -9 +10 @@\n-last\n\\ No newline at end of file\n+last',
    ),
  ).toBe(
    '@@ -1,4 +1,3 @@ server\n a\n-c\n-d\n+b\n e\n@@ -10 +9 @@\n-last\n+last\n\\ No newline at end of file',
  );
});

test('turned round twice it is what it was', () => {
  const line = fc.string({ maxLength: 5 }).map((text) => text.replaceAll(/[\n\\]/g, ''));
  const change = fc
    .record({ kept: line, going: fc.array(line), coming: fc.array(line) })
    .map(({ kept, going, coming }) =>
      [` ${kept}`, ...going.map((text) => `-${text}`), ...coming.map((text) => `+${text}`)].join('\n'),
    );
  fc.assert(
    fc.property(fc.array(change, { minLength: 1 }), (changes) => {
      const difference = `@@ -1,4 +2 @@\n${changes.join('\n')}`;
      expect(reversedDifference(reversedDifference(difference))).toBe(difference);
    }),
  );
});
