// Owns what is on the screen for the moment in which Ink is loaded to draw the inputs.
import { visibleText } from '../../text/visible-text.ts';
import { type Palette, paintLine } from '../../view/layout/palette.ts';
import { styled } from '../../view/layout/styled-line.ts';
import { fitLine } from '../../view/layout/wrap-runs.ts';
import { counted } from '../../view/words/quoted.ts';
import type { InputForm } from './keys/input-form.ts';

/** The title and what is asked, where they stay; the fields come with Ink. */
export function firstForm(title: string, form: InputForm, columns: number, palette: Palette): string[] {
  const lines = [
    [styled(visibleText(title), { bold: true })],
    [styled(neededWords(form), { tone: 'muted' as const })],
  ];
  return lines.map((line) => paintLine(fitLine(line, columns, palette.symbols.ellipsis), palette));
}

/** What is asked of the operator, in a sentence. */
export function neededWords({ fields }: InputForm): string {
  const open = fields.filter(({ input }) => input.origin === undefined).length;
  if (open > 0) return `This runbook needs ${counted(open, 'value')}.`;
  return 'Change what you need; Enter takes the rest as it is.';
}
