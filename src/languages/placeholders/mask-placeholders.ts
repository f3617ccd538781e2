// Owns hiding placeholders from what reads the code around them.
import type { FoundPlaceholder } from '../found-placeholder.ts';

/**
 * The code, as long as before, with each placeholder made plain text: `%` is nothing special to any shell, and no
 * part of a name.
 */
export function maskPlaceholders(code: string, placeholders: readonly FoundPlaceholder[]): string {
  let masked = '';
  let at = 0;
  for (const { start, end } of placeholders) {
    masked += code.slice(at, start) + '%'.repeat(end - start);
    at = end;
  }
  return masked + code.slice(at);
}
