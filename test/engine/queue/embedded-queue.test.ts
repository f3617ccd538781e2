import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { EmbeddedQueue } from '../../../src/engine/queue/embedded-queue.ts';
import { countingIds, testRunQueue } from './run-queue-contract.ts';

/** Where writing to the device costs nothing: what lasts is tested apart. */
const quickest = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

describe('the queue of one machine', () => {
  testRunQueue(async (leaseMs) => {
    const stateDir = mkdtempSync(join(quickest, 'runsheet-test-'));
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
