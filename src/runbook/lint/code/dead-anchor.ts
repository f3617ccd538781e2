// Owns the warning that a link leads to a heading that the page does not have.
import { rangesAt } from '../../../basics/ranges-at.ts';
import { closestName } from '../../../text/closest-name.ts';
import { span } from '../../../text/span.ts';
import { allBlocks, type LintRule } from '../lint-rule.ts';

// A link without a text is one of MyST, whose labels are of a whole site; so are names with `:` and `/`.
const link = /(?<!\[)\]\(#([^\s()<>":/]+)\)/g;

export const deadAnchor: LintRule = {
  code: 'dead-anchor',
  severity: 'warning',
  summary: 'a link leads to a heading that the page does not have',
  explanation:
    'An operator who follows it gets nowhere. The anchor of a heading is its text in lower case, without punctuation, with `-` for spaces; it changes when the heading is renamed.',
  examples: {
    good: [
      '# T\n\nSee [the steps](#steps).\n\n## Steps\n\n```sh\ntrue\n```\n',
      '# T\n\nSee [there](#far).\n\n<a name="far"></a>\n',
      '# T\n\nWrite `[x](#none)`; see [the last run](#run-log).\n',
    ],
    bad: ['# T\n\nSee [the steps](#step).\n\n## Steps\n\n```sh\ntrue\n```\n'],
  },
  check: (runbook) => {
    const { text, toByteOffset } = runbook.source;
    if (!text.includes('](#') || /^\([\w:.-]+\)=\s*$/m.test(text)) return [];
    const blocksAt = rangesAt(allBlocks(runbook).map(({ block }) => block.span));
    const bareAnchors = new Set([...runbook.anchors.keys()].map(bare));
    for (const [, name = ''] of text.matchAll(/\b(?:id|name)=["']([^"'\s]+)["']|\{\s*#([\w-]+)/g))
      bareAnchors.add(bare(name));
    for (const [, name = ''] of text.matchAll(/\{[^{}\n]*#([\w.:-]+)[^{}\n]*\}/g))
      bareAnchors.add(bare(name));
    // Of the same length, so that places stay where they are.
    const shown = text.replace(/<!--[\s\S]*?-->/g, (comment) => ' '.repeat(comment.length));
    return [...shown.matchAll(link)].flatMap(({ index, 1: written = '' }) => {
      const start = index + '](#'.length;
      const at = span(toByteOffset(start), toByteOffset(start + written.length));
      const lineStart = text.lastIndexOf('\n', index) + 1;
      const isCode =
        blocksAt(at.start).length > 0 || (text.slice(lineStart, index).match(/`/g)?.length ?? 0) % 2 === 1;
      if (isCode || isThere(written, bareAnchors)) return [];
      const meant = closestName(written, runbook.anchors.keys());
      return [
        {
          code: deadAnchor.code,
          severity: deadAnchor.severity,
          message: `no heading of this page is \`#${written}\``,
          span: at,
          ...(meant !== undefined && { label: `did you mean \`#${meant}\`?` }),
        },
      ];
    });
  },
};

/** Code hosts and sites differ in what becomes of punctuation: only letters and digits are compared. */
function isThere(written: string, bareAnchors: ReadonlySet<string>): boolean {
  // A run writes its log at the end of the page.
  if (/^(?:run-log$|top$|user-content-|fn|:~:)/.test(written)) return true;
  return bareAnchors.has(bare(decoded(written)));
}

function bare(anchor: string): string {
  return anchor.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
