// Owns waiting until the event loop has looked at all inputs once.

/**
 * Resolves after the event loop has polled its inputs: one round may end before a poll, the second has one whole
 * poll before it.
 */
export async function afterOneLook(): Promise<void> {
  await round();
  await round();
}

function round(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
