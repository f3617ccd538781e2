// Owns what is left of HTML on a terminal: its text.
import { visibleText } from '../../text/visible-text.ts';

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
};

/**
 * The text of an HTML fragment: comments, scripts and styles vanish with what they hold, tags vanish, `<br>` and
 * the ends of blocks become line breaks. Control characters become visible.
 */
export function htmlText(html: string): string {
  const text = html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .replace(/<(?:br|\/p|\/div|\/li|\/tr|\/summary|\/h[1-6])\b[^>]*>/gi, '\n')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (whole, name: string) => entities[name] ?? whole);
  const lines = text.split(/\r\n?|\n/).map((line) => visibleText(line.replace(/\t/g, ' ')));
  return lines.join('\n').replace(/\n\s*\n/g, '\n');
}
