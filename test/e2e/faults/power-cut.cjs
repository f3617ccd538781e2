// Owns what of a few folders would be left after a power cut: what was synced, and nothing else. It knows of files and
// names only. Files are looked after from the moment they are opened for writing; folders that are made always last.
const { dirname, join } = require('node:path');

/** `real` are the true functions of `node:fs`, `backups` a folder outside of all that is looked after. */
exports.createPowerCut = (real, backups) => {
  /** What a file held when it was last synced, by its number. */
  const contents = new Map();
  /** What has to be undone to get back to the names that were synced, oldest first. */
  let names = [];
  let count = 0;

  const stat = (path) => real.statSync(path, { bigint: true, throwIfNoEntry: false });

  /** A second name for what `path` is now, so that it can be put back. */
  function keep(path) {
    if (!stat(path)) return undefined;
    count += 1;
    const kept = join(backups, String(count));
    real.linkSync(path, kept);
    return kept;
  }

  function putBack(path, kept) {
    if (kept === undefined) real.rmSync(path, { force: true });
    else real.renameSync(kept, path);
  }

  return {
    /** A file was opened for writing; `existed` tells whether it was made by that. */
    opened(path, existed) {
      const { ino } = stat(path);
      if (contents.has(ino)) return;
      contents.set(ino, existed ? real.readFileSync(path) : Buffer.alloc(0));
      if (!existed) names.push({ folder: dirname(path), undo: () => putBack(path, undefined) });
    },
    synced(path) {
      this.syncing(path)();
    },
    /** A sync begins; to be called when it is done: what came to the file meanwhile may not be there with it. */
    syncing(path) {
      const info = stat(path);
      if (info === undefined) return () => {};
      const isFolder = info.isDirectory();
      const begun = isFolder ? names.filter(({ folder }) => folder === path) : real.readFileSync(path);
      return () => {
        if (isFolder) names = names.filter((name) => !begun.includes(name));
        else contents.set(info.ino, begun);
      };
    },
    renaming(from, to) {
      const kept = real.statSync(from).isDirectory() ? undefined : keep(to);
      names.push({
        folder: dirname(to),
        undo: () => {
          if (stat(to)) real.renameSync(to, from);
          if (kept) putBack(to, kept);
        },
      });
    },
    linking(to) {
      names.push({ folder: dirname(to), undo: () => putBack(to, undefined) });
    },
    removing(path) {
      const kept = keep(path);
      if (kept) names.push({ folder: dirname(path), undo: () => putBack(path, kept) });
    },
    /** Puts everything below `folders` back; with `keepNames`, only the contents are lost. */
    happen(folders, keepNames) {
      if (!keepNames) for (const { undo } of names.reverse()) undo();
      for (const folder of folders) {
        for (const entry of real.readdirSync(folder, { recursive: true, withFileTypes: true })) {
          const path = join(entry.parentPath ?? entry.path, entry.name);
          const content = entry.isFile() ? contents.get(stat(path)?.ino) : undefined;
          if (content === undefined) continue;
          // Written in place, so that every other name of the file shows the same.
          const descriptor = real.openSync(path, 'r+');
          real.ftruncateSync(descriptor, 0);
          real.writeSync(descriptor, content, 0, content.length, 0);
          real.closeSync(descriptor);
        }
      }
    },
  };
};
