// Owns the text of the file behind the command `runsheet`: it answers at once what never changes, and otherwise loads
// the tool, with the compiled code that was kept when it was built where that fits the Node that runs it.

/** Which Node compiled code is for; V8 looks again by itself, and ignores what does not fit. */
export const compiledFor = `${process.version} ${process.platform} ${process.arch}`;

/**
 * The loader, as source text, of `.cjs` files in one folder with compiled code beside them. It shares Node's own
 * table of loaded files, so that a file is loaded once, whoever asks for it.
 */
export const loader = `
function load(name, onCompiled) {
  const path = __dirname + '/' + name;
  const known = require.cache[path];
  if (known) return known.exports;
  const Module = require('node:module');
  const { readFileSync } = require('node:fs');
  const vm = require('node:vm');
  let cachedData;
  try {
    cachedData = readFileSync(path + '.cache');
  } catch {}
  let text;
  try {
    text = readFileSync(path, 'latin1');
  } catch (error) {
    // The code of the system's would be taken for one about a file of the user's.
    throw Object.assign(new Error('a part of runsheet is missing: ' + error.message), { code: 'PART_MISSING' });
  }
  const script = new vm.Script(Module.wrap(text), {
    filename: path,
    cachedData,
  });
  if (onCompiled) onCompiled(path, script);
  const module = new Module(path, null);
  module.filename = path;
  require.cache[path] = module;
  const requireFrom = (asked) => (asked.startsWith('./') ? load(asked.slice(2), onCompiled) : require(asked));
  requireFrom.importModule = (asked) => import(asked);
  script.runInThisContext().call(module.exports, module.exports, requireFrom, module, path, __dirname);
  module.loaded = true;
  return module.exports;
}
`;

/**
 * The start-up file. `answers` are texts by the arguments they answer, `needs` is the oldest Node as
 * [major, minor], `main` the name of the file that is the tool.
 */
export function startUpFile({ answers, needs: [major, minor], main }) {
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
  start();
}

// Written at once where the other end takes it: process.stdout takes longer to set up than all of this to run.
function answer(text) {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.length) written += require('node:fs').writeSync(1, bytes, written);
  } catch (error) {
    if (error.code === 'EAGAIN') process.stdout.write(bytes.subarray(written));
    else if (error.code !== 'EPIPE') {
      process.exitCode = 1;
      process.stderr.write('error: not all of the output could be written: ' + (error.code === 'ENOSPC' ? 'no space is left on the disk' : error.message) + '\\n');
    }
  }
}

function start() {
${main.endsWith('.mjs') ? `  import('./${main}');` : commonJsStart(main)}
}
${main.endsWith('.mjs') ? '' : loader}`;
}

/** The file that a thread of the tool is started with; `part` is the name of the file that does its work. */
export function threadFile(part) {
  if (part.endsWith('.mjs')) return `import('./${part}');\n`;
  return `'use strict';
if (process.version + ' ' + process.platform + ' ' + process.arch === '${compiledFor}') load('${part}');
else require('./${part}');
${loader}`;
}

function commonJsStart(main) {
  return `  if (process.version + ' ' + process.platform + ' ' + process.arch === '${compiledFor}') {
    load('${main}');
    return;
  }
  // Another Node than the one at build time: from 22.1 on it keeps compiled code by itself, given a folder. That is
  // the user's own, since what lies in it is trusted; where it cannot be written, code is compiled anew.
  const { enableCompileCache } = require('node:module');
  const { XDG_CACHE_HOME: cache, HOME: home } = process.env;
  if (enableCompileCache) {
    if (cache && cache.startsWith('/')) enableCompileCache(cache + '/runsheet');
    else if (home && home.startsWith('/')) enableCompileCache(home + '/.cache/runsheet');
  }
  require('./${main}');`;
}
