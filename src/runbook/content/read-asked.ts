// Owns the sentences beside the blocks of a step that ask a person for something.
import type { Paragraph } from 'mdast';
import { span } from '../../text/span.ts';
import { endOfLine, startOfLine } from '../markdown/end-of-line.ts';
import { endOf, plainText, startOf } from '../markdown/parse-structure.ts';
import { asksByHand, mayAskByHand, stopsOnCondition } from '../prose/asks-by-hand.ts';
import { type Asking, asksToRun } from '../prose/asks-to-run.ts';
import type { SectionKind } from '../runbook.ts';
import { containerPrefix } from './container-prefix.ts';
import type { DocumentContext } from './document-context.ts';
import type { PartDraft } from './part-draft.ts';

/**
 * What a paragraph asks a person to do, unless it stands in a note or in context. The way back, and clean-up, wait for
 * what a person has to do there, and are not held up by whom to tell.
 */
export function readAsked(
  node: Paragraph,
  { text, toByteOffset }: DocumentContext,
  { section, isContext }: { readonly section: SectionKind; readonly isContext: (offset: number) => boolean },
):
  | {
      readonly start: number;
      readonly end: number;
      readonly part: PartDraft;
      readonly asks: Asking;
    }
  | undefined {
  const [start, end] = [startOf(node), endOf(node)];
  if (section === 'context' || isContext(start)) return undefined;
  const asIs = text.slice(start, end);
  const first = mayAskByHand(asIs.slice(0, 40)) ? asksByHand(plainText(asIs)) : undefined;
  const byHand = first ?? (stopsOnCondition(asIs) ? 'acts' : undefined);
  const command = byHand === undefined ? asksToRun(asIs) : undefined;
  const asks = command === undefined ? byHand : { commands: [command] };
  const prefix = asks === undefined ? '' : containerPrefix(text, start);
  if (asks === undefined || prefix.includes('>')) return undefined;
  const written = plainText(asIs);
  if (
    (section === 'rollback' || section === 'cleanup') &&
    asks !== 'acts' &&
    asks !== 'waits' &&
    command === undefined
  )
    return undefined;
  const asked = {
    text: written,
    containerPrefix: prefix,
    resultOffset: toByteOffset(endOfLine(text, end)),
  };
  const marker = /(?:[-+*]|\d{1,9}[.)])[ \t]+$/.exec(text.slice(startOfLine(text, start), start))?.[0] ?? '';
  const from = start - marker.length;
  return {
    start: from,
    end,
    asks,
    part: { type: 'prose', span: span(toByteOffset(from), toByteOffset(end)), asks: asked },
  };
}
