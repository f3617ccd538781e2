// Owns reading the items of a list, as a page or a command gives them; a list that is in any way doubtful is none.
import { secretMask } from '../masking/redactor.ts';

/** A list is not longer than this, and no item has more characters: what is comes from a mistake. */
const itemLimit = 1000;

/** Items, in their order and each once; none is a list, too. */
export type ReadItems =
  | { readonly ok: true; readonly items: readonly string[] }
  | { readonly ok: false; readonly message: string };

/**
 * Reads an item a line, or with `blanks` what stands between blanks. Blanks around an item are none of it, and lines
 * without one are passed over. The message of a failure goes on from what has given the text.
 */
export function readItems(text: string, between: 'lines' | 'blanks' = 'lines'): ReadItems {
  const pieces = text.split(between === 'lines' ? '\n' : /\s+/);
  const items = pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
  if (items.length > itemLimit) return refuse(`has ${items.length} items, more than ${itemLimit}`);
  const seen = new Set<string>();
  for (const item of items) {
    if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(item)) return refuse('has an item with invisible characters');
    if (item.length > itemLimit) return refuse(`has an item of more than ${itemLimit} characters`);
    if (item.includes(secretMask)) return refuse('has an item that holds a secret');
    if (seen.has(item)) return refuse(`has \`${item}\` twice`);
    seen.add(item);
  }
  return { ok: true, items };
}

function refuse(message: string): ReadItems {
  return { ok: false, message };
}
