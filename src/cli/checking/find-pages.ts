// Owns which pages are checked: those that are named, and the Markdown files below folders that are named.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { errorMessage } from '../../basics/coded-error.ts';
import { findMarkdown } from '../../engine/disk/find-markdown.ts';
import { visibleText } from '../../text/visible-text.ts';

/** Pages in the order in which they were named, each once. */
export interface FoundPages {
  readonly paths: readonly string[];
  /** Those that were named themselves. */
  readonly named: ReadonlySet<string>;
  /** What could not be looked into, a line each. */
  readonly problems: readonly string[];
}

/** Looks for pages; a name that is there for nothing is taken for a page, which reading it tells. */
export function findPages(names: readonly string[]): FoundPages {
  const paths = new Map<string, string>();
  const named = new Set<string>();
  const problems: string[] = [];
  for (const name of names) {
    if (!isFolder(name)) {
      const why = whyNoMarkdown(name);
      if (why !== undefined) {
        problems.push(why);
        continue;
      }
      named.add(paths.get(resolve(name)) ?? name);
      if (!paths.has(resolve(name))) paths.set(resolve(name), name);
      continue;
    }
    try {
      const found = findMarkdown(name, (folder) => {
        problems.push(`cannot read the folder \`${visibleText(folder)}\``);
      });
      for (const path of found) if (!paths.has(resolve(path))) paths.set(resolve(path), path);
    } catch (error) {
      problems.push(`cannot read the folder \`${visibleText(name)}\`: ${errorMessage(error, name)}`);
    }
  }
  return { paths: [...paths.values()], named, problems };
}

/** Forms that `pandoc` reads, by the ends of their names. */
const convertible: Readonly<Record<string, string>> = {
  ...{ org: 'org', rst: 'rst', ipynb: 'ipynb', textile: 'textile', html: 'html', docx: 'docx' },
  ...{ wiki: 'mediawiki', mediawiki: 'mediawiki' },
};
const noMarkdown =
  /\.(org|rst|ipynb|textile|html|docx|wiki|mediawiki|adoc|asciidoc|ya?ml|json|toml|ini|sh|py|rb)$/i;

/** Read as Markdown it would hold nothing, of which nothing can be wrong. */
function whyNoMarkdown(name: string): string | undefined {
  const end = noMarkdown.exec(name)?.[1]?.toLowerCase();
  if (end === undefined || statSync(name, { throwIfNoEntry: false }) === undefined) return undefined;
  const from = convertible[end];
  const way =
    from === undefined ? '' : `; \`pandoc -f ${from} -t gfm ${visibleText(name)}\` makes some of it`;
  return `\`${visibleText(name)}\` is no Markdown, and was not checked${way}`;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
