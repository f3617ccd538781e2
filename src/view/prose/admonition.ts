// Owns the ways in which authors write a call-out: GitHub's alerts, MkDocs' `!!!`, Docusaurus' `:::`.
import type { BlockContent, Blockquote, DefinitionContent, Paragraph } from 'mdast';
import { visibleText } from '../../text/visible-text.ts';
import type { Tone } from '../layout/styled-line.ts';

/** A remark with a title of its own, such as a warning. */
export interface Admonition {
  readonly title: string;
  readonly tone: Tone;
  readonly body: readonly (BlockContent | DefinitionContent)[];
}

const tones: Readonly<Record<string, Tone>> = {
  note: 'accent',
  info: 'accent',
  abstract: 'accent',
  tip: 'good',
  hint: 'good',
  success: 'good',
  important: 'accent',
  warning: 'warn',
  attention: 'warn',
  caution: 'bad',
  danger: 'bad',
  error: 'bad',
};

/** `[!NOTE]`, `!!! note "Title"`, `??? note`, `:::note Title` at the start of a text. */
const opening =
  /^(?:\[!(?<alert>[a-z]+)\]|(?:!!!|\?\?\?\+?) +(?<mkdocs>[a-z]+)(?: +"(?<title>[^"\n]*)")?|:::(?<docusaurus>[a-z]+)(?:[ [](?<label>[^\]\n]*)\]?)?)[ \t]*(?:\n|$)/i;

/** The call-out that a quote or a paragraph is, or undefined for any other. */
export function admonitionOf(node: Blockquote | Paragraph): Admonition | undefined {
  const paragraph = node.type === 'paragraph' ? node : node.children[0];
  if (paragraph?.type !== 'paragraph') return undefined;
  const text = paragraph.children[0];
  if (text?.type !== 'text') return undefined;
  const found = opening.exec(text.value);
  if (!found?.groups) return undefined;
  const { alert, mkdocs, docusaurus, title, label } = found.groups;
  // The form of an alert belongs to a quote, the others stand by themselves.
  if ((alert !== undefined) !== (node.type === 'blockquote')) return undefined;
  const kind = (alert ?? mkdocs ?? docusaurus ?? '').toLowerCase();
  const rest = text.value.slice(found[0].length).replace(/\n?:::\s*$/, '');
  const first: Paragraph = {
    ...paragraph,
    children: [{ ...text, value: rest }, ...paragraph.children.slice(1)],
  };
  const others = node.type === 'blockquote' ? node.children.slice(1) : [];
  const empty = rest.trim() === '' && paragraph.children.length === 1;
  return {
    title: visibleText(title || label || kind.charAt(0).toUpperCase() + kind.slice(1)),
    tone: tones[kind] ?? 'accent',
    body: empty ? others : [first, ...others],
  };
}
