// Owns `--surface plain`: one readable line per event and the output between them.
import type { RecordedEvent } from '../../run/event.ts';
import type { RunState } from '../../run/state.ts';
import type { RunView, Surface } from '../../run/surface.ts';
import { visibleText } from '../../text/visible-text.ts';
import { type Palette, paintLine } from '../../view/layout/palette.ts';
import { styled } from '../../view/layout/styled-line.ts';
import { wrapRuns } from '../../view/layout/wrap-runs.ts';
import { stepsOf } from '../../view/steps/count-steps.ts';
import { openGateWords } from '../../view/words/approval-words.ts';
import { declaredOutputLines } from '../../view/words/declared-output-lines.ts';
import { describeEvent } from '../../view/words/describe-event.ts';
import { differenceOf } from '../../view/words/difference-lines.ts';
import { formatTimeOfDay } from '../../view/words/format-time.ts';
import { inputLines } from '../../view/words/input-lines.ts';
import { missingSectionsWords } from '../../view/words/phase-words.ts';
import { counted } from '../../view/words/quoted.ts';
import { wayOnWords } from '../../view/words/way-on-words.ts';
import { choosePalette } from '../choose-palette.ts';
import { isToldByItems } from '../is-told-by-items.ts';
import { PeopleWriter, type PeopleWriterOptions } from '../people-writer.ts';

/** Where the lines go. */
export interface PlainSurfaceOptions extends PeopleWriterOptions {
  /** Width of the terminal; absent where there is none, for lines of a file are as long as they are. */
  readonly columns?: number;
}

/** Makes the unattended surface for people who read along or afterwards; on standard error by default. */
export function createPlainSurface(options: PlainSurfaceOptions = onStandardError()): Surface {
  const { palette } = options;
  const writer = new PeopleWriter(options);
  return {
    name: 'plain',
    start(view: RunView) {
      const { title, missingSections } = view.plan;
      const steps = stepsOf(view.state()).length;
      const head = [
        styled(visibleText(title), { bold: true }),
        styled(` ${palette.symbols.dot} ${counted(steps, 'step')}`),
      ];
      writer.write(`${paintLine(head, palette)}\n`);
      const missing = missingSectionsWords(missingSections);
      const width = options.columns ?? Number.POSITIVE_INFINITY;
      if (missing !== '')
        for (const line of wrapRuns([styled(missing, { tone: 'muted' })], width))
          writer.write(`${paintLine(line, palette)}\n`);
      for (const line of inputLines(view.inputs ?? [])) writer.write(`${paintLine(line, palette)}\n`);
    },
    onEvent(recorded: RecordedEvent, state: RunState) {
      if (isToldByItems(recorded.event)) return;
      writer.write(`${renderEvent(recorded, palette)}\n`);
      for (const line of differenceOf(recorded.event)) writer.write(`  ${paintLine(line, palette)}\n`);
      const gate = recorded.event.type === 'RunResumed' ? openGateWords(state) : undefined;
      if (gate !== undefined)
        writer.write(`${palette.paint(`${palette.symbols.waiting} ${gate}`, { tone: 'warn' })}\n`);
      if (recorded.event.type === 'RunEnded')
        for (const line of declaredOutputLines(recorded.event, state.plan, palette.symbols.ellipsis))
          writer.write(`${paintLine(line, palette)}\n`);
      if (recorded.event.type === 'RunEnded' || recorded.event.type === 'RunPaused')
        for (const words of wayOnWords(state)) writer.write(`  ${palette.paint(words, { tone: 'muted' })}\n`);
    },
    onOutput: (chunk) => writer.writeOutput(chunk),
    end: () => writer.end(),
  };
}

function onStandardError(): PlainSurfaceOptions {
  const { stderr, env } = process;
  const terminal = stderr.isTTY === true;
  const palette = choosePalette(stderr, env);
  return { stream: stderr, palette, terminal, ...(terminal && { columns: stderr.columns }) };
}

/** ``02:13:22 ✔ `drain` passed in 1.3 s (40 lines)`` without a newline. */
function renderEvent({ at, event }: RecordedEvent, palette: Palette): string {
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
