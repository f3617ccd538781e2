// Owns masking what a block has printed before it was known that it is a secret.
import type { Redactor } from '../../run/masking/redactor.ts';
import { FileOutput, type OutputStore } from '../output/output-store.ts';
import type { OutputStream } from '../output/output-stream.ts';
import { readStoredOutput } from '../output/read-stored-output.ts';

/** Where a stored output is, and where it is to be when it has to be masked once more; both relative to `runFolder`. */
export interface MaskAgainOptions {
  readonly runFolder: string;
  readonly file: string;
  readonly redactor: Redactor;
}

/** The output, closed, as it may be kept: the same one where nothing in it is a secret, else a new one; the old is gone. */
export function maskAgain(store: OutputStore, { runFolder, file, redactor }: MaskAgainOptions): OutputStore {
  if (!(store instanceof FileOutput) || store.summary.file === undefined) return store;
  const { stdoutBytes, stderrBytes } = store.summary;
  let left = stdoutBytes + stderrBytes;
  // A mask is shorter than what it stands for.
  for (const { bytes } of maskedPieces(runFolder, store, redactor)) left -= bytes.length;
  if (left === 0) return store;
  const again = new FileOutput(runFolder, file);
  for (const { stream, bytes } of maskedPieces(runFolder, store, redactor)) again.append(stream, bytes);
  again.close();
  store.discard();
  return again;
}

function* maskedPieces(runFolder: string, { summary }: FileOutput, redactor: Redactor) {
  const streams = { stdout: redactor.createStream(), stderr: redactor.createStream() };
  for (const { stream, bytes } of readStoredOutput(runFolder, summary))
    yield { stream, bytes: streams[stream].push(bytes) };
  for (const stream of ['stdout', 'stderr'] satisfies OutputStream[])
    yield { stream, bytes: streams[stream].flush() };
}
