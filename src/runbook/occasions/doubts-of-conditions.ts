// Owns the doubts of blocks whose own words say that they are an example, or are run only sometimes.
import type { Nodes } from 'mdast';
import { rangesAt } from '../../basics/ranges-at.ts';
import { span } from '../../text/span.ts';
import type { WrittenBlocks } from '../content/read-blocks.ts';
import type { Doubt } from '../doubts/doubt.ts';
import type { DoubtsAt } from '../doubts/doubts-at.ts';
import { makeDoubt } from '../doubts/make-doubt.ts';
import type { PlacedText } from '../doubts/placed-text.ts';
import type { HeadingRules } from '../headings/heading-rules.ts';
import type { Outline } from '../headings/outline.ts';
import { speaksOfCondition } from '../headings/speaks-of-condition.ts';
import { endOfLine, startOfLine } from '../markdown/end-of-line.ts';
import { findIndentedContainers } from '../markdown/find-indented-containers.ts';
import { isStruck } from '../markdown/is-struck.ts';
import { endOf, startOf } from '../markdown/parse-structure.ts';
import { wordsBefore } from '../prose/lead-in.ts';
import { leadsToAside } from '../prose/leads-to-aside.ts';
import { findBeside } from './beside/find-beside.ts';
import { conditionalHeadings } from './conditional-headings.ts';
import { findSkippable } from './find-skippable.ts';
import { heldBack } from './held-back.ts';
import { namesCase, saidOfCase } from './names-case.ts';

/** A sentence that leads to the block: it ends in a colon. */
const sentences: readonly RegExp[] = [
  /^(?:if|in case|in the event|unless|should (?:you|the|it)|only if|as an alternative)\b.*[:：]$/i,
  // A sentence that does not lead to the block speaks of what may come of it, or of who reads it.
  /^(?:if|in case|unless) you(?:r|['’]re)?\b.*\.$/i,
  /^(?:alternatively|or|also,? you)\b/i,
  /^(?:the )?(?:very )?first time\b.*[:：]$|^depending on\b.*[:：]$/i,
  /(?<![-\w])only (?:on|for|in|during|after|when|if|by|outside|the first)\b(?! (?:this|that|these|those|it)\s?[:：]).*[:：]$|(?<![-\w])only\s?[:：]$|\boutside\b.*\bhours\b.*[:：]$/i,
  /\b(?:use|choose|pick|run|try) (?:either|one|any) of (?:the following|these|them|the two|the commands)\b/i,
  /\binstead\b(?! of\b)[^.]*[:：]$|^(?:tip|hint|trick|fyi)\s?[:：!].*[:：]$|^to (?:debug|troubleshoot|(?:see|get|learn|list) (?:more|all|help))\b.*[:：]$/i,
  /\byou (?:may|might|could) (?:have|need|want|wish) to\b.*[:：]$|\bit (?:may|might) be (?:necessary|needed|required|helpful|useful)\b.*[:：]$/i,
  /^(?:in (?:rare|some|certain|most|many|a few|exceptional|such|other|an?) (?:cases?|situations?|emergency)|in the (?:worst|rare|unlikely) (?:case|event)|sometimes|occasionally|rarely|as a last resort|when all else fails)\b.*[:：]$/i,
  /^(?:for example|for instance|e\.g\.|as an example|an? example)\b.*[:：]$|^examples?[:：]?$/i,
  /^(?:optional(?:ly)?\b|\(optional\))/i,
  /\byou (?:can|may|could|might) (?:also|instead|alternatively|optionally)\b.*[:：]$|\bit(?: is|['’]s) (?:also |sometimes )?possible to\b.*[:：]$|\bfeel free to\b.*[:：]$/i,
  // What is allowed is not asked for; "You can now remove the node:" goes on.
  /\b(?:(?:you|we) (?:may(?: then| now| also)*|can (?:then|(?:now )?safely))|it(?: is|['’]s) (?:then |now )?safe to)(?: safely)? (?:delete|remove|drop|purge|destroy|discard|decommission|uninstall|clean up|dispose|get rid|wipe|shut down|terminate|retire)\b[^.]*[:：]$/i,
  /^(?:once|when|after|as soon as) (?:you|we|everyone|everybody|all|the (?:team|business|users))(?:['’]re| are| is| feel)? (?:satisfied|confident|sure|certain|happy|comfortable|convinced)\b.*[:：]$/i,
  /^(?:some|many|most|other|a few|certain) (?:teams?|people|users|operators|admins|administrators|folks|organi[sz]ations|sites|engineers|customers|companies)\b.*[:：]$/i,
  /^(?:an?|another|one|the) (?:\S+ ){0,3}?(?:alternative|equivalent)\b[^.]*[:：]$|^(?:another|one|the other|a second) (?:\S+ )?(?:option|way|possibility|approach|method)\b[^.]*[:：]$|^(?:in (?:the |a )?)?(?:worst|best)[- ]case\b.*[:：]$/i,
  /^(?:falls|wenn|sofern|sollte|bei bedarf|optional|alternativ|oder|zum beispiel|z\. ?b\.|si|en cas|sinon|au besoin|facultatif|facultativement|alternativement|par exemple|en caso|opcional|o bien|por ejemplo|em caso|caso|se necessário|se necessario|ou então|por exemplo|ad esempio|in caso|oppure|facoltativo|facoltativamente|indien|bijvoorbeeld|jeśli|na przykład|ewentualnie|если|в случае|при необходимости|например|либо|или)(?=[\s,:]).*[:：]$/i,
  /^(?:如果|若|假如|另外|或者|例如|比如|如有|如需|もし|または|例えば|たとえば|必要に応じて|必要な場合|만약|예를 들어).*[:：。]?$|^(?:可选|任意)|^(?:例|示例)\s?[:：]$|(?<!する)場合(?:は|には)?、.*[:：。]?$|する場合(?:は|には)?、.*[:：]$/,
  /\b(?:next|following|this) (?:step|command|block)s? (?:is|are) (?:entirely |purely )?optional\b|étape (?:suivante )?est (?:facultative|optionnelle)|\b(?:schritt|befehl) ist optional\b|\b(?:paso|comando) es opcional\b/i,
];
/** What is done now and then, on a page that is about something else. */
const nowAndThen =
  /^(?:then |also |please )*(?:run|do|repeat|execute|perform|use|check)\b.*\b(?:(?:once|twice) (?:per|an?|every|each) (?:hour|day|night|week|month|quarter|year)|every (?:few |other |second |\d+ )?(?:hour|day|night|week|month|quarter|year)s?|daily|nightly|weekly|monthly|quarterly|yearly|annually|periodically|regularly|from time to time|now and then|on a regular basis)\s?[:：]$/i;
const ofCadence =
  /\b(?:hourly|daily|nightly|weekly|monthly|quarterly|yearly|annual|periodic|regular|routine|recurring|scheduled|maintenance|every|on call)\b/;
/** What comes next after something has been looked at is no condition. */
const isWaiting =
  /^if (?:everything|all|it|that|this|the (?:upgrade|deployment|command|output|test)) (?:\w+ )?(?:(?:is|are|goes|looks?) (?:ok|okay|well|fine|good|correct|successful|as expected)|went|worked|succeed(?:s|ed)?|passes|passed)\b/i;
/** "If you don't want this, replace the flag with another": it is run in any case, if not as it stands. */
const isVariation =
  /^(?:if|in case|unless)\b.*,\s(?:then |please |just )*(?:replace|substitute|change|adjust|omit|remove|drop|leave out)\b.*(?:\bwith\b|\b(?:parameter|flag|option|argument|value|variable)s?\b|\s--\w).*\.$/i;

/** In UTF-16 code units; a longer one says more than when. */
const longestLead = 120;

/** How a text goes on with what it has said under a condition. */
const goOn =
  /^(?:then|after (?:that|this)|afterwards?|and(?: then)?|next|once (?:that|this|it|the)|you can|finally)\b|^(?:然后|接着|随后|之后|次に|その後|그런 다음|그리고)/i;

/** Why a block may be no part of the run: where that stands, and what is said of it. */
interface Reason {
  readonly start: number;
  readonly end: number;
  readonly text?: string;
  readonly ofHeading?: true;
}

/** The doubts of blocks, by where they begin; going back is always under a condition and is left out. */
export function doubtsOfConditions(
  written: WrittenBlocks,
  undoes: (offset: number) => boolean,
  outline: Outline,
  rules: HeadingRules,
  { text, toByteOffset }: PlacedText,
): DoubtsAt {
  const around = reasonsAround(text, written, outline, rules);
  const inItem = conditionalItems(text, outline, rules.subject.title);
  const found = new Map<number, readonly Doubt[]>();
  let last: { readonly end: number } | undefined;
  for (const [node, { attributes, isRunnableLabel, info }] of written.blocks) {
    const { run, when, check } = attributes;
    if (!isRunnableLabel || run !== undefined || when !== undefined || check !== undefined) continue;
    const at = startOf(node);
    const words = wordsBefore(text, startOfLine(text, at));
    const said = saidIn(words);
    const shows = showsOnly(words, said) ?? heldBack(text, node, info) ?? ofCase(said, rules.subject.title);
    const goesOn = last !== undefined && goOn.test(said[0] ?? '') && !/^#/m.test(text.slice(last.end, at));
    const isSometimes =
      !undoes(at) && (goesOn || shows !== undefined || isConditional(said, rules.subject.title));
    last = isSometimes ? { end: endOf(node) } : undefined;
    if (undoes(at)) continue;
    const own = { start: at, end: endOfLine(text, at), ...(shows !== undefined && { text: shows }) };
    const reason = around(at) ?? (isSometimes ? own : inItem(at));
    if (reason === undefined) continue;
    const { start, end, ...told } = reason;
    found.set(at, [makeDoubt('condition', span(toByteOffset(start), toByteOffset(end)), told)]);
  }
  return (at) => found.get(at) ?? [];
}

/** What stands around places, and says of all in it that it is for a certain case. */
function reasonsAround(
  text: string,
  written: WrittenBlocks,
  outline: Outline,
  rules: HeadingRules,
): (at: number) => Reason | undefined {
  const skippableAt = rangesAt(findSkippable(text, outline));
  const headingOf = conditionalHeadings(outline, rules);
  const notesAt = rangesAt(findIndentedContainers(text).filter(({ kind }) => kind === 'note'));
  const besideAt = rangesAt(
    findBeside(text, written).filter(({ summary }) => summary === undefined || isFoldedAway(summary, rules)),
  );
  const isBeside = 'it is in a note beside the text';
  return (at) => {
    const begins = ({ start }: { readonly start: number }) => start < at;
    const firstLine = (start: number, told: string): Reason => ({
      start,
      end: endOfLine(text, start),
      text: told,
    });
    const heading = headingOf(at);
    if (heading !== undefined) return { ...heading, ofHeading: true };
    const note = notesAt(at).findLast(begins);
    if (note !== undefined) return firstLine(note.start, isBeside);
    const part = besideAt(at).find(begins);
    if (part !== undefined)
      return firstLine(part.start, part.summary ? `it is folded away below \`${part.summary}\`` : isBeside);
    const passed = skippableAt(at).find(begins);
    return passed && firstLine(passed.start, 'the words above say that it may be left out');
  };
}

/** What stands in items of lists whose first words say of all in them that it is for a case: "On failure:". */
function conditionalItems(
  text: string,
  { document, headings }: Outline,
  subject: string,
): (at: number) => Reason | undefined {
  const found: { readonly start: number; readonly end: number; readonly saidBy: Nodes }[] = [];
  const visit = (nodes: readonly Nodes[]): void => {
    for (const node of nodes) {
      if (node.type !== 'list' && node.type !== 'listItem' && node.type !== 'blockquote') continue;
      const [first, ...others] = node.type === 'listItem' ? node.children : [];
      if (first?.type === 'paragraph' && others.length > 0) {
        const said = saidIn(text.slice(startOf(first), endOf(first)));
        if (ofCase(said, subject) !== undefined || isConditional(said, subject))
          found.push({ start: startOf(node), end: endOf(node), saidBy: first });
      }
      visit(node.children);
    }
  };
  for (const { content } of [document, ...headings]) visit(content);
  const itemsAt = rangesAt(found);
  return (at) => {
    const item = itemsAt(at).findLast(({ start }) => start < at);
    return item && { start: item.start, end: endOf(item.saidBy), text: isInItem };
  };
}

const isInItem = 'the item of the list that it stands in says for which case it is';

/** What the words before a block say where they show it, and do not tell to run it. */
function showsOnly(words: string, [all, last]: readonly [all: string, last: string]): string | undefined {
  if (isStruck(words.replace(/^\s*(?:[-*+>]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/, '')))
    return 'the words before it are struck out';
  const says = leadsToAside(last) ?? (all === last ? undefined : leadsToAside(all));
  return says && `the words before it say ${says}`;
}

/** What is seldom meant by who follows the page: "Troubleshooting", "If it fails", "Rollback", "Alternative". */
function isFoldedAway(summary: string, { subject }: HeadingRules): boolean {
  return (
    /^(?:troubleshoot|debug|roll ?back|undo|revert|clean(?:ing)?[- ]?up|uninstall|example|alternativ|advanced|optional|legacy|old|deprecated|manual(?:ly)?\b|faq|more\b|background|why\b|how (?:it|this) works|explanation|reference|tips?\b|notes?\b|other\b|可选|回滚|示例|故障|参考|任意|例)/i.test(
      summary,
    ) ||
    speaksOfCondition(summary, subject.title) ||
    sentences.some((one) => one.test(`${summary}:`))
  );
}

/** All that is said before a block, and the last sentence of it; a heading is read by itself. */
function saidIn(words: string): readonly [all: string, last: string] {
  if (/^#/.test(words)) return ['', ''];
  const flat = words
    .replace(/<[^>]*>/g, ' ')
    .replace(/^\s*(?:[-*+>]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/, '')
    .replace(/[*_`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const last = flat.split(/(?<=[.!?])\s+|(?<=[。！？])\s*/).findLast((one) => one !== '') ?? '';
  return [flat, last];
}

function ofCase([, last]: readonly [all: string, last: string], subject: string): string | undefined {
  return !/[.!?。！？]$/.test(last) && namesCase(last, subject) ? saidOfCase : undefined;
}

function isConditional(said: readonly [all: string, last: string], subject: string): boolean {
  const [, last] = said;
  return (
    said.some(
      (words) =>
        sentences.some((one) => one.test(words)) && !isWaiting.test(words) && !isVariation.test(words),
    ) ||
    (nowAndThen.test(last) && !ofCadence.test(subject)) ||
    // What leads to the block like a heading is read like one.
    (!/[.!?。！？]$/.test(last) && last.length < longestLead && speaksOfCondition(last, subject))
  );
}
