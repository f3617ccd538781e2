// Owns what is said of front matter that is written in TOML.
import type { Diagnostic } from '../../text/diagnostic.ts';
import { span } from '../../text/span.ts';
import { frontMatterKeys } from './front-matter-schema.ts';

/** Keys that sites have as well, and that guard nothing. */
export const keysOfSites: ReadonlySet<string> = new Set(['title', 'description', 'tags', 'owner']);

/** Hugo's `+++` lines: nothing between them is read, which is an error where a key there would guard something. */
export function tomlFrontMatter(
  text: string,
  toByteOffset: (offset: number) => number,
): Diagnostic | undefined {
  const written = /^\+\+\+[ \t]*\r?\n([\s\S]*?)\r?\n\+\+\+[ \t]*(?:\r?\n|$)/.exec(text)?.[1];
  if (written === undefined) return undefined;
  const keys = [...written.matchAll(/^[ \t]*\[{0,2}([A-Za-z][\w-]*)/gm)].map((match) => match[1] ?? '');
  const lost = keys.find((key) => frontMatterKeys.includes(key) && !keysOfSites.has(key));
  return {
    code: 'front-matter-yaml',
    severity: lost === undefined ? 'hint' : 'error',
    message:
      lost === undefined
        ? 'front matter between `+++` lines is TOML, and is not read'
        : `front matter between \`+++\` lines is TOML and not read, so that \`${lost}\` has no effect`,
    span: span(toByteOffset(0), toByteOffset(3)),
    help: 'write it as YAML between `---` lines',
  };
}
