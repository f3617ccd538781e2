// Owns the turning of the bundler's modules into CommonJS, which Node starts sooner and whose compiled code can be
// kept.
import { basename } from 'node:path';
import { transform } from 'esbuild';

const staticImport = /^(?:import|export)\b[^;'"]*["']\.\/([\w-]+)\.mjs["']/gm;

/**
 * Takes modules that import each other as `./NAME.mjs` and gives files, name to text. Those that await at top level,
 * and those that import such a one at once, stay modules; all others become `NAME.cjs`.
 */
export async function toCommonJs(modules) {
  const converted = new Map();
  for (const { path, text } of modules) converted.set(basename(path, '.mjs'), await convert(text));
  const texts = new Map(modules.map(({ path, text }) => [basename(path, '.mjs'), text]));

  // Importing a module at once is not possible from CommonJS, so what does that has to be a module as well.
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, code] of converted) {
      const needs = [...texts.get(name).matchAll(staticImport)].map(([, needed]) => needed);
      if (code !== undefined && needs.some((needed) => converted.get(needed) === undefined)) {
        converted.set(name, undefined);
        changed = true;
      }
    }
  }

  const isModule = (name) => converted.get(name) === undefined;
  return new Map(
    [...converted].map(([name, code]) =>
      code === undefined
        ? [`${name}.mjs`, pointToCommonJs(withRequire(texts.get(name)), isModule)]
        : [`${name}.cjs`, loadAtOnce(code, isModule)],
    ),
  );
}

/** CommonJS of a module, or `undefined` where it awaits at top level. */
async function convert(text) {
  const prelude = text.includes('import.meta.url')
    ? `const importMetaUrl = require('node:url').pathToFileURL(__filename).href;\n`
    : '';
  try {
    const { code } = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target: 'node20.17',
      define: { 'import.meta.url': 'importMetaUrl' },
      logLevel: 'silent',
    });
    return prelude + loadOnFirstUse(code);
  } catch (error) {
    if (/top-level await/i.test(error.message)) return undefined;
    throw error;
  }
}

/**
 * A command needs few of the modules that its own module names, so that each is loaded when it is used for the first
 * time. No module of the bundle does anything but make its own names when it is loaded, so that the order is free.
 */
function loadOnFirstUse(code) {
  const names = new Set();
  const lazy = code.replace(/^var (import_\w+) = (.*\brequire\("[^"]+"\).*);$/gm, (_, name, loading) => {
    names.add(name);
    return `var ${name}$;\nfunction ${name}() { return ${name}$ ??= ${loading}; }`;
  });
  // In parentheses, because `new f().Class()` would make an `f`.
  return lazy.replace(/\bimport_\w+\b(?![$(])/g, (name) => (names.has(name) ? `(${name}())` : name));
}

/**
 * In CommonJS: what is CommonJS as well is loaded without the detour over Node's loader of modules. Modules come by way
 * of the start-up file where that has loaded us: Node warns of every other way out of a compiled script.
 */
function loadAtOnce(code, isModule) {
  return code
    .replace(/\brequire\("\.\/([\w-]+)\.mjs"\)/g, 'require("./$1.cjs")')
    .replace(/\bimport\("\.\/([\w-]+)\.mjs"\)/g, (all, name) =>
      isModule(name) ? all : `Promise.resolve().then(() => require("./${name}.cjs"))`,
    )
    .replace(/\bimport\("([^"]+)"\)/g, `(require.importModule ?? ((path) => import(path)))("$1")`);
}

/** In a module: imports find what has become CommonJS. */
function pointToCommonJs(code, isModule) {
  return code.replace(/(["'])\.\/([\w-]+)\.mjs\1/g, (all, quote, name) =>
    isModule(name) ? all : `${quote}./${name}.cjs${quote}`,
  );
}

/** CommonJS packages inside a module call `require` for Node's own modules; a module has none until it is made. */
function withRequire(code) {
  if (!code.includes('typeof require !== "undefined"')) return code;
  return `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n${code}`;
}
