// Owns which placeholders in code that is neither shell, SQL nor a request are refused, and what to write instead.

import type { FoundPlaceholder } from '../found-placeholder.ts';
import { type Filling, pieceAt } from './filling.ts';

/** By the canonical name of the language: how a comment begins, and the value of the environment's variable `NAME`. */
const scripts: Readonly<Record<string, readonly [comment: string, variable: string]>> = {
  python: ['#', 'os.environ["NAME"]'],
  node: ['//', 'process.env.NAME'],
  typescript: ['//', 'process.env.NAME'],
  ruby: ['#', 'ENV.fetch("NAME")'],
  perl: ['#', '$ENV{NAME}'],
  php: ['//|#', 'getenv("NAME")'],
  lua: ['--', 'os.getenv("NAME")'],
};

/** Refuses every placeholder of the code but those in comments; `label` is how the language is called there. */
export function refuseInScript(
  code: string,
  placeholders: readonly FoundPlaceholder[],
  label: string,
  id = '',
): Filling {
  const [comment, variable] = scripts[id] ?? [];
  const pieces = comment === undefined ? [] : readPieces(code, comment);
  const refused = placeholders.filter(({ start, text }) => {
    const piece = pieceAt(pieces, start);
    // `<NAME>` reads a line of a file in Perl, except in a text.
    return piece === undefined ? id !== 'perl' || !/^<\w+>$/.test(text) : !piece.isComment;
  });
  const problems = refused.map((placeholder) => {
    const { variable: name } = placeholder;
    const help = variable
      ? `write \`${variable.replace('NAME', () => name)}\`, and declare it: \`inputs: { ${name}: {} }\``
      : 'declare it as an input, and read that from the environment';
    return { placeholder, why: `is in code of \`${label}\``, help };
  });
  return { code, filled: [], problems };
}

const text =
  /"""(?:[^"\\]|\\[\s\S]|"(?!""))*"""|'''(?:[^'\\]|\\[\s\S]|'(?!''))*'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`/;

/** Texts and comments in their order, as far as the code is clear: behind quotes that do not end there are none. */
function readPieces(code: string, comment: string) {
  const pattern = new RegExp(`((?:${comment})[^\\n]*)|(${text.source})|["'\`][\\s\\S]*`, 'g');
  return [...code.matchAll(pattern)]
    .filter(([, ...groups]) => groups.some((group) => group !== undefined))
    .map(({ 0: all, 1: isIt, index: start }) => ({
      start,
      end: start + all.length,
      isComment: isIt !== undefined,
    }));
}
