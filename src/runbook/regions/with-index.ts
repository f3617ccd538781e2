// Owns the table of runbooks in a page that leads to them: its lines, its markers, and where it goes.
import type { SourceFile } from '../../text/source-file.ts';
import { span } from '../../text/span.ts';
import { applySplices } from '../../text/splice.ts';
import { startOfLine } from '../markdown/end-of-line.ts';
import { endOf, parseStructure, startOf } from '../markdown/parse-structure.ts';
import { inlineText } from './inline-text.ts';

const opening = '<!-- runsheet:index -->';
const closing = '<!-- /runsheet:index -->';

/** One page of the table. */
export interface IndexedPage {
  /** The path from the folder of the index, with `/`. */
  readonly path: string;
  readonly title: string;
  readonly owner?: string;
  readonly services?: readonly string[];
  readonly severity?: string;
  readonly tags?: readonly string[];
}

/** The lines of the region, markers included: the same pages give the same bytes. */
function renderIndex(pages: readonly IndexedPage[]): readonly string[] {
  const rows = pages.map(({ path, title, owner = '', services = [], severity = '', tags = [] }) => {
    const link = `[${inlineText(title)}](${addressOf(path)})`;
    const facts = [owner, services.join(', '), severity, tags.join(', ')];
    return `| ${[link, ...facts.map(inlineText)].join(' | ')} |`;
  });
  const head = ['| Runbook | Owner | Service | Severity | Tags |', '| --- | --- | --- | --- | --- |'];
  return [opening, '', ...head, ...rows, '', closing];
}

/** A path as an address; what would end a link or a cell is escaped. */
function addressOf(path: string): string {
  return encodeURI(path).replace(
    /[()#?|]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * The page with its table renewed, and behind everything else where it has none; all other bytes stay. Fails in words
 * where it cannot be known what is the table.
 */
export function withIndex(
  source: SourceFile,
  pages: readonly IndexedPage[],
): { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly why: string } {
  const { text, newline, bytes, toByteOffset } = source;
  const found = findIndex(text);
  if (found === 'torn')
    return {
      ok: false,
      why: `\`${opening}\` and \`${closing}\` must be there once each, in this order, alone on their lines`,
    };
  const lines = renderIndex(pages).join(newline);
  const written = found ?? { start: text.length, end: text.length };
  const before = found
    ? ''
    : text.trim() === ''
      ? `# Runbooks${newline}${newline}`
      : gapBefore(text, newline);
  const after = found ? '' : newline;
  const splice = {
    span: span(toByteOffset(written.start), toByteOffset(written.end)),
    bytes: new TextEncoder().encode(`${before}${lines}${after}`),
  };
  return { ok: true, bytes: applySplices(bytes, [splice]) };
}

function gapBefore(text: string, newline: string): string {
  const ends = /(?:\r\n|\n|\r)$/.test(text);
  return ends ? (/(\r\n|\n|\r)\1$/.test(text) ? '' : newline) : `${newline}${newline}`;
}

/** From the opening comment to the end of the closing one, where Markdown sees them; in code they are text. */
function findIndex(text: string): { readonly start: number; readonly end: number } | 'torn' | undefined {
  if (!text.includes(opening) && !text.includes(closing)) return undefined;
  const markers = parseStructure(text).children.flatMap((node) => {
    const comment = node.type === 'html' ? node.value.trim() : '';
    if (comment !== opening && comment !== closing) return [];
    const isAlone = text.slice(startOfLine(text, startOf(node)), startOf(node)).trim() === '';
    return isAlone ? [{ comment, node }] : [];
  });
  if (markers.length === 0) return undefined;
  const [first, last] = markers;
  if (markers.length !== 2 || first?.comment !== opening || last?.comment !== closing) return 'torn';
  const start = text.indexOf(opening, startOf(first.node));
  return { start, end: text.lastIndexOf(closing, endOf(last.node)) + closing.length };
}
