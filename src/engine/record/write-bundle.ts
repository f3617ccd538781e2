// Owns putting a run into one file for another machine.
import { lstatSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  nodeFileOperations as files,
  removeIfPossible,
  syncFolder,
  withDescriptor,
  writeFully,
} from '../files/file-operations.ts';
import type { RunFolder } from '../journal/run-folder.ts';
import { type BundlePart, isPartName, renderHead, staysBehind } from './bundle-head.ts';
import { digestOfFile } from './digest-of-file.ts';

/** A file of a run's folder that none of ours is, so that it is not known what it would do elsewhere. */
export class StrangeFile extends Error {
  override readonly name = 'StrangeFile';
}

const chunkBytes = 1024 * 1024;

/**
 * Writes the bundle, for its owner alone, and puts it in place as the last thing, once `beforeItIsThere` is done. The
 * caller holds the run's lock. Throws `StrangeFile`, or the system's errors: EEXIST where the file is there already.
 */
export function writeBundle(
  folder: RunFolder,
  path: string,
  { from, at, beforeItIsThere }: { from: string; at: string; beforeItIsThere: () => void },
): void {
  const parts = partsBelow(folder.path).map((name): BundlePart => {
    const digest = digestOfFile(files, join(folder.path, name));
    if (digest === undefined) throw new StrangeFile(`\`${name}\` of the run cannot be read`);
    return { name, bytes: Number(files.stat(join(folder.path, name))?.size ?? 0), digest };
  });
  const draft = `${path}.part`;
  const target = files.open(draft, 'wx', 0o600);
  try {
    withDescriptor(files, target, () => {
      const head = renderHead({ run: folder.id, from, at, parts });
      writeFully(files, target, head, 0);
      let end = head.length;
      for (const { name } of parts) end = copyTo(target, end, join(folder.path, name));
      files.sync(target);
    });
    beforeItIsThere();
    files.link(draft, path);
  } finally {
    removeIfPossible(files, draft);
  }
  syncFolder(files, dirname(path));
}

/** Names of the files that go along, in order. */
function partsBelow(root: string, below = ''): readonly string[] {
  return readdirSync(join(root, below))
    .sort()
    .flatMap((entry) => {
      const name = below === '' ? entry : `${below}/${entry}`;
      if (staysBehind(name)) return [];
      const stats = lstatSync(join(root, name));
      if (stats.isDirectory()) return partsBelow(root, name);
      if (!stats.isFile() || !isPartName(name))
        throw new StrangeFile(`\`${name}\` in the folder of the run is no file that a run keeps`);
      return [name];
    });
}

function copyTo(target: number, at: number, path: string): number {
  return withDescriptor(files, files.open(path, 'r'), (source) => {
    const chunk = new Uint8Array(chunkBytes);
    let position = 0;
    for (;;) {
      const count = files.read(source, chunk, position);
      if (count === 0) return at + position;
      writeFully(files, target, chunk.subarray(0, count), at + position);
      position += count;
    }
  });
}
