// Owns comparing what blocks have printed, as it is stored, with what the journal says of it.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { FileOperations } from '../files/file-operations.ts';
import type { RunFolder } from '../journal/run-folder.ts';
import { compareFile } from './compare-file.ts';
import { digestOfFile, type Part } from './digest-of-file.ts';
import type { KeptFiles, KeptOutput } from './kept-files.ts';
import { damage, note, type RecordFlaw } from './record-flaw.ts';

/** All outputs, and what stands in their files beside them. */
export function checkOutputs(
  files: FileOperations,
  folder: RunFolder,
  { outputs, sealed }: KeptFiles,
): readonly RecordFlaw[] {
  const flaws = outputs.flatMap((kept) => checkOutput(files, folder, kept));
  const shared = new Map<string, KeptOutput[]>();
  for (const kept of outputs)
    if (kept.output.at !== undefined)
      shared.set(kept.output.file, [...(shared.get(kept.output.file) ?? []), kept]);
  for (const [file, kept] of shared)
    flaws.push(
      ...checkRest(files, join(folder.path, file), file, kept, sealed[kept[0]?.process ?? 0] === true),
    );
  return flaws;
}

function checkOutput(
  files: FileOperations,
  folder: RunFolder,
  { output, whose }: KeptOutput,
): readonly RecordFlaw[] {
  const { file, at, digest, rangesDigest, stdoutBytes, stderrBytes } = output;
  const path = join(folder.path, file);
  const what = `what ${whose} printed`;
  if (digest === undefined)
    return [note(`what ${whose} printed has no digest: an earlier version has kept it`)];
  const part = at === undefined ? undefined : { at, end: at + stdoutBytes + stderrBytes };
  const ranges = `${file}.stderr`;
  return [
    ...compareFile(files, { path, name: file, what }, digest, part),
    ...(rangesDigest === undefined
      ? []
      : compareFile(
          files,
          { path: `${path}.stderr`, name: ranges, what: `what ${whose} printed where` },
          rangesDigest,
        )),
  ];
}

/** A shared file holds outputs one behind the other, and nothing else unless its process was killed. */
function checkRest(
  files: FileOperations,
  path: string,
  file: string,
  kept: readonly KeptOutput[],
  isSealed: boolean,
): readonly RecordFlaw[] {
  const size = Number(files.stat(path)?.size ?? 0);
  const parts = kept
    .map(({ output: { at = 0, stdoutBytes, stderrBytes } }) => ({ at, end: at + stdoutBytes + stderrBytes }))
    .toSorted((one, other) => one.at - other.at);
  let unknown = 0;
  let known = 0;
  for (const { at, end } of parts) {
    if (at > known && !isBlank(files, path, { at: known, end: at })) unknown += at - known;
    known = Math.max(known, end);
  }
  unknown += Math.max(0, size - known);
  if (unknown === 0) return [];
  const text = `\`${file}\` holds ${unknown} bytes that no record speaks of`;
  return [isSealed ? damage(text) : note(`${text}, as a killed process leaves them`)];
}

/** Whether nothing stands there any more: an output that was masked afterwards is kept elsewhere. */
function isBlank(files: FileOperations, path: string, part: Required<Part>): boolean {
  const nothing = createHash('sha256')
    .update(new Uint8Array(part.end - part.at))
    .digest('hex');
  return digestOfFile(files, path, part) === nothing;
}
