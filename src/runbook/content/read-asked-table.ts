// Owns tables that list what is to be done, with commands that stand in no block.
import type { Table } from 'mdast';
import { span } from '../../text/span.ts';
import { cellsOfRow } from '../markdown/cells-of-row.ts';
import { endOfLine } from '../markdown/end-of-line.ts';
import { endOf, plainText, startOf } from '../markdown/parse-structure.ts';
import { changingCommand } from '../prose/asks-to-run.ts';
import type { SectionKind } from '../runbook.ts';
import { containerPrefix } from './container-prefix.ts';
import type { DocumentContext } from './document-context.ts';
import type { PartDraft } from './part-draft.ts';

/** The first column counts, and one says what to do: others list what there is. */
const counts = /^(?:#|nr?\.?|no\.?|number|step|order|手順|步骤|番号|序号)$/i;
const orders =
  /^(?:actions?|steps?|tasks?|commands?|activit(?:y|ies)|instructions?|procedure|what to do|do|手順|操作|步骤)$/i;

/** More rows than this are data. */
const mostRows = 50;

/** The steps of a table as one thing for a person to do; undefined where no row has a command that changes something. */
export function readAskedTable(
  node: Table,
  { text, toByteOffset }: DocumentContext,
  { section, isContext }: { readonly section: SectionKind; readonly isContext: (offset: number) => boolean },
):
  | {
      readonly start: number;
      readonly end: number;
      readonly part: PartDraft;
      readonly asks: { readonly commands: readonly string[] };
    }
  | undefined {
  const [start, end] = [startOf(node), endOf(node)];
  if (section === 'context' || isContext(start)) return undefined;
  const [head = '', , ...lines] = text.slice(start, end).split(/\r\n|\n|\r/);
  const [first = '', ...others] = cellsOfRow(head).map(plainText);
  if (!counts.test(first) || !others.some((cell) => orders.test(cell)) || lines.length > mostRows)
    return undefined;
  const rows = lines.map(cellsOfRow);
  const commands = rows.flatMap((cells) => cells.flatMap((cell) => changingCommand(cell) ?? []));
  const prefix = containerPrefix(text, start);
  if (commands.length === 0 || prefix.includes('>')) return undefined;
  const asked = {
    text: rows
      .map((cells) =>
        cells
          .map(plainText)
          .filter((cell) => cell !== '')
          .join(' · '),
      )
      .join('; '),
    containerPrefix: prefix,
    resultOffset: toByteOffset(endOfLine(text, end)),
  };
  const range = span(toByteOffset(start), toByteOffset(end));
  return { start, end, asks: { commands }, part: { type: 'prose', span: range, asks: asked } };
}
