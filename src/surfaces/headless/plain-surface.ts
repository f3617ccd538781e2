// Owns `--surface plain`: one readable line per event and the output between them; knows nothing of how runs go.
import type { Writable } from 'node:stream';
import type { OutputChunk, RecordedEvent } from '../../run/event.ts';
import type { RunView, Surface } from '../../run/surface.ts';
import { formatBytes } from '../../view/format-bytes.ts';
import { type Palette, paintLine } from '../../view/palette.ts';
import { renderEvent } from '../../view/render-event.ts';
import { run } from '../../view/styled-text.ts';
import { counted, missingSectionsWords } from '../../view/words.ts';
import { BoundedWriter } from '../bounded-writer.ts';
import { choosePalette } from '../choose-palette.ts';
import { OutputLines } from '../output-lines.ts';

export interface PlainSurfaceOptions {
  /** Where people read; standard error. */
  readonly stream: Writable;
  readonly palette: Palette;
  /** Whether the stream is a terminal, on which a progress bar can go back to its line's start. */
  readonly terminal: boolean;
}

/** Makes the unattended surface for people who read along or afterwards; on standard error unless told otherwise. */
export function createPlainSurface(
  { stream, palette, terminal }: PlainSurfaceOptions = onStandardError(),
): Surface {
  const writer = new BoundedWriter(stream);
  const output = new OutputLines({ keepColours: palette.level > 0, rewind: terminal && palette.level > 0 });
  const margin = `  ${palette.paint(palette.symbols.bar, { tone: 'muted' })} `;
  let dropped = 0;

  const line = (text: string): void => {
    const missing = dropped;
    dropped = 0;
    writer.write(output.interrupt());
    if (missing > 0) {
      writer.write(
        `${margin}${palette.symbols.ellipsis} ${formatBytes(missing)} more, in the stored output\n`,
      );
    }
    writer.write(`${text}\n`);
  };

  return {
    name: 'plain',
    start(view: RunView) {
      const { title, items, missingSections } = view.plan;
      const steps = new Set(items.filter((item) => item.phase !== 'rollback').map((item) => item.step)).size;
      line(
        paintLine(
          [run(title, { bold: true }), run(` ${palette.symbols.dot} ${counted(steps, 'step')}`)],
          palette,
        ),
      );
      const missing = missingSectionsWords(missingSections);
      if (missing !== '') line(palette.paint(missing, { tone: 'muted' }));
    },
    onEvent(recorded: RecordedEvent) {
      line(renderEvent(recorded, palette));
    },
    onOutput({ address, stream: name, host, bytes }: OutputChunk) {
      if (writer.full) {
        dropped += bytes.length;
        return;
      }
      const prefix = host === undefined ? margin : `  ${host} ${margin.trimStart()}`;
      writer.write(output.push(`${address} ${host ?? ''} ${name}`, prefix, bytes));
    },
    async end() {
      writer.write(output.end());
      await writer.flush();
    },
  };
}

function onStandardError(): PlainSurfaceOptions {
  const { stderr, env } = process;
  return { stream: stderr, palette: choosePalette(stderr, env), terminal: stderr.isTTY === true };
}
