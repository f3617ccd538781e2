// Owns channels that are programs: the notification comes on standard input, as JSON.
import { execa } from 'execa';
import { errorMessage } from '../../../basics/coded-error.ts';
import { defaultGrace, endProcessTree } from '../../../engine/processes/process-tree.ts';
import { ownFolder } from '../../../engine/shells/working-folder.ts';
import { startTimer } from '../../../engine/start-timer.ts';
import type { SendNotification } from '../notification.ts';

/** So much of what the program says on standard error is looked at. */
const complaintBytes = 4_000;

/** A channel that starts `argv` for each notification, and takes exit 0 for sent. */
export function commandChannel(argv: readonly string[], timeoutMs: number): SendNotification {
  return ({ notification }, signal) =>
    new Promise((resolve, reject) => {
      const [command = '', ...rest] = argv;
      const child = execa(command, rest, {
        cwd: ownFolder(),
        detached: true,
        cleanup: false,
        buffer: false,
        reject: false,
        input: `${JSON.stringify(notification)}\n`,
        stdout: 'ignore',
      });
      let complaint = '';
      let cause: string | undefined;
      const end = (why: string): void => {
        if (cause !== undefined) return;
        cause = why;
        if (child.pid !== undefined) void endProcessTree({ leader: child.pid }, defaultGrace);
        settle(() => reject(new Error(why)));
      };
      const timer = startTimer(() => end(`\`${command}\` took longer than ${timeoutMs / 1000} s`), timeoutMs);
      const abort = (): void => end('the run came to its end first');
      const settle = (how: () => void): void => {
        timer.stop();
        signal.removeEventListener('abort', abort);
        how();
      };
      signal.addEventListener('abort', abort, { once: true });
      child.stderr.on('data', (bytes: Buffer) => {
        if (complaint.length < complaintBytes) complaint += bytes.toString('utf8');
      });
      const notStarted = (why: unknown): void => {
        if (child.pid !== undefined) return;
        settle(() => reject(new Error(`\`${command}\` cannot be started: ${errorMessage(why)}`)));
      };
      // Where the tool's own folder is gone, execa finds no words for a failure, and throws whatever it was told.
      child.then(({ cause }) => notStarted(cause), notStarted);
      // Its end and not that of its output: something it left behind may hold that.
      child.on('exit', (code, by) =>
        settle(() => {
          child.stderr.destroy();
          if (code === 0) return resolve({});
          const said = complaint.trim().split('\n').at(-1) ?? '';
          reject(
            new Error(`\`${command}\` ended with ${by ?? `exit ${code}`}${said === '' ? '' : `: ${said}`}`),
          );
        }),
      );
    });
}
