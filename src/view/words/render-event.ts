// Owns the whole line of an event, its time and mark included.
import type { RecordedEvent } from '../../run/event.ts';
import { type Palette, paintLine } from '../layout/palette.ts';
import { styled } from '../layout/styled-line.ts';
import { describeEvent } from './describe-event.ts';
import { formatTimeOfDay } from './format-time.ts';

/** ``02:13:22 ✔ `drain` passed in 1.3 s (40 lines)`` without a newline. */
export function renderEvent({ at, event }: RecordedEvent, palette: Palette): string {
  const { symbol, tone, text } = describeEvent(event);
  return paintLine(
    [
      styled(`${formatTimeOfDay(at)} `, { tone: 'muted' }),
      styled(palette.symbols[symbol], { tone }),
      styled(` ${text}`, { bold: tone === 'heading' }),
    ],
    palette,
  );
}
