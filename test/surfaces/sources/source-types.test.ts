import { expect, test } from 'vitest';
import { sourceTypes as known } from '../../../src/runbook/front-matter/triggers/source-types.ts';
import { sourceTypes } from '../../../src/surfaces/sources/source-of.ts';

test('a page can name each sender that is read, and the clock', () => {
  expect([...known]).toEqual([...sourceTypes, 'schedule']);
});
