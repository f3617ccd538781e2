import { expect, it } from 'vitest';
import { fitsKeyed, keyed } from '../../src/text/keyed-pattern.ts';

it('asks the pattern only of texts that hold one of its words', () => {
  const pattern = keyed('run|type', /(?:run|type) it:$/);
  expect(pattern.keys).toEqual(['run', 'type']);
  expect(
    ['run it:', 'now type it:', 'run it', 'hold it:'].filter((text) => fitsKeyed(pattern, text)),
  ).toEqual(['run it:', 'now type it:']);
});
