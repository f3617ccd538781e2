// Owns which sentences between the blocks of a step ask a person to do something that no block does.
import { onlyLooks } from '../../languages/commands/judging/only-looks.ts';
import { asksForWork, speaksOf } from './asks-for-work.ts';
import { byHandForms, type Rule, toolForHands } from './by-hand-forms.ts';
import { isAside, orderOf, verbOf } from './order-of.ts';
import { codeMark, type Sentence, sentencesOf } from './sentences-of.ts';

/**
 * What is asked: to tell people, to act, to wait for some minutes, to do something again elsewhere, or to say whether to
 * go on. `works` may as well be what a block does. `apart` is asked only where no block follows at once, which a
 * sentence of its form most often describes. `item` is one of a list of work, whatever its words;
 * `holds` is for a person to say.
 */
export type AsksByHand =
  | 'tells'
  | 'acts'
  | 'waits'
  | 'repeats'
  | 'works'
  | 'apart'
  | 'stops'
  | 'item'
  | 'holds';

export interface ByHand {
  readonly asks: AsksByHand;
  /** The verb of `works`. */
  readonly verb?: string;
}

const { tells, acts, waits, apart, repeats, gate } = byHandForms;

/** No paragraph that asks somebody for something is longer, in UTF-16 units. */
const longest = 4_000;

/**
 * What the sentences of a paragraph, as it is written, ask a person to do; nothing of those that explain, lead to what
 * follows them, or leave it to a condition.
 */
export function asksByHand(written: string): readonly ByHand[] {
  if (written.length > longest || isAside.test(written)) return [];
  let isLeftOpen = false;
  return sentencesOf(written).flatMap((sentence) => {
    const asked = askOf(sentence);
    // What goes on from words that leave it open is left open as well.
    const isAsked = asked !== undefined && !(isLeftOpen && asked.asks === 'works');
    isLeftOpen ||= leavesOpen.test(sentence.text);
    return isAsked ? [asked] : [];
  });
}

/** Whether a sentence is one of several ways, or of a case. */
const leavesOpen =
  /^(?:if|when(?:ever)?|alternatively|optionally|for example|should|in case)\b|\b(?:you|one) (?:can|could|may|might)\b|\boptional\b/;

function askOf(sentence: Sentence): ByHand | undefined {
  if (/[:：]$/.test(sentence.text)) return undefined;
  const text = withCodes(sentence);
  const order = orderOf(text);
  const first = verbOf(order);
  const fits = (rule: Rule) => rule.verbs.has(first) && rule.pattern.test(order);
  if (tells.some(fits)) return { asks: 'tells' };
  if (acts.some(fits) || gate.test(text)) return { asks: 'acts' };
  if (fits(waits)) return { asks: 'waits' };
  if (fits(repeats)) return { asks: 'repeats' };
  const verb = asksForWork(sentence);
  if (actsInTool(text, order, verb)) return { asks: 'acts' };
  if (apart.some(fits)) return { asks: 'apart' };
  return verb === undefined ? undefined : { asks: 'works', verb };
}

/** Work, or a choice, in something that only people have their hands on: `… in the console`, `…, then press **OK**`. */
function actsInTool(text: string, order: string, verb: string | undefined): boolean {
  if (verb !== undefined && toolForHands.test(text)) return true;
  if (usesTool.test(order) && toolForHands.test(`in ${order.slice(4)}`)) return true;
  const [, ...later] = order.split(/,? (?:and then|and|then) |, /);
  const isOrder = verb !== undefined || verbsOfPages.test(order);
  return isOrder && (later.some((clause) => hands.test(clause)) || toolForHands.test(text));
}

const verbsOfPages =
  /^(?:select|choose|pick|go|navigate|head|browse|open|log|sign|press|tick|check the box|scroll|find|visit|(?:currently )?(?:do|perform|make) (?:it|this|that|these|them))\b/;
const usesTool = /^use\s+(?:the|your|our)\s[^.;:]*\sto\s/;
const hands = /^(?:click|press|tap|double-?click|hit) (?!ctrl|control|enter|return|any key|[a-z]\b|\^)/;

/** The sentence as it reads. */
function withCodes({ text, codes }: Sentence): string {
  let next = 0;
  return text.replaceAll(codeMark, () => codes[next++]?.toLowerCase() ?? '');
}

const work =
  '(?:procedure|runbook|playbook|upgrade|update|migration|maintenance|change|rollout|release|deploy(?:ment)?|fail-?over|restore|process|work|here)';

/** To stop the procedure; what stops a service or a job is a step. */
const stop = `(?:(?:stop|abort|halt|cancel|quit)(?=\\s+(?:here|now|immediately|at (?:this|once)|and (?:alert|ask|call|contact|escalate|get|go back|inform|investigate|notify|open|page|raise|report|roll|seek|tell|wait)\\b|(?:the|this|your) (?:\\S+ )?${work}\\b|if\\b|when\\b|unless\\b)|\\s*(?:[.,;!)]|$))|(?:do not|don['’]t|never) (?:continue|proceed|go on|go ahead|go further|move on|start|begin|apply|run)|go no further)\\b`;

/** `If the lag is more than 10 s, stop here.`, `Stop here if …`: whether that holds is for a person to say. */
const stopsIf = new RegExp(
  `^(?:(?:but|and|otherwise)\\s+)?(?:if|when|unless|should)\\b[^.;:]{3,160}(?:,|\\bthen\\b|\\bplease\\b|[-–—])\\s*(?:then\\s+|please\\s+)*${stop}|^(?:please\\s+)?${stop}[^.;:]{0,40}\\b(?:if|when|unless)\\b`,
);

/** A block that fails ends the run by itself. */
const failsItself =
  /\b(?:if|when|should)\s+(?:it|this|that|the (?:\S+ )?(?:command|step|block|script|check|migration|build|deploy\w*|upgrade|test|job))\s+(?:fails?|failed|errors?|breaks?|crashes|does(?: not|n['’]t) (?:succeed|pass|work|complete))/;

const mayStop =
  /\b(?:stop|abort|halt|cancel|quit|continue|proceed|further|go (?:on|ahead)|move on|start|begin)\b/i;

/** Whether a paragraph, as it is written or as plain text, tells under which condition nothing of what follows is to be done. */
export function stopsOnCondition(paragraph: string): boolean {
  if (!mayStop.test(paragraph)) return false;
  return paragraph
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .split(/(?<=[.!?;])\s+/)
    .some((sentence) => !/[:：]$/.test(sentence) && stopsIf.test(sentence) && !failsItself.test(sentence));
}

/** Code that itself tells people, or asks them. */
const reaches =
  /\b(?:slack|mail|mailx|sendmail|notify\S*|announce\S*|\S*hooks?|teams|statuspage|status-page|pagerduty|opsgenie|gh|glab|hub|jira)\b|\bcurl\b.*\s(?:-d|--data\S*|--json|-F|-X ?POST|--request POST)\b/;

/** Code that waits. */
const lingers = /\b(?:sleep|watch|wait|until|timeout|while)\b/;

/** Code that gives a name to what the words have made. */
const setsNames = /^\s*(?:export\s+)?\w+=/m;

/** A block right behind words, with its label; one that is only shown may be what the words have written. */
export interface CodeBehind {
  readonly code: string;
  readonly label: string;
  readonly isShown: boolean;
}

/** Whether what a sentence asks for may be done by the block right behind it, or is by one of its step. */
export function mayDo(
  { asks, verb = '' }: ByHand,
  behind: CodeBehind | undefined,
  blocks: readonly string[],
): boolean {
  if (asks === 'works') {
    const isBehind =
      behind !== undefined &&
      (behind.isShown || setsNames.test(behind.code) || !onlyLooks(behind.code, behind.label));
    return isBehind || blocks.some((code) => speaksOf(code, verb));
  }
  if (behind === undefined || behind.isShown || asks === 'stops' || asks === 'holds') return false;
  return asks === 'apart' || asks === 'item' || (asks === 'waits' ? lingers : reaches).test(behind.code);
}
