// Owns the doubts of blocks whose own words say that they are an example, or are run only sometimes.
import { span } from '../../text/span.ts';
import { wordsBefore } from '../content/lead-in.ts';
import type { WrittenBlocks } from '../content/read-blocks.ts';
import type { DoubtsAt } from '../doubts/doubts-at.ts';
import { makeDoubt } from '../doubts/make-doubt.ts';
import { endOfLine, startOfLine } from '../markdown/end-of-line.ts';
import { startOf } from '../markdown/parse-structure.ts';
import type { Doubt } from '../runbook.ts';

/** A text, and the way from places in it to the bytes of its file. */
interface PlacedText {
  readonly text: string;
  readonly toByteOffset: (offset: number) => number;
}

/** A sentence that leads to the block: it ends in a colon. */
const sentences: readonly RegExp[] = [
  /^(?:if|in case|in the event|unless|should (?:you|the|it)|only if|as an alternative)\b.*[:：]$/i,
  /^(?:alternatively|or|also,? you)\b/i,
  /^(?:for example|for instance|e\.g\.|as an example|an? example)\b.*[:：]$|^examples?[:：]?$/i,
  /^(?:optional(?:ly)?\b|\(optional\))/i,
  /\byou (?:can|may|could|might) (?:also|instead|alternatively|optionally)\b.*[:：]$/i,
  /^(?:如果|若|假如|另外|或者|例如|比如|もし|または|例えば|たとえば|만약|예를 들어).*[:：。]?$|^(?:可选|任意)/,
];
/** What comes next after something has been looked at is no condition. */
const isWaiting =
  /^if (?:everything|all|it|that|this|the (?:upgrade|deployment|command|output|test)) (?:\w+ )?(?:is|are|goes|went|looks?|worked|succeed(?:s|ed)?|passes|passed) (?:ok|okay|well|fine|good|correct|successful|as expected)?/i;

/** The doubts of blocks, by where they begin; going back is always under a condition and is left out. */
export function doubtsOfConditions(
  { blocks }: WrittenBlocks,
  undoes: (offset: number) => boolean,
  { text, toByteOffset }: PlacedText,
): DoubtsAt {
  const found = new Map<number, readonly Doubt[]>();
  for (const [node, { attributes, isRunnableLabel }] of blocks) {
    const { run, when, check } = attributes;
    if (!isRunnableLabel || run !== undefined || when !== undefined || check !== undefined) continue;
    const at = startOf(node);
    if (undoes(at) || !isConditional(wordsBefore(text, startOfLine(text, at)))) continue;
    found.set(at, [makeDoubt('condition', span(toByteOffset(at), toByteOffset(endOfLine(text, at))))]);
  }
  return (at) => found.get(at) ?? [];
}

function isConditional(words: string): boolean {
  const flat = words
    .replace(/^(?:[-*+>]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/, '')
    .replace(/[*_`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const last = flat.split(/(?<=[.!?。！？])\s*/).findLast((one) => one !== '') ?? '';
  return [flat, last].some((said) => sentences.some((one) => one.test(said)) && !isWaiting.test(said));
}
