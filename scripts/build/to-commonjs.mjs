// Owns the turning of the bundler's modules into CommonJS, which Node starts sooner and whose compiled code can be
// kept.
import { basename } from 'node:path';
import { transform } from 'esbuild';
import { editCode } from './edit-code.mjs';

const ownModule = /^\.\/([\w-]+)\.mjs$/;

/**
 * Takes modules that import each other as `./NAME.mjs` and gives files, name to text. Those that await at top level,
 * and those that import such a one at once, stay modules; all others become `NAME.cjs`.
 */
export async function toCommonJs(modules) {
  const texts = new Map(modules.map(({ path, text }) => [basename(path, '.mjs'), text]));
  const converted = new Map();
  for (const [name, text] of texts) converted.set(name, await convert(text));

  // Importing a module at once is not possible from CommonJS, so what does that has to be a module as well.
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, code] of converted) {
      if (code === undefined) continue;
      if (importsOf(texts.get(name)).every((needed) => converted.get(needed) !== undefined)) continue;
      converted.set(name, undefined);
      changed = true;
    }
  }

  const isModule = (name) => converted.get(name) === undefined;
  return new Map(
    [...converted].map(([name, code]) =>
      code === undefined
        ? [`${name}.mjs`, pointToCommonJs(withRequire(texts.get(name)), isModule)]
        : [`${name}.cjs`, loadOnFirstUse(code, isModule)],
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
    return prelude + inAscii(code);
  } catch (error) {
    if (/top-level await/i.test(error.message)) return undefined;
    throw error;
  }
}

/**
 * The loader reads a file byte by byte, which is quicker than as UTF-8. The bundler has escaped what stands in strings,
 * but not in patterns.
 */
function inAscii(code) {
  return code.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The modules of the bundle that a module imports at once. */
function importsOf(text) {
  const names = [];
  editCode(text, ({ type, source }) => {
    const [, name] = (type !== 'ImportExpression' && ownModule.exec(source?.value ?? '')) || [];
    if (name !== undefined) names.push(name);
  });
  return names;
}

/**
 * A command needs few of the modules that its own module names, so that each is loaded when it is used for the first
 * time. No module of the bundle does anything but make its own names when it is loaded, so that the order is free.
 */
function loadOnFirstUse(code, isModule) {
  /** Where each name is declared. */
  const declared = new Map();
  editCode(code, (node, parent) => {
    if (isLoading(node, parent)) declared.set(node.declarations[0].id.name, node.declarations[0].id.start);
  });
  return editCode(code, (node, parent, edit) => {
    if (isLoading(node, parent)) {
      const [{ id, init }] = node.declarations;
      edit(node.start, init.start, `var ${id.name}$;\nfunction ${id.name}() { return ${id.name}$ ??= `);
      edit(init.end, node.end, '; }');
    } else if (node.type === 'Identifier' && declared.has(node.name)) {
      const isKey =
        (parent.property === node || parent.key === node) && !parent.computed && !parent.shorthand;
      if (isKey || declared.get(node.name) === node.start) return;
      if (parent.type !== 'MemberExpression' && !parent.arguments?.includes(node))
        throw new Error(`\`${node.name}\` is used as no module is: it cannot be loaded on first use`);
      // In parentheses, because `new f().Class()` would make an `f`.
      edit(node.start, node.end, `(${node.name}())`);
    } else if (isRequire(node)) {
      const [asked] = node.arguments;
      if (ownModule.test(asked.value)) edit(asked.start, asked.end, asked.raw.replace('.mjs', '.cjs'));
    } else if (node.type === 'ImportExpression' && typeof node.source.value === 'string') {
      edit(node.start, node.end, importing(node.source.value, isModule));
    }
  });
}

/** `var import_NAME = require("…");`, with or without a call around it. */
function isLoading({ type, declarations }, parent) {
  if (type !== 'VariableDeclaration' || parent.type !== 'Program' || declarations.length > 1) return false;
  const [{ id, init }] = declarations;
  if (!/^import_\w+$/.test(id.name ?? '')) return false;
  return isRequire(init) || (init?.type === 'CallExpression' && init.arguments.some(isRequire));
}

function isRequire(node) {
  return (
    node?.type === 'CallExpression' &&
    node.callee.name === 'require' &&
    node.arguments.length === 1 &&
    typeof node.arguments[0].value === 'string'
  );
}

/**
 * In CommonJS: what is CommonJS as well is loaded without the detour over Node's loader of modules. Modules come by way
 * of the start-up file where that has loaded us: Node warns of every other way out of a compiled script.
 */
function importing(asked, isModule) {
  const [, name] = ownModule.exec(asked) ?? [];
  return name === undefined || isModule(name)
    ? `(require.importModule ?? ((path) => import(path)))(${JSON.stringify(asked)})`
    : `Promise.resolve().then(() => require("./${name}.cjs"))`;
}

/** In a module: imports find what has become CommonJS. */
function pointToCommonJs(code, isModule) {
  return editCode(code, ({ source }, _, edit) => {
    const [, name] = ownModule.exec(source?.value ?? '') ?? [];
    if (name !== undefined && !isModule(name)) edit(source.start, source.end, `"./${name}.cjs"`);
  });
}

/** CommonJS packages inside a module call `require` for Node's own modules; a module has none until it is made. */
function withRequire(code) {
  if (!code.includes('typeof require !== "undefined"')) return code;
  return `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n${code}`;
}
