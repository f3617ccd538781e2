import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { supervise } from '../../../src/engine/processes/supervise.ts';

/** Something that goes on until it is ended. */
function endless() {
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { ended, end };
}

test('time counts from when it is said to begin', async () => {
  const { ended, end } = endless();
  let begin: () => void = () => {};
  const timeFrom = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let isOver = false;
  const supervised = supervise(ended, {
    signal: new AbortController().signal,
    timeoutMs: 20,
    timeFrom,
    started: Promise.resolve(async () => end()),
    onEnd: () => {},
  }).finally(() => {
    isOver = true;
  });
  await sleep(60);
  expect(isOver).toBe(false);
  begin();
  expect((await supervised).endedBy).toBe('timeout');
});

test('what is interrupted before there is anything to end is ended as soon as there is', async () => {
  const { ended, end } = endless();
  let start: (endIt: () => Promise<void>) => void = () => {};
  const started = new Promise<() => Promise<void>>((resolve) => {
    start = resolve;
  });
  const interrupt = new AbortController();
  const supervised = supervise(ended, { signal: interrupt.signal, started, onEnd: () => {} });
  interrupt.abort();
  start(async () => end());
  expect((await supervised).endedBy).toBe('interrupt');
});

test('time that has not begun when all is over ends nothing', async () => {
  let begin: () => void = () => {};
  const timeFrom = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let ends = 0;
  const { endedBy } = await supervise(Promise.resolve(), {
    signal: new AbortController().signal,
    timeoutMs: 5,
    timeFrom,
    started: Promise.resolve(async () => {}),
    onEnd: () => {
      ends += 1;
    },
  });
  begin();
  await sleep(20);
  expect([endedBy, ends]).toEqual(['itself', 0]);
});

test('a month is longer than what ends by itself', async () => {
  const { ended, end } = endless();
  const supervised = supervise(ended, {
    signal: new AbortController().signal,
    timeoutMs: 30 * 86_400_000,
    started: Promise.resolve(async () => end()),
    onEnd: () => {},
  });
  await sleep(20);
  end();
  expect((await supervised).endedBy).toBe('itself');
});
