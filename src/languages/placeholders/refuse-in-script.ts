// Owns which placeholders in code of script languages are refused, and what to write in their place.

import type { FoundPlaceholder } from '../found-placeholder.ts';
import { type Filling, pieceAt } from './filling.ts';

interface ScriptSyntax {
  /** What a comment begins with. */
  readonly comments: readonly string[];
  readonly variable: (name: string) => string;
}

const script: ScriptSyntax = { comments: ['//'], variable: (name) => `process.env.${name}` };

/** By the canonical name of the language. */
const scripts: Readonly<Record<string, ScriptSyntax>> = {
  python: { comments: ['#'], variable: (name) => `os.environ["${name}"]` },
  node: script,
  typescript: script,
  ruby: { comments: ['#'], variable: (name) => `ENV.fetch("${name}")` },
  perl: { comments: ['#'], variable: (name) => `$ENV{${name}}` },
  php: { comments: ['//', '#'], variable: (name) => `getenv("${name}")` },
  lua: { comments: ['--'], variable: (name) => `os.getenv("${name}")` },
};

/** Refuses every placeholder of the code but those in comments; `label` is how the language is called there. */
export function refuseInScript(
  code: string,
  placeholders: readonly FoundPlaceholder[],
  label: string,
  id: string | undefined,
): Filling {
  const syntax = id === undefined ? undefined : scripts[id];
  const pieces = syntax === undefined ? [] : readPieces(code, syntax.comments);
  const refused = placeholders.filter((placeholder) => {
    const piece = pieceAt(pieces, placeholder.start);
    if (piece?.type === 'comment') return false;
    // `<NAME>` reads a line of a file in Perl, except in a text.
    return id !== 'perl' || piece !== undefined || !/^<\w+>$/.test(placeholder.text);
  });
  return {
    code,
    filled: [],
    problems: refused.map((placeholder) => ({
      placeholder,
      why: `stands in code of \`${label}\``,
      help: syntax
        ? `write \`${syntax.variable(placeholder.variable)}\`, and declare it: \`inputs: { ${placeholder.variable}: {} }\``
        : 'declare it as an input, and read that from the environment',
    })),
  };
}

interface Piece {
  readonly type: 'text' | 'comment';
  readonly start: number;
  readonly end: number;
}

const texts = [
  /"""(?:[^"\\]|\\[\s\S]|"(?!""))*"""/,
  /'''(?:[^'\\]|\\[\s\S]|'(?!''))*'''/,
  /"(?:[^"\\\n]|\\[\s\S])*"/,
  /'(?:[^'\\\n]|\\[\s\S])*'/,
  /`(?:[^`\\]|\\[\s\S])*`/,
];

/** Texts and comments in their order, as far as the code is clear: behind quotes that do not end there are none. */
function readPieces(code: string, comments: readonly string[]): readonly Piece[] {
  const text = texts.map(({ source }) => source).join('|');
  const pattern = new RegExp(
    `(?<comment>(?:${comments.join('|')})[^\\n]*)|(?<text>${text})|["'\`][\\s\\S]*`,
    'g',
  );
  return [...code.matchAll(pattern)].flatMap(({ 0: all, index: start, groups }): readonly Piece[] => {
    const type = groups?.comment !== undefined ? 'comment' : groups?.text !== undefined ? 'text' : undefined;
    return type === undefined ? [] : [{ type, start, end: start + all.length }];
  });
}
