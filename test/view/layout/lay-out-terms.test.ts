// Tests lists of names with what they mean, on wide and narrow terminals.
import { expect, it } from 'vitest';
import { layOutTerms } from '../../../src/view/layout/lay-out-terms.ts';

const terms = [
  ['alert', 'One alert, looked into until it is known what to do'],
  ['blank-page', 'Four sections'],
] as const;

it('is a table where no width is given', () => {
  expect(layOutTerms(terms)).toBe(
    'alert       One alert, looked into until it is known what to do\nblank-page  Four sections\n',
  );
});

it('wraps the texts between words, beside their names', () => {
  expect(layOutTerms(terms, 40)).toBe(
    'alert       One alert, looked into until\n            it is known what to do\nblank-page  Four sections\n',
  );
});

it('wraps nothing where there is no room for a text', () => {
  expect(layOutTerms(terms, 25)).toBe(layOutTerms(terms));
});
