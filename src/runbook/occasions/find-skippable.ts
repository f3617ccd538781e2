// Owns the places of a document that its prose lets a reader pass over.
import type { Outline } from '../headings/outline.ts';
import { endOfLine, startOfLine } from '../markdown/end-of-line.ts';

/** What may be passed over, from the note that says so to its end; UTF-16 offsets. */
export interface Skippable {
  readonly start: number;
  readonly end: number;
}

const skips =
  /\b(?:skip|ignore|omit|bypass) (?:(?:over|to) )?(?:this|these|the rest of this) (?:steps?|sections?|parts?|procedures?|tasks?|stages?|phases?)\b|\b(?:this|these) (?:steps?|sections?|parts?) (?:is|are|can be|may be) (?:skipped|omitted|ignored|optional|only (?:needed|required|necessary|relevant|for|if))\b|(?:可以?|请)?(?:跳过|忽略|略过)(?:本|此|该|这个?|这一)?(?:步骤?|节|部分|章节)|このステップ(?:は|を)(?:スキップ|省略)|이 단계(?:를|는) (?:건너|생략)/gi;

/** What every such note holds; the whole pattern takes longer to be made ready than a page takes to be searched. */
const mayHoldSkips =
  /(?:skip|ignore|omit|bypass) (?:over |to |th)|(?:this|these) (?:step|section|part)|跳过|忽略|略过|スキップ|省略|이 단계/i;

/** The places below headings and in list items whose own words say that they are not always done. */
export function findSkippable(text: string, { headings }: Outline): readonly Skippable[] {
  const found: Skippable[] = [];
  if (!mayHoldSkips.test(text)) return found;
  let at = 0;
  for (const { index } of text.matchAll(skips)) {
    while ((headings[at + 1]?.start ?? Number.POSITIVE_INFINITY) <= index) at += 1;
    const heading = headings[at];
    const isBelow = heading !== undefined && heading.start <= index && heading.depth > 1;
    found.push({ start: index, end: endOfItem(text, index) ?? (isBelow ? heading.end : index) });
  }
  return found.filter(({ start, end }) => end > start);
}

const marker = /^([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]/;

/** Where the list item that an offset stands in ends; `undefined` where it stands in none. */
function endOfItem(text: string, offset: number): number | undefined {
  let start = startOfLine(text, offset);
  let indent: number | undefined;
  // Its first line may stand above, and so may that of the item around it.
  for (let lines = 0; lines < 40; lines += 1) {
    const line = text.slice(start, endOfLine(text, start));
    indent = marker.exec(line)?.[1]?.length;
    if (indent !== undefined || start === 0 || /^(?:#|\S)/.test(line)) break;
    start = startOfLine(text, start - 1);
  }
  if (indent === undefined) return undefined;
  for (let end = endOfLine(text, offset); end < text.length; end = endOfLine(text, end + 1)) {
    const line = text.slice(end + 1, endOfLine(text, end + 1));
    const depth = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    if (line.trim() !== '' && depth <= indent) return end;
  }
  return text.length;
}
