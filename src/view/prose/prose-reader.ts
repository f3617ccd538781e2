// Owns what reads prose and code for a screen: loaded late, and reading each text once.
import type { Root } from 'mdast';
import type { StyledLine } from '../layout/styled-line.ts';

/** What reads Markdown and colours code; heavy, and so loaded after the first picture. */
export interface ProseReader {
  readonly parseProse: (markdown: string) => Root;
  readonly highlightCode: (code: string, language: string | undefined) => StyledLine[];
}

/** Loads the parser and the highlighter. */
export async function loadProseReader(): Promise<ProseReader> {
  const [{ parseProse }, { highlightCode }] = await Promise.all([
    import('./parse-prose.ts'),
    import('./highlight-code.ts'),
  ]);
  return { parseProse, highlightCode };
}

/** Reads each text once: pages are made anew for each picture, and a runbook holds only so many texts. */
export function remembering({ parseProse, highlightCode }: ProseReader): ProseReader {
  const trees = new Map<string, Root>();
  const colours = new Map<string, StyledLine[]>();
  return {
    parseProse: (markdown) => remember(trees, markdown, () => parseProse(markdown)),
    highlightCode: (code, language) =>
      remember(colours, `${language} ${code}`, () => highlightCode(code, language)),
  };
}

function remember<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
