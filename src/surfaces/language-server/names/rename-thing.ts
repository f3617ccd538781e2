// Owns renaming a step, an input or a handler wherever it is named.
import type { Range, TextEdit } from 'vscode-languageserver-types';
import { readAddress, readVariable } from '../../../runbook/attributes/attribute-reading.ts';
import { allBlocks, allSteps } from '../../../runbook/lint/lint-rule.ts';
import { attributeEdit } from '../pages/attribute-edit.ts';
import { lineNumberAt, type OpenPage, offsetAt, type Position, rangeOfText } from '../pages/open-page.ts';
import type { Workspace } from '../pages/workspace.ts';
import { bareNames } from './bare-names.ts';
import { type FoundOccurrence, occurrencesOf, ownerOf } from './find-definition.ts';
import type { Occurrence } from './occurrence.ts';
import { occurrenceAt } from './occurrences-in.ts';

/** What would be renamed at a position, and what it is called; undefined where nothing can be. */
export function renamedAt(
  page: OpenPage,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | undefined {
  const at = occurrenceAt(page, offsetAt(page, position));
  if (at === undefined || !['step', 'input', 'handler'].includes(at.kind)) return undefined;
  return { range: rangeOfText(page, at.start, at.end), placeholder: at.name };
}

/** The changes of each page by its address, or why there are none. */
export type Renaming =
  | { readonly changes: Readonly<Record<string, TextEdit[]>> }
  | { readonly refusal: string };

/** Renames what stands at a position, in its page and in those that link to it. */
export function renameThing(page: OpenPage, position: Position, to: string, workspace: Workspace): Renaming {
  const at = occurrenceAt(page, offsetAt(page, position));
  const owner = at && ownerOf(page, at, workspace);
  if (at === undefined || owner === undefined || renamedAt(page, position) === undefined)
    return { refusal: 'there is nothing with a name here' };
  const refusal = whyNot(owner, at, to);
  if (refusal !== undefined) return { refusal };
  const found = occurrencesOf(owner, at, workspace);
  const left = at.kind === 'step' ? undefined : whatIsLeft(owner, at, found);
  if (left !== undefined) return { refusal: left };
  const changes: Record<string, TextEdit[]> = {};
  for (const { page: of, occurrence } of found) {
    // The words of a heading, and links to its anchor, are no name of ours.
    if (occurrence.as === 'heading' || (occurrence.as === 'anchor' && isAnchorOfHeading(owner, at.name)))
      continue;
    const range = rangeOfText(of, occurrence.start, occurrence.end);
    changes[of.uri] = [...(changes[of.uri] ?? []), { range, newText: to }];
  }
  const heading = found.find(({ occurrence }) => occurrence.as === 'heading')?.occurrence;
  if (heading !== undefined) {
    const edit = attributeEdit(owner, lineNumberAt(owner, heading.start), `name=${to}`);
    changes[owner.uri] = [...(changes[owner.uri] ?? []), edit];
  }
  if (Object.keys(changes).length === 0)
    return { refusal: `nothing in the page says that it is \`${at.name}\`` };
  return { changes };
}

/** What would go on with the old name, so that the page would not be what it was. */
function whatIsLeft(
  owner: OpenPage,
  { kind, name }: Occurrence,
  found: readonly FoundOccurrence[],
): string | undefined {
  if (!found.some(({ page, occurrence }) => page === owner && occurrence.as === 'definition'))
    return `the place that declares \`${name}\` is not found`;
  if (kind !== 'input') return undefined;
  const unsure = bareNames(owner.lines, new Set([name])).find(({ isSure }) => !isSure);
  return unsure === undefined
    ? undefined
    : `line ${lineNumberAt(owner, unsure.start) + 1} holds \`${name}\`, which may be the variable or a word like any other: change that line first`;
}

function whyNot(owner: OpenPage, { kind, name }: Occurrence, to: string): string | undefined {
  if (to === name) return 'that is its name already';
  const { runbook } = owner;
  if (kind === 'input') {
    const { inputs, env } = runbook.frontMatter;
    if (!inputs.some((input) => input.name === name)) return `\`${name}\` is not an input of the page`;
    const reading = readVariable(to);
    if (!reading.ok) return `an input has ${reading.error}`;
    const isTaken = inputs.some((input) => input.name === to) || to in env;
    return isTaken ? `the page has a variable \`${to}\` already` : undefined;
  }
  const reading = readAddress(to);
  if (!reading.ok) return `it has to be ${reading.error}`;
  if (kind === 'handler')
    return to in (runbook.frontMatter.handlers ?? {})
      ? `the page has a handler \`${to}\` already`
      : undefined;
  return whyNotStep(owner, name, to);
}

function whyNotStep({ runbook, source }: OpenPage, name: string, to: string): string | undefined {
  const steps = allSteps(runbook);
  const names = [...steps.map((step) => step.name), ...allBlocks(runbook).map(({ block }) => block.address)];
  if (names.some((one) => one === to)) return `the page has a step \`${to}\` already`;
  const link = steps.find((step) => step.name === name)?.parts.some(({ type }) => type === 'runbook-link');
  const variable = `${name.replace(/[^\p{L}\p{N}_]/gu, '_')}_`;
  return link && new RegExp(`\\b${variable}[A-Za-z_]`).test(source.text)
    ? `its outputs are called \`${variable}…\`, which would be other variables: write \`\${${name}.NAME}\` first`
    : undefined;
}

function isAnchorOfHeading({ runbook }: OpenPage, name: string): boolean {
  return runbook.anchors.has(name);
}
