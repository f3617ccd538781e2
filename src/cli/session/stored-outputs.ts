// Owns reading back a bounded part of what a block printed.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { stateFileOperations } from '../../engine/files/write-state-file.ts';
import { digestOfFile } from '../../engine/record/digest-of-file.ts';
import { keptFiles } from '../../engine/record/kept-files.ts';
import type { RecordedEvent } from '../../run/event.ts';
import { type MaskedBytes, storedBytes } from '../../run/masking/redactor.ts';
import type { OutputSummary } from '../../run/output-summary.ts';
import { alteredWords, excerptReadBytes, type OutputExcerpt } from '../../runbook/regions/output-excerpt.ts';

/** Reads `length` bytes from `position` of one output. */
type ReadAt = (position: number, length: number) => Uint8Array;

/** The outputs that a run's folder keeps. */
export class StoredOutputs {
  readonly #runFolder: string;
  readonly #recorded: ReadonlyMap<string, string>;
  readonly #isAltered = new Map<string, boolean>();

  /** Of `history`, what earlier processes have left: such an output is held against its digest before it is shown. */
  constructor(runFolder: string, history: readonly RecordedEvent[]) {
    this.#runFolder = runFolder;
    this.#recorded = new Map(
      keptFiles(history).outputs.flatMap(({ output }) =>
        output.digest === undefined ? [] : [[placeOf(output), output.digest] as const],
      ),
    );
  }

  /** Head and tail of an output; undefined where nothing was printed or the file is gone. */
  excerpt(output: OutputSummary, whereAll: string): OutputExcerpt | undefined {
    if (this.#wasAltered(output)) return 'altered';
    return this.#withOutput(output, (readAt, size) => {
      const whole = size <= excerptReadBytes.head + excerptReadBytes.tail;
      const head = readAt(0, whole ? size : excerptReadBytes.head);
      const tail = whole ? undefined : readAt(size - excerptReadBytes.tail, excerptReadBytes.tail);
      return { head, ...(tail && { tail }), totalBytes: size, totalLines: output.lines, whereAll };
    });
  }

  /** The newest `maxBytes` of an output; empty where there is none. */
  tail(output: OutputSummary, maxBytes: number): MaskedBytes {
    if (this.#wasAltered(output)) return storedBytes(new TextEncoder().encode(`${alteredWords}\n`));
    const read = this.#withOutput(output, (readAt, size) => {
      const length = Math.min(size, maxBytes);
      return readAt(size - length, length);
    });
    return storedBytes(read ?? new Uint8Array());
  }

  /** The first `maxBytes` of an output, and whether that is all; undefined where nothing of it is kept as it was. */
  beginning(
    output: OutputSummary,
    maxBytes: number,
  ): { readonly bytes: MaskedBytes; readonly isWhole: boolean } | undefined {
    if (this.#wasAltered(output)) return undefined;
    return this.#withOutput(output, (readAt, size) => ({
      bytes: storedBytes(readAt(0, Math.min(size, maxBytes))),
      isWhole: size <= maxBytes,
    }));
  }

  /** Looked at once, when it is first to be shown: an output may be large. */
  #wasAltered(output: OutputSummary): boolean {
    const place = placeOf(output);
    const recorded = this.#recorded.get(place);
    if (recorded === undefined || output.file === undefined) return false;
    const known = this.#isAltered.get(place);
    if (known !== undefined) return known;
    const { file, at, stdoutBytes, stderrBytes } = output;
    const part = at === undefined ? undefined : { at, end: at + stdoutBytes + stderrBytes };
    const found = digestOfFile(stateFileOperations, join(this.#runFolder, file), part);
    const isAltered = found !== undefined && found !== recorded;
    this.#isAltered.set(place, isAltered);
    return isAltered;
  }

  #withOutput<Value>(output: OutputSummary, use: (readAt: ReadAt, size: number) => Value): Value | undefined {
    if (output.file === undefined) return undefined;
    let descriptor: number;
    try {
      descriptor = openSync(join(this.#runFolder, output.file), 'r');
    } catch {
      return undefined;
    }
    try {
      const { at = 0 } = output;
      const size =
        output.at === undefined ? fstatSync(descriptor).size : output.stdoutBytes + output.stderrBytes;
      return use((position, length) => readFully(descriptor, at + position, length), size);
    } finally {
      closeSync(descriptor);
    }
  }
}

const placeOf = ({ file, at }: OutputSummary): string => `${file} ${at}`;

function readFully(descriptor: number, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(descriptor, bytes, filled, length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}
