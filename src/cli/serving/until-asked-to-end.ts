// Owns how a server is asked to end.

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Resolves when the process was asked to end and `end` has ended everything; who asks once more is in a hurry, which the
 * signal says. `done` says that nothing is left to do.
 */
export async function untilAskedToEnd(
  end: (hurry: AbortSignal) => Promise<void>,
  done?: AbortSignal,
): Promise<void> {
  const hurry = new AbortController();
  let asked: (() => void) | undefined;
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  done?.addEventListener('abort', () => asked?.(), { once: true });
  let times = 0;
  const onSignal = (): void => {
    times += 1;
    asked?.();
    if (times > 1) hurry.abort();
  };
  for (const signal of signals) process.on(signal, onSignal);
  try {
    await isAsked;
    await end(hurry.signal);
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}
