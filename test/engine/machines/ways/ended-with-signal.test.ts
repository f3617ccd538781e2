import { spawn } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { endedWithSignal } from '../../../../src/engine/machines/ways/ended-with-signal.ts';

function start() {
  const child = spawn('tail', ['-f', '/dev/null']);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { pid: child.pid ?? 0, exit: once(child, 'exit') };
}

test.each(['before it starts', 'while it runs'])('a program is ended that is aborted %s', async (when) => {
  const aborting = new AbortController();
  if (when === 'before it starts') aborting.abort();
  const { pid, exit } = start();
  const ended = endedWithSignal(aborting.signal, (onStarted) => {
    onStarted(pid);
    return exit;
  });
  aborting.abort();
  expect(await ended).toEqual([null, 'SIGTERM']);
});

test('nothing is ended once it is over, however it ended', async () => {
  const { signal } = new AbortController();
  const { pid } = start();
  const over = (how: Promise<string>) =>
    endedWithSignal(signal, (onStarted) => {
      onStarted(pid);
      return how;
    });
  expect(await over(Promise.resolve('connected'))).toBe('connected');
  await expect(over(Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
