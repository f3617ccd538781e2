// Owns telling whether a file beside a journal is what the journal says.
import type { FileOperations } from '../files/file-operations.ts';
import { digestOfFile, type Part } from './digest-of-file.ts';
import { damage, type RecordFlaw } from './record-flaw.ts';

/** Whether the file is what was recorded; the flaw says what it is not. */
export function compareFile(
  files: FileOperations,
  { path, name, what }: { readonly path: string; readonly name: string; readonly what: string },
  recorded: string,
  part?: Part,
): readonly RecordFlaw[] {
  const found = digestOfFile(files, path, part);
  if (found === recorded) return [];
  return [damage(found === undefined ? `\`${name}\` is gone: ${what}` : `\`${name}\` is not ${what}`)];
}
