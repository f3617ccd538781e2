// Owns what tables of a document say about values that a reader fills in.
import type { Nodes, Root } from 'mdast';
import { placeholderVariable } from '../../languages/placeholders/find-placeholders.ts';
import type { InputRow } from '../input-row.ts';
import { cellsOfRow } from '../markdown/cells-of-row.ts';
import { endOf, plainText, startOf } from '../markdown/parse-structure.ts';

const nameHeadings =
  /^(?:(?:input|parameter|param|variable|placeholder|argument|setting)s?(?: name)?|name|key|パラメータ|変数|参数|变量)$/i;
const descriptionHeadings = /^(?:description|meaning|what it is|purpose|notes?|説明|说明|描述)$/i;
const valueHeadings = /^(?:default(?: value)?|value|既定値|デフォルト|默认值|值)$/i;

/** More rows than this are data, and no list of inputs. */
const mostRows = 200;

/**
 * The rows of tables that list inputs: a column of names first (`Parameter`, `Variable`, …), and beside it a
 * description or a value. A name may be written as its placeholder is: `<namespace>`, `NAMESPACE`, `$NAMESPACE`.
 */
export function readInputTables(root: Root, text: string): readonly InputRow[] {
  return tablesIn(root).flatMap((table) => readTable(text.slice(startOf(table), endOf(table))));
}

function tablesIn(node: Nodes): readonly Nodes[] {
  if (node.type === 'table') return [node];
  return 'children' in node ? node.children.flatMap((child: Nodes) => tablesIn(child)) : [];
}

function readTable(written: string): readonly InputRow[] {
  const [headLine = '', , ...lines] = written.split(/\r\n|\n|\r/);
  const head = cellsOf(headLine);
  if (!nameHeadings.test(head[0] ?? '') || lines.length > mostRows) return [];
  const valueAt = head.findIndex((cell) => valueHeadings.test(cell));
  const descriptionAt = head.findIndex((cell) => descriptionHeadings.test(cell));
  if (valueAt < 1 && descriptionAt < 1) return [];
  return lines.map(cellsOf).flatMap((cells): readonly InputRow[] => {
    const name = placeholderVariable(cells[0] ?? '');
    if (name === '') return [];
    const value = valueAt < 1 ? '' : (cells[valueAt] ?? '');
    const description = descriptionAt < 1 ? '' : (cells[descriptionAt] ?? '');
    // A dash or a placeholder in the column of values is none.
    const isValue = value !== '' && !/^(?:[-–—]+|<[^>]*>|n\/a|none|required|yes|no)$/i.test(value);
    return [{ name, ...(description !== '' && { description }), ...(isValue && { value }) }];
  });
}

function cellsOf(line: string): string[] {
  return cellsOfRow(line).map(textOf);
}

/** Code is what stands between its backticks; all else is text with its markup taken off. */
function textOf(cell: string): string {
  const code = /^`+ ?(.*?) ?`+$/.exec(cell)?.[1];
  if (code !== undefined) return code;
  return /^<[^>]*>$/.test(cell) ? cell : plainText(cell);
}
