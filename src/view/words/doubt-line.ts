// Owns the line that tells what is doubtful of an item.
import type { Doubt } from '../../runbook/doubts/doubt.ts';
import { visibleText } from '../../text/visible-text.ts';
import type { Palette } from '../layout/palette.ts';
import { type StyledLine, styled } from '../layout/styled-line.ts';

/** One doubt with its code, which `runsheet explain` takes. */
export function doubtLine(
  { code, text }: Pick<Doubt, 'code' | 'text'>,
  { symbols }: Pick<Palette, 'symbols'>,
): StyledLine {
  return [
    styled(`${symbols.warning} ${visibleText(text)}`, { tone: 'warn', bold: true }),
    styled(` (${code})`, { tone: 'muted' }),
  ];
}
