// Owns the making of the tool with a clock that stands still, for screens that are compared.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { repositoryRoot } from '../../e2e/rig.ts';

const stillClock: Plugin = {
  name: 'still-clock',
  setup(build) {
    build.onResolve({ filter: /\/system-clock\.ts$/ }, () => ({
      path: join(import.meta.dirname, 'still-clock.ts'),
    }));
    // Only developers of Ink have this one.
    build.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default undefined;' }));
  },
};

export interface StillTool {
  /** What Node starts. */
  readonly path: string;
  remove(): Promise<void>;
}

/** Bundles the tool with the clock of the tests. */
export async function buildStillTool(): Promise<StillTool> {
  // Below the repository, where the package that is never bundled is found.
  const parent = join(repositoryRoot, '.runsheet-tmp');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'still-tool-'));
  const path = join(folder, 'runsheet.mjs');
  await build({
    entryPoints: [join(repositoryRoot, 'src/cli/main.ts')],
    outfile: path,
    bundle: true,
    // One file, so that no part of the tool comes later than a key: what is scrolled to before all is loaded is lost.
    splitting: false,
    format: 'esm',
    platform: 'node',
    target: 'node20.17',
    external: ['@lydell/node-pty', '@dbos-inc/dbos-sdk', 'pg'],
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    plugins: [stillClock],
    logLevel: 'warning',
  });
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
