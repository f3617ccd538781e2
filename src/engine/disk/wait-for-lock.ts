// Owns waiting for another process to be done with a document.
import { setTimeout as sleep } from 'node:timers/promises';
import { makeStateFolder } from '../files/write-state-file.ts';
import { type LockAttempt, takeLock } from '../processes/process-lock.ts';

/** Longest pause between two tries, in milliseconds; a write takes about that long. */
const longestPauseMs = 20;

/** Takes the lock of `folder`, made where it is missing; the failure is who did not let go within `waitMs`. */
export async function waitForLock(folder: string, waitMs: number): Promise<LockAttempt> {
  makeStateFolder(folder);
  const deadline = performance.now() + waitMs;
  for (let pause = 1; ; pause = Math.min(pause * 2, longestPauseMs)) {
    const attempt = takeLock(folder);
    if (attempt.ok || performance.now() >= deadline) return attempt;
    // Two that wait for each other's end must not keep meeting.
    await sleep(pause * (0.5 + Math.random()));
  }
}
