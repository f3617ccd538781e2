// Owns how the configuration of a server says where a secret is.
import * as v from 'valibot';
import type { SecretSource } from '../../../runbook/front-matter/secret-source.ts';

const oneText = 'a reference such as `{ env: NAME }`, `{ file: PATH }` or `{ command: LINE }`';
const severalText = `${oneText}, or a list of these`;

/** A secret that still lies where it is. */
export type ReferredSecret = Exclude<SecretSource, { type: 'prompt' }>;

type Reference = { readonly env: string } | { readonly file: string } | { readonly command: string };

function reference(words: string): v.GenericSchema<unknown, Reference> {
  return v.union(
    [
      v.strictObject({ env: v.pipe(v.string(), v.regex(/^\w+$/, words)) }),
      v.strictObject({ file: v.pipe(v.string(), v.nonEmpty(words)) }),
      v.strictObject({ command: v.pipe(v.string(), v.nonEmpty(words)) }),
    ],
    words,
  );
}

const several = v.union(
  [
    v.pipe(v.array(reference(severalText)), v.nonEmpty(severalText)),
    v.pipe(
      reference(severalText),
      v.transform((one) => [one]),
    ),
  ],
  severalText,
);

/** The forms: of one, and of several, any of which may be meant while they are changed. */
export const secretReference = { one: reference(oneText), several, severalText };

/** As it is used. */
export function toSecretSource(written: Reference): ReferredSecret {
  if ('env' in written) return { type: 'env', name: written.env };
  if ('file' in written) return { type: 'file', path: written.file };
  return { type: 'command', command: written.command };
}
