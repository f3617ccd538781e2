// Owns the warning that a link of a page leads to a file that is not there.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { allBlocks, allSteps } from '../../runbook/lint/lint-rule.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { span } from '../../text/span.ts';

/** What has an ending is a file; what has none may be a page of a site, which has rules of its own. */
const target = String.raw`<?(?<target>(?:\.{1,2}\/)*[^\s()<>"'#?:{}$/][^\s()<>"'#?:{}$]*\.(?:md|markdown|png|jpe?g|gif|svg|pdf|sh|py|sql|ya?ml|json|txt|csv))(?:[#?][^\s()<>]*)?>?`;
const title = String.raw`(?:\s+["'][^"'\n]*["'])?`;
/** `[here](gone.md)`, and `[r]: gone.md` for all that say `[here][r]`; `[^1]:` is a note. */
const forms = [
  new RegExp(String.raw`\]\(${target}${title}\)`, 'gi'),
  new RegExp(String.raw`^[ >]*\[(?!\^)(?:\\.|[^\]\\\n])+\]:[ \t]*${target}${title}[ \t]*$`, 'gim'),
];

/** A warning for each link; links that are steps are errors of their own. */
export function deadLinks(runbook: Runbook): readonly Diagnostic[] {
  const { path, text, toByteOffset } = runbook.source;
  if (!/\](?:\(|:)/.test(text)) return [];
  const blocks = allBlocks(runbook).map(({ block }) => block.span);
  const steps = new Set(
    allSteps(runbook).flatMap((step) =>
      step.parts.flatMap((part) => (part.type === 'runbook-link' ? [part.link.target] : [])),
    ),
  );
  // Of the same length, so that places stay where they are.
  const shown = text.replace(/<!--[\s\S]*?-->/g, (comment) => ' '.repeat(comment.length));
  const found = forms
    .flatMap((form) => [...shown.matchAll(form)])
    .sort((one, other) => one.index - other.index);
  return found.flatMap(({ index, 0: whole, groups: { target = '' } = {} }) => {
    const start = index + whole.indexOf(target, whole.search(/\](?:\(|:)/) + 2);
    const at = span(toByteOffset(start), toByteOffset(start + target.length));
    const line = shown.slice(shown.lastIndexOf('\n', index) + 1, index);
    const isCode =
      blocks.some((block) => block.start <= at.start && at.start < block.end) ||
      (line.match(/`/g)?.length ?? 0) % 2 === 1;
    if (isCode || steps.has(target) || isThere(join(dirname(path), decoded(target)))) return [];
    return [
      {
        code: 'dead-link',
        severity: 'warning',
        message: `there is no file \`${target}\` next to this page`,
        span: at,
      },
    ];
  });
}

function isThere(path: string): boolean {
  // A name with a NUL is no name.
  return existsSync(path.replaceAll('\0', ''));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
