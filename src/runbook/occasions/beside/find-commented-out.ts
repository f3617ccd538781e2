// Owns the parts of a page that the generator of its site leaves out, or that are struck out as a whole.
import type { ProseLine } from './prose-lines.ts';

/** Such a part, from what opens it to what closes it; UTF-16 offsets. */
export interface CommentedOut {
  readonly start: number;
  readonly end: number;
  /** What is said of all in it, a sentence without its stop. */
  readonly says: string;
}

interface Form {
  readonly says: string;
  /** What opens and closes it; where others stand within it, what opens those and what divides it. */
  readonly token: RegExp;
  readonly nests?: true;
}

const inComment = 'it stands in a comment, which the site of the page leaves out';

const forms: readonly Form[] = [
  // MDX, Hugo and the templates of Go.
  { says: inComment, token: /(?<opens>\{\{?-?\s*\/\*)|(?<closes>\*\/\s*-?\})/g },
  // Liquid, Django and Twig.
  {
    says: inComment,
    token: /(?<opens>\{%-?\s*comment\b[^%\n]*%\})|(?<closes>\{%-?\s*endcomment\s*-?%\})/g,
  },
  // Jinja and Twig; `{#usage}` is an anchor.
  { says: inComment, token: /(?<opens>\{#-?(?=\s|$))|(?<closes>(?<!\S)-?#\})/g },
  // Handlebars.
  { says: inComment, token: /(?<opens>\{\{~?!--)|(?<closes>--~?\}\})/g },
  {
    says: inComment,
    token: /(?<opens>\{\{[<%]\s*comment\b[^<>%\n]*[>%]\}\})|(?<closes>\{\{[<%]\s*\/\s*comment\s*[>%]\}\})/g,
  },
  // Obsidian, on lines of their own.
  {
    says: inComment,
    token: /(?<either>^[ \t>]*%%[ \t]*$)|(?<opens>^[ \t>]*%%(?!.*%%))|(?<closes>%%[ \t]*$)/g,
  },
  {
    nests: true,
    says: 'it stands under a condition that never holds, and the site of the page leaves it out',
    token:
      /(?<opens>\{%-?\s*(?:if\s+(?:false|0|nil|none|null)|unless\s+true)\s*-?%\})|(?<closes>\{%-?\s*(?:endif|endunless)\s*-?%\})|(?<within>\{%-?\s*(?:if|unless)\b)|(?<turns>\{%-?\s*(?:else|elsif|elif)\b)/gi,
  },
  {
    says: 'it is struck out',
    token: /(?<opens><(?:del|s|strike)(?:\s[^>\n]*)?>)|(?<closes><\/(?:del|s|strike)\s*>)/gi,
  },
  {
    says: 'it stands in `<template>`, which a page does not show',
    token: /(?<opens><template>)|(?<closes><\/template\s*>)/gi,
  },
];

/** Without any of these there is none; nearly no page has one. */
const mayHold = /\/\*|\{#|\{%|\{\{[<%~!]|^[ \t>]*%%|<(?:del|s|strike|template)\b/im;

/** The parts, those of one form after those of another; what is never closed leaves nothing out. */
export function findCommentedOut(text: string, lines: () => readonly ProseLine[]): readonly CommentedOut[] {
  if (!mayHold.test(text)) return [];
  const read = lines();
  return forms.flatMap((form) => ofForm(form, read));
}

function ofForm({ says, token, nests }: Form, lines: readonly ProseLine[]): readonly CommentedOut[] {
  const found: CommentedOut[] = [];
  let open: { readonly start: number; readonly depth: number } | undefined;
  for (const { start, text } of lines) {
    for (const { index, groups = {} } of text.matchAll(token)) {
      const { opens, closes, either, within, turns } = groups;
      if (open === undefined) {
        if ((opens ?? either) !== undefined) open = { start: start + index, depth: 1 };
      } else if (within !== undefined || (nests && opens !== undefined))
        open = { ...open, depth: open.depth + 1 };
      else if (closes !== undefined && open.depth > 1) open = { ...open, depth: open.depth - 1 };
      else if ((closes ?? either) !== undefined || (turns !== undefined && open.depth === 1)) {
        found.push({ start: open.start, end: start + index, says });
        open = undefined;
      }
    }
  }
  return found;
}
