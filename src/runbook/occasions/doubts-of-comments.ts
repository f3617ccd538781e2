// Owns the doubts of blocks whose own comments say that not all of them is run, or not here, or not as it stands.
import { readShell } from '../../languages/shell/reader/read-shell.ts';
import { shorten } from '../../text/shorten.ts';
import { span } from '../../text/span.ts';
import { isOtherWay, kindsOfAlternative, plainTitle } from '../choices/kinds-of-alternative.ts';
import type { WrittenBlocks } from '../content/read-blocks.ts';
import type { Doubt } from '../doubts/doubt.ts';
import type { DoubtCode } from '../doubts/doubt-kinds.ts';
import { type DoubtsAt, doubtsAt } from '../doubts/doubts-at.ts';
import { makeDoubt } from '../doubts/make-doubt.ts';
import type { PlacedText } from '../doubts/placed-text.ts';
import type { HeadingRules } from '../headings/heading-rules.ts';
import { segmentsOf } from '../headings/normalise-heading.ts';
import { speaksOfCondition } from '../headings/speaks-of-condition.ts';
import { speaksOfUndo } from '../headings/speaks-of-undo.ts';
import { endOfLine } from '../markdown/end-of-line.ts';
import { startOf } from '../markdown/parse-structure.ts';
import { leadsToAside } from '../prose/leads-to-aside.ts';
import { type PlaceInWords, placeInSentence } from '../prose/place-in-words.ts';
import { type PartOfCode, partsOfCode } from './parts-of-code.ts';
import { announcesUndo } from './takes-away.ts';

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
  for (const [node, { attributes, isRunnableLabel, known, reading }] of blocks) {
    const { run, when, check, hosts, hostsFrom, interactive } = attributes;
    const isSettled = [run, when, check, hosts, hostsFrom, interactive].some((one) => one !== undefined);
    if (!isRunnableLabel || isSettled || known?.family !== 'shell' || reading.shown !== undefined) continue;
    const commands = reading.transcript?.commands ?? node.value;
    if (!commands.includes('#')) continue;
    const at = startOf(node);
    if (undoes(at)) continue;
    const said = ofParts(partsOfCode(commands), rules) ?? toBeChanged(commands);
    if (said === undefined) continue;
    const { code, ...words } = said;
    found.set(at, makeDoubt(code, span(toByteOffset(at), toByteOffset(endOfLine(text, at))), words));
  }
  return doubtsAt(found);
}

const cite = (comment: string): string =>
  `\`# ${shorten(comment.replace(/\s*[:：]$/, '').replaceAll('`', ''))}\``;

const ownBlock =
  'give it a block of its own, which says when it is run; or say `run` on this one where all of it is run';

/** A part with what its comment says of ways and places. */
interface ReadPart extends PartOfCode {
  /** What makes its comment and another one alternatives. */
  readonly ways: readonly string[];
  readonly place: PlaceInWords | undefined;
}

function ofParts(parts: readonly PartOfCode[], rules: HeadingRules): Found | undefined {
  const read = parts.map(
    (part): ReadPart => ({
      ...part,
      ways: kindsOfAlternative(part.comment),
      place: placeInSentence(part.comment),
    }),
  );
  const apart = waysApart(read);
  const places = new Set(read.map(({ place }) => place?.name));
  for (const [index, part] of read.entries()) {
    const said =
      ofComment(part, index, rules) ?? ofWays(part, apart) ?? ofCase(part, rules) ?? ofPlace(part, places);
    if (said !== undefined) return said;
  }
  return undefined;
}

/** Comments by what makes them alternatives, where there are several of it. */
function waysApart(parts: readonly ReadPart[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { comment, ways } of parts) {
    for (const way of ways) {
      const comments = found.get(way) ?? new Set();
      found.set(way, comments.add(comment));
    }
  }
  return new Map([...found].filter(([, comments]) => comments.size > 1));
}

function ofComment({ comment }: ReadPart, index: number, { subject }: HeadingRules): Found | undefined {
  if (comment === '') return undefined;
  if (!subject.undoes && !subject.takesAway && isUndo(comment))
    return {
      code: 'teardown',
      text: `${cite(comment)} leads to an undo`,
      help: 'give it a block of its own below a heading `Rollback`, or say `run` on this one where all of it is run',
    };
  const says = leadsToAside(comment) ?? leadsToAside(`${comment}:`);
  if (says !== undefined) return { code: 'condition', text: `${cite(comment)} says ${says}`, help: ownBlock };
  return index > 0 && isOtherWay(plainTitle(comment))
    ? { code: 'condition', text: `${cite(comment)} leads to another way to do it`, help: ownBlock }
    : undefined;
}

function ofWays({ ways }: ReadPart, apart: ReadonlyMap<string, ReadonlySet<string>>): Found | undefined {
  const comments = ways.map((way) => apart.get(way)).find((one) => one !== undefined);
  if (comments === undefined) return undefined;
  const names = [...comments].slice(0, 3).map(cite).join(', ');
  return {
    code: 'condition',
    text: `its comments tell ways apart, of which one is meant: ${names}`,
    help: ownBlock,
  };
}

/** What decides by itself whether something is done; its comment says what it decides. */
const decides = /^(?:if|case|while|for|until|test|\[|\(\(|!)(?:\s|\[|$)|&&|\|\||\bread\b/;

function ofCase({ comment, firstCommand }: ReadPart, { subject }: HeadingRules): Found | undefined {
  return comment !== '' && !decides.test(firstCommand) && isForCase(comment, subject.title)
    ? { code: 'condition', text: `${cite(comment)} says that it is run only sometimes`, help: ownBlock }
    : undefined;
}

/** For several machines, another one, or another one than the rest of the block is for. */
function ofPlace({ comment, place }: ReadPart, places: ReadonlySet<string | undefined>): Found | undefined {
  if (place === undefined || place.is === 'here') return undefined;
  if (place.is !== 'elsewhere' && places.size === 1) return undefined;
  return {
    code: 'session',
    text: `${cite(comment)} says where it is meant for, and it would run here`,
    help: 'give it a block of its own with `host=`, or say `run` on this one where all of it is for this machine',
  };
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

function isForCase(comment: string, subject: string): boolean {
  return (
    speaksOfCondition(comment, subject) ||
    /^\(?(?:optional(?:ly)?\b|only (?:on|for|the first)\b|e\.g\.|for example|examples?:|可选)/i.test(comment)
  );
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
