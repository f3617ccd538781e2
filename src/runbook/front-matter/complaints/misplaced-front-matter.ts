// Owns what is said of lines at the top of a page that read like front matter and are none.
import type { Diagnostic } from '../../../text/diagnostic.ts';
import { span } from '../../../text/span.ts';
import { frontMatterKeys } from '../front-matter-schema.ts';
import { keysOfSites } from '../toml-front-matter.ts';

/** In lines; what goes on for longer is a text. */
const mostLines = 300;

/**
 * YAML with keys of ours that a page without front matter begins with: behind a comment or a blank line, never closed, or
 * between lines that open and close none. What it says of inputs, approvals and users would be none, without a word.
 */
export function misplacedFrontMatter(
  text: string,
  toByteOffset: (offset: number) => number,
): Diagnostic | undefined {
  const start = /^\uFEFF?(?:[ \t]*(?:\r\n?|\n)|[ \t]*<!--(?:(?!-->)[\s\S])*-->)*/.exec(text)?.[0].length ?? 0;
  const opening = /^[ \t]*(-{3,})[ \t]*(?:\r\n?|\n)/.exec(text.slice(start));
  const [first, ...lines] = text.slice(start + (opening?.[0].length ?? 0)).split(/\r\n?|\n/, mostLines);
  if (first === undefined) return undefined;
  const all = [first, ...lines];
  const end = all.findIndex(
    (line) => /^[ \t]*(?:-{3,}|\.\.\.)[ \t]*$/.test(line) || /^#{1,6}[ \t]+\S|^[ \t]*(?:```|~~~)/.test(line),
  );
  const inside = end === -1 ? all : all.slice(0, end);
  const closing = end === -1 ? '' : (all[end] ?? '').trimEnd();
  const isYaml = inside.every((line) => /^\s*$|^[\w-]+:(?:\s|$)|^[ \t]+\S|^- |^#/.test(line));
  const keys = inside
    .map((line) => /^([\w-]+):/.exec(line)?.[1] ?? '')
    .filter((key) => frontMatterKeys.includes(key));
  if (!isYaml || keys.length === 0) return undefined;
  // A text without an opening line is one unless a closing line makes a heading of it.
  if (opening === null && !/^-{3,}$/.test(closing)) return undefined;
  const wrong = whatIsWrong(opening?.[0].trimEnd(), closing, start > 0);
  const at = start + (opening?.[0].search(/-/) ?? 0);
  const width = opening?.[1]?.length ?? first.length;
  return {
    code: 'front-matter-place',
    severity: keys.every((key) => keysOfSites.has(key)) ? 'warning' : 'error',
    message: `this reads like front matter and is none: ${wrong}`,
    span: span(toByteOffset(at), toByteOffset(at + width)),
    help: 'front matter stands between two lines `---`, the first of which is the first line of the page',
  };
}

function whatIsWrong(opening: string | undefined, closing: string, isBehind: boolean): string {
  if (opening === undefined) return 'it is never opened';
  if (opening !== '---') return `\`${opening}\` opens none`;
  if (isBehind) return 'something stands before it';
  return /^[ \t]*-/.test(closing) ? `\`${closing}\` does not close it` : 'it is never closed';
}
