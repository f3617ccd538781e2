// Owns that a program which asks a person is ended when its signal is aborted, and nothing else is after its end.
import { signalOne } from '../../processes/process-tree.ts';

/** Gives what `run` gives; until then, the process whose number it tells is ended when the signal is aborted. */
export async function endedWithSignal<Value>(
  signal: AbortSignal,
  run: (onStarted: (pid: number) => void) => Promise<Value>,
): Promise<Value> {
  let stop = (): void => {};
  try {
    return await run((pid) => {
      const end = (): void => signalOne(pid, 'SIGTERM');
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
      // Its number may be another process's later.
      stop = () => signal.removeEventListener('abort', end);
    });
  } finally {
    stop();
  }
}
