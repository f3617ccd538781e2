// Owns how Node finds what a block requires or imports.

/**
 * Text of a CommonJS module that stands in the folder of the blocks' files: what those files name is looked for from
 * the working folder, as if they stood there. It is handed on to workers and forks, which Node gives its own options.
 */
export const resolveFromWorkingFolder = `'use strict';
const Module = require('module');
const { readFileSync } = require('fs');
const { join, sep } = require('path');
const { pathToFileURL } = require('url');
const folder = process.cwd();
const isBlock = (file) => typeof file === 'string' && file.startsWith(__dirname + sep);
const resolve = Module._resolveFilename;
const place = new Module(join(folder, '[block]'), null);
place.filename = place.id;
place.paths = Module._nodeModulePaths(folder);
Module._resolveFilename = function (request, parent, ...rest) {
  return resolve.call(this, request, parent && isBlock(parent.filename) ? place : parent, ...rest);
};
const blocks = pathToFileURL(__dirname + sep).href;
const base = pathToFileURL(folder + sep).href;
const from = (context) =>
  context.parentURL && context.parentURL.startsWith(blocks) ? { ...context, parentURL: base } : context;
const imports = () => {
  const main = process.argv[1];
  return isBlock(main) && (/[.]m[jt]s$/.test(main) || /\\bimport\\b/.test(readFileSync(main, 'utf8')));
};
if (Module.registerHooks)
  Module.registerHooks({ resolve: (specifier, context, next) => next(specifier, from(context)) });
// Costs a thread.
else if (Module.register && imports())
  Module.register(
    'data:text/javascript,' +
      encodeURIComponent(
        'const blocks = ' + JSON.stringify(blocks) + ', base = ' + JSON.stringify(base) +
          '; const from = ' + from + '; export const resolve = (s, context, next) => next(s, from(context));',
      ),
  );
`;
