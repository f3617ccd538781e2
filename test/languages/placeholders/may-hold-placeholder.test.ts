import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPlaceholders } from '../../../src/languages/placeholders/find-placeholders.ts';
import { mayHoldPlaceholder } from '../../../src/languages/placeholders/may-hold-placeholder.ts';

test('what holds no sign of a placeholder is not looked through', () => {
  expect(mayHoldPlaceholder('kubectl get pods -n web | grep -c Running')).toBe(false);
});

test('no placeholder is missed', () => {
  const pieces = [
    '<',
    'name',
    '>',
    '{{',
    ' x ',
    '}}',
    'your-',
    'YOUR_',
    'HOST',
    'CHANGEME',
    'CHANGE_ME',
    'REPLACE',
  ];
  const more = ['_ME', '_WITH_', 'REPLACEME', ' ', '\n', '$', '#', '.', 'é', '=', '-'];
  const code = fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 8 }).map((all) => all.join(''));
  let found = 0;
  fc.assert(
    fc.property(code, fc.constantFrom('shell', 'other'), (text, syntax) => {
      if (findPlaceholders(text, syntax).length === 0) return;
      found += 1;
      expect(mayHoldPlaceholder(text)).toBe(true);
    }),
    { numRuns: 3_000 },
  );
  expect(found).toBeGreaterThan(300);
});
