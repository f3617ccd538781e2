import { expect, test } from 'vitest';
import { queueTrouble } from '../../../../src/cli/serving/drives/queue-trouble.ts';
import { QueueUnavailable } from '../../../../src/engine/queue/run-queue.ts';

test('says once that the queue cannot be used', () => {
  expect([
    queueTrouble(new QueueUnavailable('the queue cannot be used: the disk is full')),
    queueTrouble(new QueueUnavailable('there is no `queue.db`')),
    queueTrouble(new Error('no such column')),
  ]).toEqual([
    'the queue cannot be used: the disk is full',
    'there is no `queue.db`',
    'the queue cannot be used: no such column',
  ]);
});
