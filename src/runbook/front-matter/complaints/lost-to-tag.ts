// Owns what is said of a text that YAML takes for a tag.
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { TaggedValue } from '../read-yaml.ts';

/** `match: { env: !dev }` would else be no opposite of anything, and silently. */
export function lostToTag({ tag, span }: TaggedValue, code: Diagnostic['code']): Diagnostic {
  return {
    code,
    severity: 'error',
    message: `\`${tag}\` is a tag of YAML here, and no text`,
    span,
    help: 'put a text that begins with `!` in quotes',
  };
}
