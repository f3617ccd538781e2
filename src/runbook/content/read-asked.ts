// Owns the sentences, tables and lists beside the blocks of a step that ask a person for something.
import type { List, ListItem, Nodes, Paragraph, Table } from 'mdast';
import { cellsOfRow } from '../markdown/cells-of-row.ts';
import { endOf, plainText, startOf } from '../markdown/parse-structure.ts';
import { type AsksByHand, asksByHand, stopsOnCondition } from '../prose/asks-by-hand.ts';
import { type Asking, asksToRun, changingCommand } from '../prose/asks-to-run.ts';
import { describesWork, isToHold, sendsToHands } from '../prose/is-to-hold.ts';
import type { SectionKind } from '../runbook.ts';
import { type AskedPart, askedPart } from './asked-part.ts';
import type { DocumentContext } from './document-context.ts';
import { holdsWork } from './holds-work.ts';

/** Where words stand. */
interface AskedPlace {
  readonly section: SectionKind;
  readonly isContext: (offset: number) => boolean;
}

/** The first column counts, and one says what to do: other tables list what there is. */
const counts = /^(?:#|nr?\.?|no\.?|number|step|order|手順|步骤|番号|序号)$/i;
const orders =
  /^(?:actions?|steps?|tasks?|commands?|activit(?:y|ies)|instructions?|procedure|what to do|do|手順|操作|步骤)$/i;

/** More rows than this are data. */
const mostRows = 50;

/**
 * What a paragraph or a table asks a person to do, unless it stands in a note or in context. The way back, and clean-up,
 * wait for what a person has to do there, and are not held up by whom to tell.
 */
export function readAsked(
  node: Paragraph | Table,
  context: DocumentContext,
  { section, isContext }: AskedPlace,
): AskedPart | undefined {
  const place = { start: startOf(node), end: endOf(node) };
  if (section === 'context' || isContext(place.start)) return undefined;
  const written = context.text.slice(place.start, place.end);
  if (node.type === 'table') {
    const { commands, words } = ofTable(written);
    return commands.length === 0 ? undefined : askedPart(context, place, { byHand: [], commands }, words);
  }
  const asks = askedIn(written, section === 'rollback' || section === 'cleanup');
  return isAsked(asks) ? askedPart(context, place, asks, plainText(written)) : undefined;
}

/** What the sentences of a paragraph ask for; of the way back not whom to tell. */
export function askedIn(written: string, goesBack: boolean): Asking {
  const commands = asksToRun(written);
  if (stopsOnCondition(written)) return { byHand: [{ asks: 'stops' }], commands };
  const byHand = asksByHand(written).filter(({ asks }) => {
    if (asks === 'works' && commands.length > 0) return false;
    return !goesBack || (asks !== 'tells' && asks !== 'apart');
  });
  return { byHand, commands };
}

/** Whether prose of the way back, or of a clean-up, asks a person to do something; a quote is a note. */
export function asksInProse(nodes: readonly Nodes[], context: DocumentContext): boolean {
  return nodes.some((node) => {
    if (node.type === 'list' || node.type === 'listItem') return asksInProse(node.children, context);
    return (
      node.type === 'paragraph' && isAsked(askedIn(context.text.slice(startOf(node), endOf(node)), true))
    );
  });
}

/** Whether prose tells somebody to run a command that changes something; a quote is a note. */
export function ordersCommand(nodes: readonly Nodes[], context: DocumentContext): boolean {
  return nodes.some((node) => {
    if (node.type === 'list' || node.type === 'listItem') return ordersCommand(node.children, context);
    if (node.type !== 'paragraph') return false;
    return asksToRun(context.text.slice(startOf(node), endOf(node))).length > 0;
  });
}

/** What a list asks as a list. */
export interface AskedList {
  readonly items: readonly AskedPart[];
  /**
   * What its sentences then no longer ask for by themselves: nothing, work that a block may do as well, anything in those
   * items, or anything.
   */
  readonly told: 'none' | 'work' | 'items' | 'all';
}

const apart: AskedList = { items: [], told: 'none' };

/** What is left of what a sentence of a list asks for. */
export function leftBeside(
  asks: Asking,
  { start, end }: { start: number; end: number },
  { items, told }: AskedList,
): Asking {
  const isInItem = items.some((item) => item.start <= start && end <= item.end);
  if (told === 'all' || isInItem) return { byHand: [], commands: [] };
  return told === 'work' ? { ...asks, byHand: asks.byHand.filter((one) => one.asks !== 'works') } : asks;
}

/**
 * What a list asks of a person as a list: each item of one that counts work, where the item holds none itself; a list of
 * what is to hold before or behind the work, as one question.
 */
export function readAskedList(
  list: List,
  beside: readonly Nodes[],
  index: number,
  context: DocumentContext,
  place: AskedPlace & { readonly lookingAt: (offset: number) => SectionKind | undefined },
): AskedList {
  const section = place.lookingAt(startOf(list)) ?? place.section;
  if (section === 'context' || section === 'diagnosis' || place.isContext(startOf(list))) return apart;
  const before = beside[index - 1];
  const lead = before?.type === 'paragraph' ? context.text.slice(startOf(before), endOf(before)) : '';
  if (!holdsWork(list, context.written) && describesWork(lead)) return { items: [], told: 'all' };
  const without = list.children.filter((item) => !holdsWork(item, context.written));
  const texts = without.map((item) => textOf(item, context));
  const mostly = mostlyAsk(texts);
  // A block right behind a list that only orders does what the list says.
  const next = beside[index + 1];
  const isLed = mostly && next?.type === 'code' && holdsWork(next, context.written);
  const isCounted = list.ordered === true && (countsWork(list, beside, context) || (mostly && !isLed));
  const byHand = without.length === list.children.length && sendsToHands(lead);
  const otherwise = byHand ? 'acts' : 'item';
  if (isCounted || byHand)
    return { items: without.flatMap((item) => itemOf(item, context, otherwise) ?? []), told: 'items' };
  const isBare = without.length === list.children.length && list.ordered !== true;
  const isSaid = (section === 'preconditions' || section === 'validation') && isBare && texts.some(isToHold);
  const isWork =
    (mostly && !isLed) ||
    without.length < list.children.length ||
    cutListsAmong(beside, context).cut.has(list.ordered === true);
  if (!isSaid) return isWork ? apart : { items: [], told: 'work' };
  const range = { start: startOf(list), end: endOf(list.children.at(-1) ?? list) };
  const words = texts.join('; ').replace(/[.;](?=; )/g, '');
  const whole = askedPart(context, range, { byHand: [{ asks: 'holds' }], commands: [] }, words);
  return whole === undefined ? apart : { items: [whole], told: 'items' };
}

/** Whether an item of the list holds work, or, as those write it who do not indent, code stands between its parts. */
function countsWork(list: List, beside: readonly Nodes[], context: DocumentContext): boolean {
  if (holdsWork(list, context.written)) return true;
  const { isContinued, cut } = cutListsAmong(beside, context);
  return isContinued || cut.has(list.ordered === true);
}

/** What is true of all lists beside one another. */
interface CutLists {
  /** A number goes on behind code that is work. */
  readonly isContinued: boolean;
  /**
   * Of lists with numbers, and of those without: whether they are several around the same block, where the last item
   * before it leads to it: by a colon, or with no blank line between them.
   */
  readonly cut: ReadonlySet<boolean>;
}

const cutLists = new WeakMap<readonly Nodes[], CutLists>();

/** Found once for all lists among the same nodes. */
function cutListsAmong(beside: readonly Nodes[], context: DocumentContext): CutLists {
  const known = cutLists.get(beside) ?? findCutLists(beside, context);
  cutLists.set(beside, known);
  return known;
}

function findCutLists(beside: readonly Nodes[], { written, text }: DocumentContext): CutLists {
  const isContinued =
    beside.some((node) => node.type === 'list' && node.ordered && (node.start ?? 1) > 1) &&
    beside.some((node) => node.type === 'code' && holdsWork(node, written));
  const cut = new Set<boolean>();
  for (const [index, node] of beside.entries()) {
    const before = beside[index - 1];
    const after = beside[index + 1];
    if (node.type !== 'code' || before?.type !== 'list' || after?.type !== 'list') continue;
    const isNumbered = before.ordered === true;
    if (isNumbered !== (after.ordered === true) || cut.has(isNumbered)) continue;
    const isLedTo = /[:：]$/.test(text.slice(startOf(before), endOf(before)).trimEnd());
    const isRightBehind = !/\n[ \t]*\r?\n/.test(text.slice(endOf(before), startOf(node)));
    if ((isLedTo || isRightBehind) && holdsWork(node, written)) cut.add(isNumbered);
  }
  return { isContinued, cut };
}

/** Whether a numbered list of prose orders work, most of its items by their own words. */
export function countsOrders(nodes: readonly Nodes[], context: DocumentContext): boolean {
  return nodes.some((node, index) => {
    if (node.type !== 'list' || node.ordered !== true || node.children.length < 2) return false;
    const before = nodes[index - 1];
    const lead = before?.type === 'paragraph' ? context.text.slice(startOf(before), endOf(before)) : '';
    return !describesWork(lead) && mostlyAsk(node.children.map((item) => textOf(item, context)));
  });
}

function mostlyAsk(texts: readonly string[]): boolean {
  return texts.length > 0 && texts.filter((text) => isAsked(askedIn(text, false))).length > texts.length / 2;
}

/** Whether anything is asked at all. */
export function isAsked({ byHand, commands }: Asking): boolean {
  return byHand.length > 0 || commands.length > 0;
}

/** What stands at the end of a list of work, and is none. */
const saysEnd =
  /^(?:(?:you|we)(?:['’]re| are) (?:all )?(?:done|finished|set)|(?:all )?done|that['’]?s (?:it|all)|finished)\W*$/i;

function itemOf(item: ListItem, context: DocumentContext, otherwise: AsksByHand): AskedPart | undefined {
  const [first] = item.children;
  if (first?.type !== 'paragraph' || saysEnd.test(textOf(item, context))) return undefined;
  const place = { start: startOf(first), end: endOf(endOfWords(item) ?? first) };
  const words = context.text.slice(startOf(first), endOf(first));
  const { byHand, commands } = askedIn(words, false);
  // In a list of work every item is some, whatever its words.
  const plain = byHand.filter(({ asks }) => asks !== 'works' && asks !== 'apart');
  const isWork = commands.length === 0 && plain.length === 0;
  const asks = { byHand: isWork ? [{ asks: otherwise }] : plain, commands };
  return askedPart(context, place, asks, textOf(item, context));
}

/** The last node of an item before any code in it. */
function endOfWords(item: ListItem): Nodes | undefined {
  const code = item.children.findIndex((node) => node.type === 'code');
  return code === -1 ? item.children.at(-1) : item.children[code - 1];
}

function textOf(item: ListItem, { text }: DocumentContext): string {
  const [first] = item.children;
  const last = endOfWords(item);
  return first === undefined || last === undefined ? '' : plainText(text.slice(startOf(first), endOf(last)));
}

/** Its rows in words, and those of their commands that change something. */
function ofTable(written: string): { readonly commands: readonly string[]; readonly words: string } {
  const [head = '', , ...lines] = written.split(/\r\n|\n|\r/);
  const [first = '', ...others] = cellsOfRow(head).map(plainText);
  const isProcedure = counts.test(first) && others.some((cell) => orders.test(cell));
  if (!isProcedure || lines.length > mostRows) return { commands: [], words: '' };
  const rows = lines.map(cellsOfRow);
  const wordsOf = (cells: readonly string[]): string =>
    cells
      .map(plainText)
      .filter((cell) => cell !== '')
      .join(' · ');
  return {
    commands: rows.flatMap((cells) => cells.flatMap((cell) => changingCommand(cell) ?? [])),
    words: rows.map(wordsOf).join('; '),
  };
}
