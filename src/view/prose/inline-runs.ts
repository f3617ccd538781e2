// Owns how the text of a paragraph becomes styled runs: emphasis, code, links, images.
import type { Definition, PhrasingContent } from 'mdast';
import { visibleText } from '../../text/visible-text.ts';
import type { Style, StyledRun } from '../layout/styled-line.ts';
import { noStyle } from '../layout/styled-line.ts';
import { htmlText } from './html-text.ts';

/** How emphasis and links are shown. */
export interface InlineOptions {
  /** Write the author's marks (`**`, backticks) where no style can be seen. */
  readonly marked: boolean;
  /** Addresses become hyperlinks instead of text behind the link. */
  readonly hyperlinks: boolean;
  readonly definitions: ReadonlyMap<string, Definition>;
}

/** The runs of inline content; a forced line break is a `\n`. */
export function inlineRuns(
  nodes: readonly PhrasingContent[],
  options: InlineOptions,
  style: Style = noStyle,
): StyledRun[] {
  return nodes.flatMap((node) => inlineRun(node, options, style));
}

function inlineRun(node: PhrasingContent, options: InlineOptions, style: Style): StyledRun[] {
  switch (node.type) {
    case 'text':
      return [{ text: oneLine(node.value), style }];
    case 'emphasis':
      return marked(inlineRuns(node.children, options, { ...style, italic: true }), '*', options, style);
    case 'strong':
      return marked(inlineRuns(node.children, options, { ...style, bold: true }), '**', options, style);
    case 'delete':
      return marked(inlineRuns(node.children, options, { ...style, strike: true }), '~~', options, style);
    case 'inlineCode': {
      const code: StyledRun = { text: oneLine(node.value), style: { ...style, tone: 'code' } };
      return marked([code], '`', options, style);
    }
    case 'break':
      return [{ text: '\n', style }];
    case 'link':
      return linkRuns(node.children, node.url, options, style);
    case 'linkReference': {
      const definition = options.definitions.get(node.identifier);
      if (definition) return linkRuns(node.children, definition.url, options, style);
      // Brackets that lead nowhere are what the author wrote.
      return [{ text: '[', style }, ...inlineRuns(node.children, options, style), { text: ']', style }];
    }
    case 'image':
    case 'imageReference':
      return [
        {
          text: oneLine(`[image: ${node.alt || 'without description'}]`),
          style: { ...style, tone: 'muted' },
        },
      ];
    case 'footnoteReference':
      return [
        { text: `[${visibleText(node.label ?? node.identifier)}]`, style: { ...style, tone: 'muted' } },
      ];
    case 'html': {
      const text = htmlText(node.value);
      return text === '' ? [] : [{ text, style }];
    }
  }
}

function linkRuns(
  children: readonly PhrasingContent[],
  url: string,
  options: InlineOptions,
  style: Style,
): StyledRun[] {
  const text = inlineRuns(children, options, { ...style, tone: 'link', underline: true });
  const shown = text.map((piece) => piece.text).join('');
  if (options.hyperlinks) return text.map((piece) => ({ ...piece, href: url }));
  // A place in the same document says nothing here, and an address that is its own text need not be repeated.
  if (url.startsWith('#') || url === '' || shown === url || `mailto:${shown}` === url) return text;
  if (shown === '') return [{ text: visibleText(url), style: { ...style, tone: 'link', underline: true } }];
  return [...text, { text: ` (${oneLine(url)})`, style: { tone: 'muted' } }];
}

function marked(runs: StyledRun[], mark: string, options: InlineOptions, style: Style): StyledRun[] {
  return options.marked ? [{ text: mark, style }, ...runs, { text: mark, style }] : runs;
}

/** Line ends inside a paragraph are blanks; other control characters get a visible stand-in. */
function oneLine(text: string): string {
  return visibleText(text.replace(/[\t\r\n]+/g, ' '));
}
