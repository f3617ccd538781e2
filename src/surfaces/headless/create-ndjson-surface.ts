// Owns `--surface ndjson`: every event and output chunk as one line for machines.
import type { Writable } from 'node:stream';
import type { RunEvent } from '../../run/event.ts';
import type { OutputChunk } from '../../run/output-chunk.ts';
import type { Surface } from '../../run/surface.ts';
import { BoundedWriter } from '../bounded-writer.ts';
import { eventRecord } from './event-record.ts';
import { planRecord } from './plan-record.ts';
import { Utf8Cutter } from './utf8-cutter.ts';
import type { WireRecord } from './wire-record.ts';

type OutputPlace = Pick<OutputChunk, 'address' | 'attempt' | 'stream' | 'host' | 'item'>;

interface OpenOutput {
  readonly place: OutputPlace;
  readonly cutter: Utf8Cutter;
  dropped: number;
}

const outputEnds: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'TurnEnded',
  'BlockPassed',
  'BlockFailed',
  'BackgroundEnded',
]);

/** Makes the unattended surface for programs; on standard output by default. */
export function createNdjsonSurface(
  { stream }: { readonly stream: Writable } = { stream: process.stdout },
): Surface {
  const writer = new BoundedWriter(stream);
  const open = new Map<string, OpenOutput>();

  const write = (record: WireRecord): void => writer.write(`${JSON.stringify(record)}\n`);
  const outputHead = (place: OutputPlace) => ({ v: 1, ...place }) as const;
  const reportDropped = (output: OpenOutput): void => {
    if (output.dropped === 0) return;
    write({ ...outputHead(output.place), type: 'output-dropped', bytes: output.dropped });
    output.dropped = 0;
  };
  const finish = (): void => {
    for (const output of open.values()) {
      const rest = output.cutter.end();
      if (rest) write({ ...outputHead(output.place), type: 'output', ...rest });
      reportDropped(output);
    }
    open.clear();
  };

  return {
    name: 'ndjson',
    start: (view) => write(planRecord(view.plan)),
    onEvent(recorded) {
      // What a block printed stands before the line that says how it ended.
      const { type } = recorded.event;
      if (outputEnds.has(type)) finish();
      const record = eventRecord(recorded);
      if (record) write(record);
    },
    onOutput(chunk) {
      const { bytes, ...place } = chunk;
      const key = JSON.stringify(place);
      const output = open.get(key) ?? { place, cutter: new Utf8Cutter(), dropped: 0 };
      open.set(key, output);
      if (writer.full) {
        output.dropped += bytes.length + output.cutter.discard();
        return;
      }
      reportDropped(output);
      const piece = output.cutter.push(bytes);
      if (piece) write({ ...outputHead(place), type: 'output', ...piece });
    },
    async end() {
      finish();
      await writer.flush();
    },
  };
}
