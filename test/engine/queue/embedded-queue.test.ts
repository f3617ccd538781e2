import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { EmbeddedQueue } from '../../../src/engine/queue/embedded-queue.ts';
import { countingIds, leaseMs, testRunQueue } from './run-queue-contract.ts';

describe('the queue of one machine', () => {
  testRunQueue(async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'runsheet-test-'));
    const makeRunId = countingIds();
    const open = () => EmbeddedQueue.open({ stateDir, use: 'write', makeRunId, leaseMs });
    let queue = await open();
    return {
      queue,
      reopen: async () => {
        await queue.close();
        queue = await open();
        return queue;
      },
      dispose: async () => {
        await queue.close();
        rmSync(stateDir, { recursive: true });
      },
    };
  });
});
