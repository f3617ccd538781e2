// Owns the folder a benchmark works in, and the ways to start the built tool in it.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const tool = join(root, 'dist', 'runsheet.js');
/** A folder of caches that nothing can be written into. */
export const nothingKept = '/dev/null/cache';

/** A fresh folder with the means to fill it; `remove` when done. */
export function makeWorkplace() {
  if (!existsSync(tool)) throw new Error('dist/runsheet.js is missing: run `npm run build` first');
  const folder = mkdtempSync(join(tmpdir(), 'runsheet-bench-'));
  const write = (name, text) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  return {
    folder,
    write,
    /** An unattended run of `text` as a runbook that is written anew before each call, with a state folder as new. */
    run(name, text, options = []) {
      const path = join(folder, name);
      const state = join(folder, `state-${name}`);
      return {
        path,
        state,
        command: process.execPath,
        args: [tool, 'run', path, '--yes', '--surface', 'plain', '--state-dir', state, ...options],
        before() {
          writeFileSync(path, text);
          rmSync(state, { recursive: true, force: true });
          mkdirSync(state, { mode: 0o700 });
        },
      };
    },
    /** A program beside this file, made into one file that Node runs. */
    async program(name) {
      const outfile = join(folder, name.replace(/\.\w+$/, '.cjs'));
      await build({
        absWorkingDir: root,
        entryPoints: [join('bench', name)],
        outfile,
        bundle: true,
        platform: 'node',
        format: 'cjs',
        target: 'node20.17',
        logLevel: 'warning',
      });
      return outfile;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
