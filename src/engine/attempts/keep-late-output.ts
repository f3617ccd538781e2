// Owns what is printed into the output of a block that has ended: it is kept with what the block itself has printed.
import type { AttemptResult } from '../../run/event.ts';
import { ownText, type StreamRedactor } from '../../run/masking/redactor.ts';
import type { OutputSummary } from '../../run/output-summary.ts';
import type { LeftBehind } from '../machines/machine.ts';
import { OutputMasker } from '../output/output-masker.ts';
import { FileOutput } from '../output/output-store.ts';
import { readStoredOutput } from '../output/read-stored-output.ts';

export interface LateOutputOptions {
  /** The attempt as it was recorded. */
  readonly result: AttemptResult;
  readonly runFolder: string;
  /** Relative to the run's folder: where all output of the attempt stands once there is more of it. */
  readonly file: string;
  readonly redactStream: () => StreamRedactor;
}

/** So much is kept: what nobody waits for must not fill the disk. */
export const longestLateBytes = 8 * 1024 * 1024;

/**
 * Resolves with the result as it then is when nobody prints any more, or the run gives it up; undefined where nothing
 * came.
 */
export async function keepLateOutput(
  leftBehind: LeftBehind,
  { result, runFolder, file, redactStream }: LateOutputOptions,
): Promise<AttemptResult | undefined> {
  const store = new FileOutput(runFolder, file);
  let late: OutputMasker | undefined;
  let bytes = 0;
  let dropped = 0;
  await leftBehind.follow((stream, piece, from) => {
    if (late === undefined) {
      // A file may have been tidied away meanwhile; then what comes now is all there is.
      if (result.output.file !== undefined) copyInto(store, runFolder, result);
      late = new OutputMasker({ store, redactStream, onOutput: () => {}, rawStdoutLimit: 0 });
    }
    const kept = piece.subarray(0, longestLateBytes - bytes);
    bytes += kept.length;
    dropped += piece.length - kept.length;
    late.take(stream, kept, from);
  });
  if (late === undefined) return undefined;
  late.finish();
  const words = [
    `${bytes + dropped} bytes of its output came after it had ended`,
    ...(dropped === 0 ? [] : [`the last ${dropped} of them were dropped`]),
    ...(store.failure === undefined ? [] : [`not all of it was stored: ${store.failure}`]),
  ].join('; ');
  return {
    ...result,
    output: withDropped(store.summary, dropped),
    warnings: [...result.warnings, ownText(words)],
  };
}

function withDropped(output: OutputSummary, dropped: number): OutputSummary {
  if (dropped === 0) return output;
  return { ...output, droppedBytes: (output.droppedBytes ?? 0) + dropped };
}

function copyInto(store: FileOutput, runFolder: string, { output }: AttemptResult): void {
  try {
    for (const { stream, bytes } of readStoredOutput(runFolder, output)) store.append(stream, bytes);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
  }
}
