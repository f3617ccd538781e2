// Owns what becomes of failures that reach nobody while a run goes on.

/** Nothing is left that the run could wait for, though it has not come to rest. */
export class LostTrack extends Error {
  override readonly name = 'LostTrack';

  constructor() {
    super('the run waits for something that can no longer happen');
  }
}

/**
 * Hands what nobody has caught to the run, which comes to rest with it, until the returned function is called. Without
 * that, an error would end the process in the middle of a block, and an empty event loop with an exit code of 0.
 */
export function watchFailures(fail: (error: unknown) => void): () => void {
  const lost = (): void => fail(new LostTrack());
  process.on('uncaughtException', fail);
  process.on('beforeExit', lost);
  return () => {
    process.off('uncaughtException', fail);
    process.off('beforeExit', lost);
  };
}
