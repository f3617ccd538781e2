// Owns what is changed in other people's packages on their way into the bundle.
import { readFile } from 'node:fs/promises';

/** Ink asks for its developer tools only where DEV=true; they are not shipped. */
export const withoutDeveloperTools = {
  name: 'without-developer-tools',
  setup(build) {
    build.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({
      contents: 'export default undefined;',
      loader: 'js',
    }));
  },
};

/** What string-width makes as soon as it is loaded, and the same made when it is needed for the first time. */
const onDemand = [
  {
    eager: 'const segmenter = new Intl.Segmenter();',
    lazy: `let madeSegmenter;
const segmenter = { segment: (text) => (madeSegmenter ??= new Intl.Segmenter()).segment(text) };`,
  },
  {
    eager: 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
    // Every emoji that Unicode recommends for interchange is one of these, or holds one of these.
    lazy: `const canBeEmoji = /[\\p{Emoji_Presentation}\\p{Emoji_Modifier}\\p{Regional_Indicator}\\u200D\\uFE0F]/u;
let madeEmoji;
const rgiEmojiRegex = {
  test: (cluster) =>
    canBeEmoji.test(cluster) && (madeEmoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(cluster),
};`,
  },
];

/**
 * string-width makes a segmenter of text and a regular expression of all emoji, which together take as long as Node
 * takes to start. They are made when the first text comes that needs them.
 */
export const widthsOnDemand = {
  name: 'widths-on-demand',
  setup(build) {
    build.onLoad({ filter: /[\\/]string-width[\\/]index\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      // Older versions of it, which other packages bring along, are as quick as they are.
      if (!contents.includes('rgiEmojiRegex')) return undefined;
      for (const { eager, lazy } of onDemand) {
        if (!contents.includes(eager)) throw new Error(`${path} has changed: it has no \`${eager}\``);
        contents = contents.replace(eager, () => lazy);
      }
      return { contents, loader: 'js' };
    });
  },
};

/**
 * What keeps Ink from being loaded at once, by file: it awaits at top level, and Yoga asks `fetch` for its own bytes,
 * which loads all of Node's HTTP client.
 */
const awaited = {
  'ink/build/reconciler.js': [
    ["await import('./devtools.js');", ''],
    ['? await loadPackageJson()', '? undefined'],
  ],
  'ink/build/index.js': [
    [
      "export { default as render } from './render.js';",
      `export { default as render } from './render.js';
export { yogaReady } from 'yoga-layout';`,
    ],
  ],
  'yoga-layout/dist/binaries/yoga-wasm-base64-esm.js': [
    ['return w||"function"!=typeof fetch?', 'return w||true?'],
  ],
  'yoga-layout/dist/src/index.js': [
    [
      `const Yoga = wrapAssembly(await loadYoga());
export default Yoga;`,
      `let Yoga;
export const yogaReady = loadYoga().then((loaded) => { Yoga = wrapAssembly(loaded); });
export { Yoga as default };`,
    ],
  ],
};

/**
 * Makes of Ink what can be CommonJS, whose compiled code is kept. Yoga, its layout, is then there when `yogaReady` is:
 * whoever loads Ink has to await that.
 */
export const inkAtOnce = {
  name: 'ink-at-once',
  setup(build) {
    for (const [file, changes] of Object.entries(awaited)) {
      const filter = new RegExp(`[\\\\/]${file.replaceAll('/', '[\\\\/]').replaceAll('.', '\\.')}$`);
      build.onLoad({ filter }, async ({ path }) => {
        let contents = await readFile(path, 'utf8');
        for (const [before, after] of changes) {
          if (!contents.includes(before)) throw new Error(`${path} has changed: it has no \`${before}\``);
          contents = contents.replace(before, () => after);
        }
        return { contents, loader: 'js' };
      });
    }
  },
};

/** commander starts programs for commands that have one each; ours have none, and Node takes long to load that part. */
export const programsOnDemand = {
  name: 'programs-on-demand',
  setup(build) {
    build.onLoad({ filter: /[\\/]commander[\\/]lib[\\/]command\.js$/ }, async ({ path }) => {
      const contents = await readFile(path, 'utf8');
      const eager = "require('node:child_process');";
      if (!contents.includes(eager)) throw new Error(`${path} has changed: it has no \`${eager}\``);
      const lazy = "{ spawn: (...args) => require('node:child_process').spawn(...args) };";
      return { contents: contents.replace(eager, () => lazy), loader: 'js' };
    });
  },
};
