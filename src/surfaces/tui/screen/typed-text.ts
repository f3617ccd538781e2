// Owns the part of a line being typed that is in sight.
import { displayWidth, fitText } from '../../../text/display-width.ts';
import { visibleText } from '../../../text/visible-text.ts';
import type { TextField } from '../keys/text-field.ts';

/** The text around the cursor that fits, and the column at which the cursor stands in it. */
export function typedText(
  { before, after }: Pick<TextField, 'before' | 'after'>,
  width: number,
): { readonly text: string; readonly column: number } {
  // Far more than fits is not measured: a certificate in one line takes its time.
  let head = visibleText(before.slice(-4 * width - 4));
  while (displayWidth(head) >= width && head !== '') head = head.slice(Math.max(1, Math.floor(width / 4)));
  const column = displayWidth(head);
  return {
    text: head + fitText(visibleText(after.slice(0, 4 * width + 4)), Math.max(0, width - column)),
    column,
  };
}
