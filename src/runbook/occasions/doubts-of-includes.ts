// Owns the doubts of what stands beside a place where a site puts another file into the page: a run would leave that out.
import type { Code } from 'mdast';
import { shorten } from '../../text/shorten.ts';
import { span } from '../../text/span.ts';
import type { WrittenBlocks } from '../content/read-blocks.ts';
import type { Doubt } from '../doubts/doubt.ts';
import { type DoubtsAt, doubtsAt } from '../doubts/doubts-at.ts';
import { makeDoubt } from '../doubts/make-doubt.ts';
import type { PlacedText } from '../doubts/placed-text.ts';
import type { HeadingRules } from '../headings/heading-rules.ts';
import type { Outline } from '../headings/outline.ts';
import { endOfFrontMatter } from '../markdown/next-boundary.ts';
import { startOf } from '../markdown/parse-structure.ts';

/** A line that stands for another file; UTF-16 offsets. */
interface Include {
  readonly start: number;
  readonly end: number;
  /** As the line names it. */
  readonly file: string;
  /** In the form of a site that includes its remarks. */
  readonly isRemark: boolean;
}

const mayInclude = /8<|\binclude|\bimport\b|!\[\[|\{!|\breadfile\b|\bsnippet\b/i;

const path = String.raw`["']?([^\s"'{}<>]+\.(?:md|markdown|mdx|mdown|rmd|qmd))["']?`;

/** Each on a line of its own, with the file in a group; of Pages, Hugo and MDX only what is Markdown again. */
const forms: readonly RegExp[] = [
  // PyMdown's snippets, and markdown-include.
  /^-{1,}8<-{1,}\s+["']([^"']+)["']$/,
  /^\{!\s*([^!]+?)\s*!\}$/,
  // Jekyll, Hugo, GitLab, VitePress and Markdown Preview Enhanced.
  /^\{%-?\s*include(?:_\w+)?\s+(?:file=)?["']?([^"'%]+?\.(?:md|markdown))["']?(?:\s[^%]*)?-?%\}$/i,
  new RegExp(
    String.raw`^\{\{[<%]\s*(?:include|readfile|snippet|import)\w*\s+(?:file=)?${path}[^>%]*[>%]\}\}$`,
    'i',
  ),
  /^::include\{\s*file=["']?([^"'}\s]+)["']?[^}]*\}$/i,
  new RegExp(String.raw`^<!--\s*@?#?include:?\s*(?:file=|virtual=)?${path}\s*-->$`, 'i'),
  new RegExp(String.raw`^@import\s+${path}$`, 'i'),
  // MyST, and the like in colons.
  /^(?:`{3,}|:{3,})\{include\}\s+(\S+)/i,
  /^!include\s*\(([^)]+)\)$/i,
  // Obsidian; pictures are embedded in the same way.
  /^!\[\[([^\]|#]+?(?:#[^\]|]*)?)(?:\|[^\]]*)?\]\]$/,
];

/** DocFX and Microsoft's documentation; before the work begins it is remarks on accounts and prices. */
const ofDocFx = /^\[!include\s*\[[^\]]*\]\s*\(([^)\s]+)[^)]*\)\s*\]$/i;

const picture = /\.(?:png|jpe?g|gif|svg|webp|pdf|mp4|avif|bmp|excalidraw)$/i;

/**
 * The doubts of the blocks that come next behind an include, or come last before it where none follows, by where the
 * blocks begin.
 */
export function doubtsOfIncludes(
  { blocks }: WrittenBlocks,
  { headings }: Outline,
  rules: HeadingRules,
  { text, toByteOffset }: PlacedText,
): DoubtsAt {
  if (!mayInclude.test(text)) return () => [];
  const runnable = [...blocks].flatMap(([node, { isRunnableLabel, attributes }]) =>
    isRunnableLabel ? [{ start: startOf(node), isSettled: attributes.run !== undefined }] : [],
  );
  const found = new Map<number, Doubt>();
  for (const { start, end, file, isRemark } of findIncludes(text, codeOf(blocks))) {
    if (isBeforeWork(start, isRemark)) continue;
    const beside = runnable.find((one) => one.start > start) ?? runnable.at(-1);
    if (beside === undefined || beside.isSettled || found.has(beside.start)) continue;
    const at = beside.start;
    const said = `what \`${shorten(file)}\` holds stands ${at > start ? 'before' : 'behind'} it on the site, and is not read here`;
    found.set(at, makeDoubt('not-included', span(toByteOffset(start), toByteOffset(end)), { text: said }));
  }
  return doubtsAt(found);

  /** Above all headings but the title nothing is done yet. */
  function isBeforeWork(start: number, isRemark: boolean): boolean {
    if ((runnable[0]?.start ?? start) < start) return false;
    const heading = headings.findLast((one) => one.start < start);
    if (heading === undefined || heading === rules.titleHeading) return true;
    return isRemark && rules.matchOf(heading)?.kind === 'preconditions';
  }
}

/** Code that is no include itself. */
function codeOf(blocks: WrittenBlocks['blocks']): readonly Code[] {
  return [...blocks.keys()].filter(({ lang }) => !/^\{include\}/i.test(lang ?? ''));
}

function findIncludes(text: string, code: readonly Code[]): readonly Include[] {
  const components = importedPages(text);
  const found: Include[] = [];
  let passed = 0;
  let isList = false;
  let isComment = false;
  for (let start = endOfFrontMatter(text); start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    for (let one = code[passed]; one !== undefined && endOfCode(one) < start; one = code[passed]) passed += 1;
    const inside = code[passed];
    const isCode = inside !== undefined && startOf(inside) < start && start <= endOfCode(inside);
    const line = text.slice(start, end).trim();
    if (!isCode && (isComment ? line.includes('-->') : /<!--(?!.*-->)/.test(line))) isComment = !isComment;
    else if (!isCode && !isComment && line !== '') {
      const isMark = /^-{1,}8<-{1,}$/.test(line);
      if (isMark) isList = !isList;
      const remark = ofDocFx.exec(line.replace(/^[-*+]\s+/, ''))?.[1];
      const file = isMark ? undefined : isList ? line : (remark ?? fileOf(line, components));
      if (file !== undefined && !picture.test(file))
        found.push({
          start,
          end: start + text.slice(start, end).trimEnd().length,
          file,
          isRemark: remark !== undefined,
        });
    }
    start = end + 1;
  }
  return found;
}

function endOfCode({ position }: Code): number {
  return position?.end.offset ?? 0;
}

function fileOf(line: string, components: ReadonlyMap<string, string>): string | undefined {
  for (const form of forms) {
    const [, file] = form.exec(line) ?? [];
    if (file !== undefined) return file;
  }
  const [, component = ''] = components.size === 0 ? [] : (/^<([A-Z]\w*)\b[^>]*\/?>/.exec(line) ?? []);
  return components.get(component);
}

/** What MDX imports of other pages, by the name that stands for it. */
function importedPages(text: string): ReadonlyMap<string, string> {
  const imports = text.matchAll(/^import\s+([A-Z]\w*)\s+from\s+["']([^"']+\.mdx?)["'];?[ \t]*\r?$/gm);
  return new Map([...imports].map(([, name = '', file = '']) => [name, file]));
}
