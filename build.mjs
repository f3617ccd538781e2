// Owns how dist/ is made: bundles src/cli into parts that are loaded when they are needed, and writes the start-up
// file before them.
import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import {
  inkAtOnce,
  programsOnDemand,
  widthsOnDemand,
  withoutDeveloperTools,
} from './scripts/build/bundle-plugins.mjs';
import { keepCompiledCode } from './scripts/build/keep-compiled-code.mjs';
import { startUpFile, threadFile } from './scripts/build/start-up-file.mjs';
import { thirdPartyLicenses } from './scripts/build/third-party-licenses.mjs';
import { toCommonJs } from './scripts/build/to-commonjs.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
const { engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

/**
 * Made parts of their own, which are loaded when they are first used: runbooks without front matter need neither the
 * parser of YAML nor the schema of front matter. The next two are what all need of the second; runs of shell blocks
 * need no execa, most pages hold no TypeScript and are started by no event, most folders have no configuration, and a list
 * of pages that have not changed needs nothing of what understands them. A page that is kept as it was read is planned
 * without that, too.
 */
const apart = {
  'yaml-places': 'src/runbook/front-matter/read-yaml.ts',
  'front-matter-schema': 'src/runbook/front-matter/front-matter-schema.ts',
  duration: 'src/runbook/parse-duration.ts',
  model: 'src/runbook/runbook.ts',
  upkeep: 'src/runbook/front-matter/upkeep.ts',
  configuration: 'src/runbook/front-matter/configuration.ts',
  'read-configuration': 'src/runbook/front-matter/read-configuration.ts',
  execa: 'execa',
  'strip-types': 'src/engine/interpreters/strip-types.ts',
  'check-expression': 'src/runbook/front-matter/triggers/check-expression.ts',
  'next-cron-time': 'src/runbook/front-matter/triggers/next-cron-time.ts',
  'read-triggers': 'src/runbook/front-matter/triggers/read-triggers.ts',
  'expand-links': 'src/run/links/expand-links.ts',
  'plan-needs': 'src/run/planning/plan-needs.ts',
};

/** Everything is made here and moved into place at the end, so that a failing build leaves the last good one. */
const staging = join(root, `.runsheet-tmp/dist-${process.pid}`);

const { metafile, outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: {
    main: 'src/cli/main.ts',
    'check-worker': 'src/cli/check-worker.ts',
    'skim-worker': 'src/cli/skim-worker.ts',
    'rule-worker': 'src/cli/events/rule-worker.ts',
    'fixed-answers': 'src/cli/fixed-answers.ts',
    ...apart,
  },
  outdir: staging,
  // All parts lie in one folder, so that a path relative to one of them means the same in all.
  chunkNames: 'chunk-[hash]',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.17',
  // The native packages, and what only a fleet has. They are optional at run time and never inside a bundle.
  external: ['@lydell/node-pty', 'libsql', '@dbos-inc/dbos-sdk', 'pg'],
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  plugins: [withoutDeveloperTools, inkAtOnce, widthsOnDemand, programsOnDemand],
  legalComments: 'none',
  sourcemap: false,
  metafile: true,
  write: false,
  logLevel: 'warning',
});

await rm(staging, { recursive: true, force: true });
await mkdir(staging, { recursive: true });
const files = await toCommonJs(outputFiles);
for (const [name, text] of files) await writeFile(join(staging, name), text);

const answersFile = join(staging, 'fixed-answers.cjs');
const { fixedAnswers } = createRequire(import.meta.url)(answersFile);
await rm(answersFile);
// Only the parts behind these names are used.
for (const name of Object.keys(apart)) await rm(join(staging, `${name}.cjs`));

const main = files.has('main.cjs') ? 'main.cjs' : 'main.mjs';
if (main === 'main.mjs')
  console.warn('src/cli/main.ts, or what it imports, awaits at top level: starts are slower');
const needs = engines.node.replace('>=', '').split('.');
const starter = join(staging, 'runsheet.js');
await writeFile(starter, startUpFile({ answers: fixedAnswers(), needs, main }));
await chmod(starter, 0o755);
for (const thread of ['check-worker', 'skim-worker', 'rule-worker']) {
  const part = files.has(`${thread}.cjs`) ? `${thread}.cjs` : `${thread}.mjs`;
  await writeFile(join(staging, `${thread}.js`), threadFile(part));
}
// What is kept of pages holds for the very code that has read them.
const buildId = createHash('sha256');
for (const name of [...files.keys()].sort()) buildId.update(`${name}\0`).update(files.get(name));
const described = { type: 'commonjs', build: buildId.digest('hex').slice(0, 32) };
await writeFile(join(staging, 'package.json'), `${JSON.stringify(described)}\n`);
await writeFile(join(staging, 'THIRD-PARTY-LICENSES.txt'), await thirdPartyLicenses(root, metafile));

await rm(dist, { recursive: true, force: true });
await rename(staging, dist);
if (main === 'main.cjs') await keepCompiledCode(dist, main);
