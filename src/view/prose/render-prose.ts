// Owns how Markdown prose reads on a terminal, as styled lines of a width.
import type { BlockContent, Definition, DefinitionContent, List, ListItem, Root, RootContent } from 'mdast';
import { layOutTable } from '../layout/lay-out-table.ts';
import { type Palette, paintLine } from '../layout/palette.ts';
import { type StyledLine, type StyledRun, styled } from '../layout/styled-line.ts';
import { cutLine, type Indent, wrapRuns } from '../layout/wrap-runs.ts';
import { admonitionOf } from './admonition.ts';
import { plainCodeLines } from './code-lines.ts';
import { htmlText } from './html-text.ts';
import { type InlineOptions, inlineRuns } from './inline-runs.ts';

/** Where prose is shown, and how. */
export interface ProseOptions {
  /** Columns that may be used. */
  readonly width: number;
  readonly palette: Palette;
  /** Colours code; without it code is plain. */
  readonly highlight?: (code: string, language: string | undefined) => StyledLine[];
  /** Break long code lines at the width, where the terminal does not do it by itself. */
  readonly wrapCode?: boolean;
}

interface Context extends ProseOptions {
  readonly inline: InlineOptions;
  readonly depth: number;
}

/** Narrower places than this are treated as this wide: nothing can be read there anyway. */
const narrowestProse = 10;

/** Deeper nesting than this is laid out flat, so that no document can exhaust the stack. */
const deepestNesting = 40;

/** Prose as text lines with the palette's escapes, ready to be written. */
export function renderProse(root: Root, options: ProseOptions): string[] {
  return layOutProse(root, options).map((line) => paintLine(line, options.palette));
}

/** Prose as styled lines, none wider than asked but for code that is not to be wrapped. */
export function layOutProse(root: Root, options: ProseOptions): StyledLine[] {
  const definitions = new Map<string, Definition>();
  for (const node of root.children) {
    if (node.type === 'definition' && !definitions.has(node.identifier))
      definitions.set(node.identifier, node);
  }
  const { palette } = options;
  return layOutBlocks(root.children, {
    ...options,
    width: Math.max(narrowestProse, options.width),
    inline: { marked: palette.level === 0, hyperlinks: palette.hyperlinks, definitions },
    depth: 0,
  });
}

/** Blocks one below the other, with an empty line between them. */
function layOutBlocks(nodes: readonly RootContent[], context: Context, tight = false): StyledLine[] {
  const lines: StyledLine[] = [];
  for (const node of nodes) {
    const block = layOutBlock(node, context);
    if (block.length === 0) continue;
    if (lines.length > 0 && !tight) lines.push([]);
    lines.push(...block);
  }
  return lines;
}

function layOutBlock(node: RootContent, context: Context): StyledLine[] {
  const { width, palette, inline } = context;
  switch (node.type) {
    case 'heading': {
      const style = { tone: 'heading', bold: true, underline: node.depth === 1 } as const;
      const marks = inline.marked ? [styled(`${'#'.repeat(node.depth)} `)] : [];
      return wrapRuns([...marks, ...inlineRuns(node.children, inline, style)], width);
    }
    case 'paragraph': {
      const admonition = admonitionOf(node);
      if (admonition) return layOutAdmonition(admonition, context);
      const lines = wrapRuns(inlineRuns(node.children, inline), width);
      return lines.some((line) => line.length > 0) ? lines : [];
    }
    case 'blockquote': {
      const admonition = admonitionOf(node);
      if (admonition) return layOutAdmonition(admonition, context);
      return withBar(
        layOutNested(node.children, context, 2),
        styled(`${palette.symbols.bar} `, { tone: 'muted' }),
      );
    }
    case 'list':
      return layOutList(node, context);
    case 'code': {
      const coloured =
        context.highlight?.(node.value, node.lang?.toLowerCase()) ?? plainCodeLines(node.value);
      const lines = context.wrapCode ? coloured.flatMap((line) => cutLine(line, width - 4)) : coloured;
      return lines.map((line) => (line.length === 0 ? [] : [styled('    '), ...line]));
    }
    case 'table': {
      const rows = node.children.map((row) => row.children.map((cell) => inlineRuns(cell.children, inline)));
      return layOutTable(rows, node.align ?? [], width, palette);
    }
    case 'thematicBreak':
      return [[styled(palette.symbols.horizontal.repeat(Math.min(width, 40)), { tone: 'muted' })]];
    case 'html': {
      const text = htmlText(node.value).trim();
      return text === '' ? [] : wrapRuns([styled(text)], width);
    }
    case 'footnoteDefinition': {
      const label = styled(`[${node.label ?? node.identifier}] `, { tone: 'muted' });
      const body = layOutNested(node.children, context, 4);
      return body.map((line, index) => (index === 0 ? [label, ...line] : [styled('    '), ...line]));
    }
    case 'definition':
    case 'yaml':
    case 'listItem':
    case 'tableRow':
    case 'tableCell':
      // The parser never gives the last three by themselves.
      return [];
    default:
      return wrapRuns(inlineRuns([node], inline), width);
  }
}

/** Blocks in a container that takes `columns` for itself. */
function layOutNested(
  nodes: readonly (BlockContent | DefinitionContent)[],
  context: Context,
  columns: number,
  tight = false,
): StyledLine[] {
  const flat = context.depth >= deepestNesting;
  if (flat && context.depth >= deepestNesting * 2) return [];
  const width = flat ? context.width : Math.max(narrowestProse, context.width - columns);
  return layOutBlocks(nodes, { ...context, width, depth: context.depth + 1 }, tight);
}

function withBar(lines: readonly StyledLine[], bar: StyledRun): StyledLine[] {
  return lines.map((line) => [bar, ...line]);
}

function layOutAdmonition(
  { title, tone, body }: NonNullable<ReturnType<typeof admonitionOf>>,
  context: Context,
): StyledLine[] {
  const bar = styled(`${context.palette.symbols.bar} `, { tone });
  const heading = wrapRuns(
    [styled(title, { tone, bold: true })],
    Math.max(narrowestProse, context.width - 2),
  );
  return withBar([...heading, ...layOutNested(body, context, 2)], bar);
}

function layOutList(list: List, context: Context): StyledLine[] {
  const start = list.start ?? 1;
  const loose = list.spread === true || list.children.some((item) => item.spread === true);
  const columns = list.ordered ? String(start + list.children.length - 1).length + 2 : 2;
  const lines: StyledLine[] = [];
  for (const [index, item] of list.children.entries()) {
    if (index > 0 && loose) lines.push([]);
    const mark = list.ordered ? `${start + index}. `.padStart(columns) : `${context.palette.symbols.bullet} `;
    lines.push(...layOutItem(item, mark, columns, loose, context));
  }
  return lines;
}

function layOutItem(
  item: ListItem,
  mark: string,
  columns: number,
  loose: boolean,
  context: Context,
): StyledLine[] {
  const box = typeof item.checked === 'boolean' ? (item.checked ? '[x] ' : '[ ] ') : '';
  const indent: Indent = {
    first: [styled(mark, { tone: 'muted' }), ...(box === '' ? [] : [styled(box, { bold: true })])],
    rest: [styled(' '.repeat(columns + box.length))],
  };
  const body = layOutNested(item.children, context, columns + box.length, !loose);
  if (body.length === 0) return [indent.first];
  return body.map((line, index) => {
    if (index === 0) return [...indent.first, ...line];
    return line.length === 0 ? [] : [...indent.rest, ...line];
  });
}
