// Owns comparing what blocks have printed, as it is stored, with what the journal says of it.
import { join } from 'node:path';
import type { FileOperations } from '../files/file-operations.ts';
import type { RunFolder } from '../journal/run-folder.ts';
import { compareFile } from './compare-file.ts';
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
  const known = kept.reduce((sum, { output }) => sum + output.stdoutBytes + output.stderrBytes, 0);
  if (size <= known) return [];
  const text = `\`${file}\` holds ${size - known} bytes that no record speaks of`;
  return [isSealed ? damage(text) : note(`${text}, as a killed process leaves them`)];
}
