// Owns the tool's own invariants. A failed assertion is a bug of ours.

/** Thrown when the tool itself is wrong; never for anything a user wrote or did. */
export class AssertionFailure extends Error {
  override readonly name = 'AssertionFailure';
}

/** Ends the operation with a bug report when `condition` does not hold. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionFailure(`bug in runsheet: ${message}`);
}

/** Compile-time proof that a union was handled whole. */
export function assertNever(value: never): never {
  throw new AssertionFailure(`bug in runsheet: unhandled case ${JSON.stringify(value)}`);
}
