// Owns which outputs of a run can be fetched, and reading them as they were stored.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sizeOf } from '../../../engine/files/size-of.ts';
import type { RunFolder } from '../../../engine/journal/run-folder.ts';
import { keptFiles } from '../../../engine/record/kept-files.ts';
import type { RecordedEvent } from '../../../run/event.ts';

/** An output of an attempt. */
export interface OutputFile {
  /** Says which it is in an address. */
  readonly name: string;
  /** Whose it is, in words; small outputs lie in one file. */
  readonly label: string;
  readonly bytes: number;
}

/** Outputs in the order in which they were written. */
export function outputFiles(folder: RunFolder, history: readonly RecordedEvent[]): readonly OutputFile[] {
  const whose = new Map<string, Set<string>>();
  for (const { output, whose: one } of keptFiles(history).outputs)
    whose.set(output.file, (whose.get(output.file) ?? new Set()).add(one));
  return [...whose].flatMap(([file, those]): OutputFile[] => {
    const bytes = sizeOf(join(folder.path, file));
    return bytes === undefined ? [] : [{ name: file, label: [...those].join(', '), bytes }];
  });
}

/** One of these outputs from its beginning, as far as it has come; undefined for any other name. */
export function outputStream(
  folder: RunFolder,
  outputs: readonly OutputFile[],
  name: string,
): ReadableStream<Uint8Array> | undefined {
  // Names that nobody has recorded, or writes now, lead nowhere.
  if (!outputs.some((output) => output.name === name)) return undefined;
  return Readable.toWeb(createReadStream(join(folder.path, name))) as ReadableStream<Uint8Array>;
}
