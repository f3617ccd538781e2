// Owns waiting until the event loop has polled its inputs.

/**
 * Resolves after the event loop has polled its inputs: one round may end before a poll, the second has one whole
 * poll before it.
 */
export async function afterInputPoll(): Promise<void> {
  await eventLoopRound();
  await eventLoopRound();
}

function eventLoopRound(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
