// Owns what a heading says without its numbers, labels, emoji and punctuation, and how it counts its step.
import { isPrintableAscii } from '../../text/is-printable-ascii.ts';

const longestWords = 200;

/**
 * A heading without what does not tell it from others: letter case, numbering, "Step N:", emoji, punctuation
 * at its ends, a trailing "(optional)", an anchor in braces, hyphens.
 */
export function normaliseHeading(title: string): string {
  // No word of the table is nearly as long, and some of these patterns are slow on what is.
  if (title.length > longestWords) return '';
  const words = withoutNumbering(withoutDecoration(title))
    .replace(/\s*[(（](?:optional|required|recommended|if needed|as needed|可选|任意|必須)[)）]\s*$/, '')
    .replace(/['’‘]/g, '')
    .replace(/&/g, ' and ')
    .replace(/(?<=\S)[-‐‑–—](?=\S)/g, ' ');
  return trimToWords(words).replace(/\s+/g, ' ');
}

/**
 * What a heading may mean by itself: the whole of it, and each part of one that is divided by a colon or a dash, as
 * "Rollback Plan: Blue/Green" and "Deployment — Verify" are. All are normalised; the whole comes first.
 */
export function segmentsOf(title: string): readonly string[] {
  const whole = normaliseHeading(title);
  if (whole === '' || !/[:：|]|\s[-–—]+\s/.test(title)) return whole === '' ? [] : [whole];
  const parts = title.split(/[:：|]|\s[-–—]+\s/).map(normaliseHeading);
  return [...new Set([whole, ...parts])].filter((part) => part !== '');
}

function trimToWords(text: string): string {
  if (isPrintableAscii(text)) return text.replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

/** The shapes of counted headings in lower case, for ASCII and for all writing; see `stepLabel`. */
const asciiLabels = {
  step: /^(?:step|schritt|paso|passo|stap|krok)\s*#?\d+(?:[.-]\d+)*[a-z]?(?![a-z0-9])/,
  number: /^(?:\d+(?:\.\d+)+[.):]?(?=\s)|\(?\d+[.):](?=\s|[a-z]|$))\s*/,
  lead: /^[^a-z0-9(]+/,
};

const labels = {
  step: /^(?:(?:step|schritt|paso|passo|stap|krok|étape|шаг)\s*#?\d+(?:[.-]\d+)*[a-z]?|第\s*[\d０-９一二三四五六七八九十]+\s*步|步骤\s*[\d一二三四五六七八九十]+|(?:手順|ステップ)\s*[\d０-９]+)(?![\p{L}\p{N}])/u,
  number:
    /^(?:\d+(?:\.\d+)+[.):、]?(?=\s)|[(（]?\d+[.)）:、．](?=\s|\p{L}|$)|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）])\s*/u,
  lead: /^[^\p{L}\p{N}(（]+/u,
};

function labelsFor(text: string): typeof labels {
  return isPrintableAscii(text) ? asciiLabels : labels;
}

function withoutNumbering(text: string): string {
  const { step, number } = labelsFor(text);
  return text
    .replace(step, '')
    .replace(/^[\s.:)、：\-–—|]+/, '')
    .replace(number, '')
    .replace(/^(?:phase|part|stage|section|chapter|task|day)\s*\d+(?:\.\d+)*\s*[.:\-–—]\s*/, '')
    .replace(
      /^(?:appendix|annex|anhang|annexe|anexo|allegato|bijlage|приложение|附录|付録|부록)\s*(?:\d+|[a-z]|[一二三四五六七八九十]+)?\s*(?:[.:：、\-–—]\s*|\s(?=\S))/,
      '',
    )
    .replace(/^(?:[a-z]|[ivx]{1,4})[.)]\s+/, '');
}

/** Lower case, one kind of space, no emoji, no anchor. */
function withoutDecoration(title: string): string {
  return (isPrintableAscii(title) ? title : withoutSymbols(title))
    .toLowerCase()
    .replace(/\{[^{}]*\}\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function withoutSymbols(title: string): string {
  return title
    .normalize('NFKC')
    .replace(/(\d)\ufe0f?\u20e3/g, '$1. ')
    .replace(/\p{Extended_Pictographic}|[\u{1f1e6}-\u{1f1ff}]|[\u{1f3fb}-\u{1f3ff}]/gu, ' ')
    .replace(/\u200d|[\ufe0e\ufe0f\u200b\ufeff]/g, '');
}

/** Whether a heading counts its step: "Step 3: …" or "3. …"; `undefined` for headings that do not count. */
export function stepLabel(title: string): 'step-heading' | 'numbered-heading' | undefined {
  const plain = withoutDecoration(title.slice(0, longestWords));
  const { step, number, lead } = labelsFor(plain);
  const text = plain.replace(lead, '');
  if (step.test(text)) return 'step-heading';
  return number.test(text) ? 'numbered-heading' : undefined;
}

/** How much of a title is its count, as "Step 2: " and "2. " are; 0 where it has none. */
export function behindLabel(written: string): number {
  const text = written.toLowerCase();
  if (text.length !== written.length) return 0;
  const { step, number } = labelsFor(text);
  const label = (step.exec(text) ?? number.exec(text))?.[0];
  if (label === undefined) return 0;
  return label.length + (/^[\s.:)、：\-–—|]+/.exec(text.slice(label.length))?.[0].length ?? 0);
}
