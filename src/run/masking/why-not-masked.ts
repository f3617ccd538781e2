// Owns which values can be masked at all.

/** Texts shorter than this, in bytes, are not looked for: they would be found everywhere. */
export const shortestSecretBytes = 4;

/** Why a value cannot be masked, to follow its name; undefined where it can, and where there is nothing to mask. */
export function whyNotMasked(secret: string): string | undefined {
  const { length } = new TextEncoder().encode(secret);
  if (length === 0) return undefined;
  if (length < shortestSecretBytes)
    return `is too short to be masked in what is shown: ${length === 1 ? '1 byte' : `${length} bytes`} of at least ${shortestSecretBytes}`;
  return /^\s*$/.test(secret) ? 'is nothing but blanks, which cannot be masked in what is shown' : undefined;
}
