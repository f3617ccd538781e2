import { expect, it } from 'vitest';
import { fail, ok } from '../../../src/basics/result.ts';
import { fillText, referencesIn } from '../../../src/languages/placeholders/fill-text.ts';

const values = { PORT: '80', HOST: "a'$(id)\n", EMPTY: '' };
const variableOf = ({ variable }: { readonly variable: string }) =>
  variable === 'HOST' ? variable : undefined;

it('puts values in as they are, and leaves every other dollar sign alone', () => {
  const text = 'listen ${PORT};\nroot $host ${OTHER} $PORT <host> <b>${EMPTY}';
  expect(fillText(text, { fills: ['PORT', 'EMPTY'], variableOf, values })).toEqual(
    ok("listen 80;\nroot $host ${OTHER} $PORT a'$(id)\n <b>"),
  );
});

it('says what is not set', () => {
  expect(fillText('a ${GONE}', { fills: ['GONE'], variableOf, values })).toEqual(
    fail('`${GONE}` has no value: `$GONE` is not set'),
  );
});

it('finds references', () => {
  expect(referencesIn('${A} $B ${C} ${A}')).toEqual(['A', 'C', 'A']);
});
