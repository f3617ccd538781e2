// Owns the sentences and tables beside the blocks of a step that ask a person for something.
import type { Paragraph, Table } from 'mdast';
import { cellsOfRow } from '../markdown/cells-of-row.ts';
import { endOf, plainText, startOf } from '../markdown/parse-structure.ts';
import { type AsksByHand, asksByHand, mayAskByHand, stopsOnCondition } from '../prose/asks-by-hand.ts';
import { asksToRun, changingCommand } from '../prose/asks-to-run.ts';
import type { SectionKind } from '../runbook.ts';
import { type AskedPart, askedPart } from './asked-part.ts';
import type { DocumentContext } from './document-context.ts';

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
    return commands.length === 0 ? undefined : askedPart(context, place, { commands }, words);
  }
  const byHand = ofParagraph(written, section === 'rollback' || section === 'cleanup');
  const commands = asksToRun(written);
  if (byHand === undefined && commands.length === 0) return undefined;
  return askedPart(context, place, { ...(byHand && { byHand }), commands }, plainText(written));
}

function ofParagraph(written: string, goesBack: boolean): AsksByHand | undefined {
  if (stopsOnCondition(written)) return 'stops';
  const asks = mayAskByHand(written.slice(0, 40)) ? asksByHand(plainText(written)) : undefined;
  return goesBack && asks !== 'acts' && asks !== 'waits' ? undefined : asks;
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
