// Owns listening to the signals that ask the process to end or take its terminal away.
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls `listener` for each such signal, which then no longer ends the process, until the result is called. */
export function onEndingSignal(listener: (signal: NodeJS.Signals) => void): () => void {
  for (const signal of endingSignals) process.on(signal, listener);
  return () => {
    for (const signal of endingSignals) process.off(signal, listener);
  };
}
