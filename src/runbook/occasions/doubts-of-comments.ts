// Owns the doubts of blocks whose own comments say that not all of them is run, or not here, or not as it stands.
import { readShell } from '../../languages/shell/reader/read-shell.ts';
import { shorten } from '../../text/shorten.ts';
import { span } from '../../text/span.ts';
import { isOtherWay, kindsOfAlternative } from '../choices/kinds-of-alternative.ts';
import type { WrittenBlocks } from '../content/read-blocks.ts';
import type { Doubt } from '../doubts/doubt.ts';
import type { DoubtCode } from '../doubts/doubt-kinds.ts';
import type { DoubtsAt } from '../doubts/doubts-at.ts';
import { makeDoubt } from '../doubts/make-doubt.ts';
import type { HeadingRules } from '../headings/heading-rules.ts';
import { segmentsOf } from '../headings/normalise-heading.ts';
import { speaksOfCondition } from '../headings/speaks-of-condition.ts';
import { speaksOfUndo } from '../headings/speaks-of-undo.ts';
import { endOfLine } from '../markdown/end-of-line.ts';
import { startOf } from '../markdown/parse-structure.ts';
import { leadsToAside } from '../prose/leads-to-aside.ts';
import { placeInSentence } from '../prose/place-in-words.ts';
import { type PartOfCode, partsOfCode } from './parts-of-code.ts';
import { announcesUndo } from './takes-away.ts';

/** A text, and the way from places in it to the bytes of its file. */
interface PlacedText {
  readonly text: string;
  readonly toByteOffset: (offset: number) => number;
}

interface Found {
  readonly code: DoubtCode;
  readonly text: string;
  readonly help: string;
}

/** The doubts, by where the blocks begin; going back is left out. */
export function doubtsOfComments(
  { blocks }: WrittenBlocks,
  undoes: (offset: number) => boolean,
  rules: HeadingRules,
  { text, toByteOffset }: PlacedText,
): DoubtsAt {
  const found = new Map<number, Doubt>();
  for (const [node, { attributes, isRunnableLabel, known }] of blocks) {
    const { run, when, check, hosts, hostsFrom, interactive } = attributes;
    const isSettled = [run, when, check, hosts, hostsFrom, interactive].some((one) => one !== undefined);
    if (!isRunnableLabel || isSettled || known?.family !== 'shell' || !node.value.includes('#')) continue;
    const at = startOf(node);
    if (undoes(at)) continue;
    const said = ofParts(partsOfCode(node.value), rules) ?? toBeChanged(node.value);
    if (said === undefined) continue;
    const { code, ...words } = said;
    found.set(at, makeDoubt(code, span(toByteOffset(at), toByteOffset(endOfLine(text, at))), words));
  }
  return (at) => {
    const doubt = found.get(at);
    return doubt === undefined ? [] : [doubt];
  };
}

const cite = (comment: string): string =>
  `\`# ${shorten(comment.replace(/\s*[:：]$/, '').replaceAll('`', ''))}\``;

const ownBlock =
  'give it a block of its own, which says when it is run; or say `run` on this one where all of it is run';

function ofParts(parts: readonly PartOfCode[], rules: HeadingRules): Found | undefined {
  for (const [index, part] of parts.entries()) {
    const said = ofPart(part, index, parts, rules);
    if (said !== undefined) return said;
  }
  return undefined;
}

/** What decides by itself whether something is done; its comment says what it decides. */
const decides = /^(?:if|case|while|for|until|test|\[|\(\(|!)(?:\s|\[|$)|&&|\|\||\bread\b/;

function ofPart(
  { comment, firstCommand }: PartOfCode,
  index: number,
  parts: readonly PartOfCode[],
  { subject }: HeadingRules,
): Found | undefined {
  if (comment === '') return undefined;
  const undoesWork = !subject.undoes && !subject.takesAway;
  if (undoesWork && isUndo(comment))
    return {
      code: 'teardown',
      text: `${cite(comment)} leads to an undo`,
      help: 'give it a block of its own below a heading `Rollback`, or say `run` on this one where all of it is run',
    };
  const says = leadsToAside(comment) ?? leadsToAside(`${comment}:`);
  if (says !== undefined) return { code: 'condition', text: `${cite(comment)} says ${says}`, help: ownBlock };
  if (index > 0 && isOtherWay(comment))
    return { code: 'condition', text: `${cite(comment)} leads to another way to do it`, help: ownBlock };
  const ways = kindsOfAlternative(comment);
  const others = parts.filter(
    (other) =>
      other.comment !== comment && kindsOfAlternative(other.comment).some((kind) => ways.includes(kind)),
  );
  if (others.length > 0) {
    const names = [comment, ...others.map((other) => other.comment)].slice(0, 3).map(cite).join(', ');
    return {
      code: 'condition',
      text: `its comments tell ways apart, of which one is meant: ${names}`,
      help: ownBlock,
    };
  }
  if (!decides.test(firstCommand) && isForCase(comment, subject.title))
    return { code: 'condition', text: `${cite(comment)} says that it is run only sometimes`, help: ownBlock };
  return isElsewhere(comment, parts)
    ? {
        code: 'session',
        text: `${cite(comment)} says where it is meant for, and it would run here`,
        help: 'give it a block of its own with `host=`, or say `run` on this one where all of it is for this machine',
      }
    : undefined;
}

/** "Restore the settings" ends what the block itself has begun. */
const goesBack =
  /\b(?:roll(?:ing)?[- ]?back|undo|revert|back ?out|downgrad)|回滚|回退|ロールバック|切り戻|롤백|rückgängig|откат/i;

function isUndo(comment: string): boolean {
  if (!goesBack.test(comment)) return false;
  const isTitle = comment.split(/\s+/).length <= 8;
  return (
    (isTitle && segmentsOf(comment).some((segment) => speaksOfUndo(segment) === 'undo')) ||
    announcesUndo(`${comment.replace(/[:：]$/, '')}:`)
  );
}

const allIsWell =
  /^(?:\d+[.)] )?(?:if|when|once) (?:successful|all|everything|it|that|this|ok)\b[^,]*(?:,|$)/i;

function isForCase(comment: string, subject: string): boolean {
  if (allIsWell.test(comment) && !/\b(?:not|fails?|failed|doesn|isn|wrong)\b/i.test(comment)) return false;
  return (
    speaksOfCondition(comment, subject) ||
    /^\(?(?:optional|optionally|only (?:if|when|on|for|the first)|if |in case|when needed|e\.g\.|for example|examples?:|可选|如果|もし|必要)/i.test(
      comment,
    )
  );
}

/** Several machines, another one, or another one than the rest of the block is for. */
function isElsewhere(comment: string, parts: readonly PartOfCode[]): boolean {
  const place = placeInSentence(comment);
  if (place === undefined || place.is === 'here') return false;
  if (place.is === 'elsewhere') return true;
  return parts.some((other) => placeInSentence(other.comment)?.name !== place.name);
}

const changeMe =
  /\b(?:change|replace|edit|adjust|substitute|modify) (?:this|these|me)\b|\b(?:change|replace|edit|adjust|substitute|update|set) (?:it|them|(?:this|the|these) (?:values?|names?|paths?|lines?|following)) (?:to|with|by|for) (?:your|the (?:actual|real|right|correct))\b|^your [\w -]+ here$|\b(?:replace|substitute) with (?:your|the actual|the real)\b|\b(?:put|fill in|enter|insert) your\b|^<-+ ?(?:change|replace|edit)\b/i;

/** A comment, in a line of its own or behind a command, that asks for an edit. */
function toBeChanged(code: string): Found | undefined {
  if (!changeMe.test(code)) return undefined;
  for (const { kind, start, end } of readShell(code).pieces) {
    if (kind !== 'comment') continue;
    const comment = code
      .slice(start, end)
      .replace(/^#+\s*/, '')
      .trim();
    if (
      changeMe.test(comment) &&
      !/\b(?:as|if|when) (?:desired|needed|necessary|required|you like)\b/i.test(comment)
    )
      return {
        code: 'to-replace',
        text: `${cite(comment)} says to change it first`,
        help: 'write what is to be changed as `<my-cluster>`, which a run asks for, or say `run` where the block is right as it is',
      };
  }
  return undefined;
}
