// A program for a test. `hold FOLDER`: takes the lock, says `held`, and keeps it until killed. `contend FOLDER FILE N`:
// takes and releases the lock N times, noting in FILE when it comes in and goes out.
import { appendFileSync, writeSync } from 'node:fs';
import { takeLock } from '../../../src/engine/processes/process-lock.ts';

const [, , mode, folder = '', file = '', times = '0'] = process.argv;
if (mode === 'hold') {
  writeSync(1, takeLock(folder).ok ? 'held\n' : 'refused\n');
  setInterval(() => undefined, 1000);
} else {
  for (let done = 0; done < Number(times); ) {
    const attempt = takeLock(folder);
    if (!attempt.ok) continue;
    appendFileSync(file, `in ${process.pid}\n`);
    appendFileSync(file, `out ${process.pid}\n`);
    attempt.lock.release();
    done += 1;
  }
}
