// Owns the names of the two streams that a block writes to.
export type OutputStream = 'stdout' | 'stderr';
