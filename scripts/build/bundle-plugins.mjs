// Owns what is changed in other people's packages on their way into the bundle. It must not know our own sources.
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

const costly = 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;';

// Every emoji that Unicode recommends for interchange is one of these, or holds one of these.
const cheap = `const canBeEmoji = /[\\p{Emoji_Presentation}\\p{Emoji_Modifier}\\p{Regional_Indicator}\\u200D\\uFE0F]/u;
let rgiEmoji;
const rgiEmojiRegex = {
  test(cluster) {
    if (!canBeEmoji.test(cluster)) return false;
    rgiEmoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v');
    return rgiEmoji.test(cluster);
  },
};`;

/**
 * string-width has a regular expression of all emoji, which takes as long to make as Node takes to start. It is made
 * when the first text comes that could hold one.
 */
export const emojiOnDemand = {
  name: 'emoji-on-demand',
  setup(build) {
    build.onLoad({ filter: /[\\/]string-width[\\/]index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!text.includes('RGI_Emoji')) return undefined;
      if (!text.includes(costly)) throw new Error(`${path} has changed: see scripts/build/bundle-plugins.mjs`);
      return { contents: text.replace(costly, () => cheap), loader: 'js' };
    });
  },
};
