// Owns the making of small programs out of our own TypeScript, so that a test can start them as real processes.
import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the program at `source` into `folder` and gives the path that `node` runs. */
export async function builtScript(source: URL, folder: string): Promise<string> {
  const outfile = join(folder, 'program.mjs');
  await build({
    entryPoints: [source.pathname],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.17',
    logLevel: 'warning',
    // CommonJS packages inside ask for `require`, which a module does not have.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return outfile;
}
