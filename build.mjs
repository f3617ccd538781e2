// Owns how dist/ is made: bundles src/cli into lazily loaded chunks and writes the start-up file around them.
// It must not know what any command does.
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
const packageJson = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

/** Everything is made here and moved into place at the end, so that a failing build leaves the last good one. */
const staging = join(root, `.runsheet-tmp/dist-${process.pid}`);

// Ink asks for its developer tools only where DEV=true; they are not shipped.
const withoutDeveloperTools = {
  name: 'without-developer-tools',
  setup(context) {
    context.onResolve({ filter: /^react-devtools-core$/ }, (found) => ({
      path: found.path,
      namespace: 'empty',
    }));
    context.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({
      contents: 'export default undefined;',
      loader: 'js',
    }));
  },
};

const { metafile, outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/cli/main.ts', 'fixed-answers': 'src/cli/fixed-answers.ts' },
  outdir: staging,
  // Chunks lie beside the entry, so that `import.meta.url` means the same folder in all of them.
  chunkNames: 'chunk-[hash]',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.17',
  // The only native package. It is optional at run time and never inside a bundle.
  external: ['@lydell/node-pty'],
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  plugins: [withoutDeveloperTools],
  legalComments: 'none',
  sourcemap: false,
  metafile: true,
  write: false,
  logLevel: 'warning',
});

await rm(staging, { recursive: true, force: true });
await mkdir(staging, { recursive: true });
for (const file of outputFiles) {
  // CommonJS packages inside a chunk call `require` for Node's own modules; ESM has none until it is made.
  const needsRequire = file.text.includes('typeof require !== "undefined"');
  const prelude = needsRequire
    ? `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n`
    : '';
  await writeFile(file.path, prelude + file.text);
}

const { fixedAnswers } = await import(pathToFileURL(join(staging, 'fixed-answers.mjs')).href);
const starter = join(staging, 'runsheet.js');
await writeFile(starter, startUpFile(fixedAnswers()));
await chmod(starter, 0o755);
await rm(join(staging, 'fixed-answers.mjs'));
await writeFile(join(staging, 'package.json'), '{ "type": "commonjs" }\n');
await writeFile(join(staging, 'THIRD-PARTY-LICENSES.txt'), await thirdPartyLicenses(metafile));

await rm(dist, { recursive: true, force: true });
await rename(staging, dist);

/**
 * The file behind the command `runsheet`. It is CommonJS, because Node starts that 4 ms sooner than a module,
 * and answers what never changes (`--help`, `--version`) before anything is loaded.
 */
function startUpFile(answers) {
  const [major, minor] = packageJson.engines.node.replace('>=', '').split('.');
  const byArguments = Object.fromEntries(answers.map(({ args, text }) => [args.join('\0'), text]));
  return `#!/usr/bin/env node
'use strict';
const version = process.versions.node.split('.').map(Number);
const answers = ${JSON.stringify(byArguments, null, 1)};
const asked = process.argv.slice(2).join('\\0');

if (version[0] < ${major} || (version[0] === ${major} && version[1] < ${minor})) {
  process.stderr.write('runsheet needs Node ${major}.${minor} or newer; this is ' + process.version + '\\n');
  process.exitCode = 2;
} else if (Object.prototype.hasOwnProperty.call(answers, asked)) {
  answer(answers[asked]);
} else {
  cacheCompiledCode();
  import('./main.mjs');
}

// Written at once where the other end takes it; process.stdout alone takes longer to set up than this takes to run.
function answer(text) {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.length) written += require('node:fs').writeSync(1, bytes, written);
  } catch (error) {
    if (error.code === 'EAGAIN') process.stdout.write(bytes.subarray(written));
    else if (error.code !== 'EPIPE') throw error;
  }
}

// Node 22.1 and newer keep compiled code by themselves, given a folder; without one, or where it cannot be
// written, code is compiled anew. The folder is the user's own, since what lies in it is trusted.
function cacheCompiledCode() {
  const { enableCompileCache } = require('node:module');
  if (!enableCompileCache) return;
  const { XDG_CACHE_HOME: cache, HOME: home } = process.env;
  if (cache && cache.startsWith('/')) enableCompileCache(cache + '/runsheet');
  else if (home && home.startsWith('/')) enableCompileCache(home + '/.cache/runsheet');
}
`;
}

/** The licences of all that is inside the bundles, found from what the bundler really took. */
async function thirdPartyLicenses({ inputs }) {
  const folders = new Set();
  for (const path of Object.keys(inputs)) {
    const at = path.lastIndexOf('node_modules/');
    if (at < 0) continue;
    const rest = path.slice(at + 'node_modules/'.length).split('/');
    folders.add(path.slice(0, at) + join('node_modules', ...rest.slice(0, rest[0].startsWith('@') ? 2 : 1)));
  }
  const parts = await Promise.all([...folders].map((folder) => licenceOf(join(root, folder))));
  return [...new Set(parts.sort())].join(`\n${'-'.repeat(80)}\n\n`);
}

async function licenceOf(folder) {
  const stated = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const { name, version, author } = stated;
  // Packages from before 2014 list their licences.
  const license = stated.license ?? stated.licenses?.map(({ type }) => type).join(' OR ');
  if (typeof license !== 'string')
    throw new Error(`${name} ${version} states no licence; it cannot be bundled`);
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const by = typeof author === 'string' ? author : author?.name;
  const body = texts.length > 0 ? texts.join('\n').trim() : `Author: ${by ?? 'not stated'}`;
  return `${name} ${version}\nLicence: ${license}\n\n${body}\n`;
}
