// Owns the parts of a document that its form sets beside the text: what is folded away, and notes.
import type { WrittenBlocks } from '../../content/read-blocks.ts';
import { endOfFrontMatter } from '../../markdown/next-boundary.ts';
import type { Beside } from './beside.ts';
import { findContainers } from './find-containers.ts';
import { classesSayNote } from './fold-or-note.ts';
import { proseLines } from './prose-lines.ts';

const mayHold = /<details\b|^[ \t]*>/im;
const fence = /^[ \t>]*(`{3,}|~{3,})/;
/** `> [!NOTE]`, `> **Warning:** …`, `> Note: …`, `> 💡 …`. */
const note =
  /^[ \t]*>[ \t]*(?:\[!\w+\]|[*_]{0,3}(?:note|tip|hint|warning|caution|important|info|danger|attention|fyi|nb|remark|注意|注|提示|警告|重要|参考|ヒント|注記|참고|주의|경고)(?:[*_]{1,3})?[ \t]*(?:[:：*_!]|$)|ℹ|⚠|💡|📝|❗|🚨|⛔)/i;

/** The parts of the document, in order of their ends. */
export function findBeside(text: string, written: WrittenBlocks): readonly Beside[] {
  const containers = findContainers(text, () => proseLines(text, written));
  const found = foldsAndQuotes(text);
  return containers.length === 0
    ? found
    : [...found, ...containers].sort((one, other) => one.end - other.end);
}

function foldsAndQuotes(text: string): readonly Beside[] {
  if (!mayHold.test(text)) return [];
  const found: Beside[] = [];
  const open: number[] = [];
  let quote: { readonly start: number; readonly isNote: boolean; readonly summary?: string } | undefined;
  let closing: RegExp | undefined;
  let before = '';
  for (let start = endOfFrontMatter(text); start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end);
    const isQuote = /^[ \t]*>/.test(line);
    if (quote !== undefined && !isQuote) {
      if (quote.isNote || classesSayNote(line)) found.push({ ...ofQuote(quote), end: start });
      quote = undefined;
      closing = undefined;
    }
    if (isQuote && quote === undefined) {
      const [, summary] = /^[ \t]*>[ \t]*#{1,6}[ \t]+(.*?)[ \t#]*\r?$/.exec(line) ?? [];
      quote = {
        start,
        isNote: summary !== undefined || note.test(line) || classesSayNote(before),
        ...(summary !== undefined && { summary }),
      };
    }
    const run = fence.exec(line)?.[1];
    if (closing !== undefined) {
      if (closing.test(line)) closing = undefined;
    } else if (run !== undefined)
      closing = new RegExp(`^[ \\t>]*${run[0] === '~' ? '~' : '`'}{${run.length},}[ \\t]*\\r?$`);
    else
      for (const { 0: tag, index } of line.matchAll(/<\/?details\b/gi)) {
        if (tag[1] !== '/') open.push(start + index);
        else {
          const from = open.pop();
          if (from !== undefined)
            found.push({
              start: from,
              end: start + index,
              summary: summaryOf(text.slice(from, start + index)),
            });
        }
      }
    before = line;
    start = end + 1;
  }
  if (quote?.isNote) found.push({ ...ofQuote(quote), end: text.length });
  return found;
}

function ofQuote({ start, summary }: { readonly start: number; readonly summary?: string }) {
  return { start, ...(summary !== undefined && { summary }) };
}

function summaryOf(part: string): string {
  const written = /<summary\b[^>]*>([\s\S]*?)<\/summary>/i.exec(part)?.[1] ?? '';
  return written
    .replace(/<[^>]*>/g, ' ')
    .replace(/[*_`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
