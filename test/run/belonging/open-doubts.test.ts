import { expect, test } from 'vitest';
import { address, type StepName } from '../../../src/basics/address.ts';
import { openDoubts } from '../../../src/run/belonging/open-doubts.ts';
import { makeDoubt } from '../../../src/runbook/doubts/make-doubt.ts';
import { span } from '../../../src/text/span.ts';

const other = makeDoubt('other-procedure', span(0, 1));
const ofCase = makeDoubt('condition', span(0, 1), { ofHeading: true });
const byWords = makeDoubt('condition', span(0, 1));
const teardown = makeDoubt('teardown', span(0, 1));
const item = {
  address: address('renew/2'),
  step: 'renew' as StepName,
  doubts: [other, teardown],
};
const chosen = (...steps: readonly string[]) => ({ selection: { steps, tags: [] } });

test('what is accepted is no longer open', () => {
  expect(openDoubts(item, {})).toEqual([other, teardown]);
  expect(openDoubts(item, { accept: ['teardown'] })).toEqual([other]);
});

test('who names a step has said which of several procedures is meant, and nothing else', () => {
  expect(openDoubts(item, chosen('renew'))).toEqual([teardown]);
  expect(openDoubts(item, chosen('renew/2'))).toEqual([teardown]);
  expect(openDoubts(item, chosen('revoke'))).toEqual([other, teardown]);
});

test('who names a step means the case that its heading is for, and not what words before its blocks say', () => {
  const doubtful = { ...item, doubts: [ofCase, byWords] };
  expect(openDoubts(doubtful, chosen('renew'))).toEqual([byWords]);
  expect(openDoubts(doubtful, chosen('revoke'))).toEqual([ofCase, byWords]);
});
