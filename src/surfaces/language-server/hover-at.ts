// Owns what an editor shows of the thing under the pointer.
import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import { allBlocks, allSteps } from '../../runbook/lint/lint-rule.ts';
import { formatDuration } from '../../runbook/regions/format-duration.ts';
import type { Block, Step, StepRule } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { ownerOf } from './names/find-definition.ts';
import { occurrenceAt } from './names/occurrences-in.ts';
import { frontMatterKeys } from './pages/front-matter-keys.ts';
import { inputWords } from './pages/input-words.ts';
import {
  lineNumberAt,
  type OpenPage,
  offsetAt,
  type Position,
  rangeOfText,
  textRangeOf,
} from './pages/open-page.ts';
import type { Workspace } from './pages/workspace.ts';
import { attributeAt } from './pages/written-groups.ts';

/** Documentation of what stands there, what a block will do, and what the diagnostics there mean. */
export function hoverAt(
  page: OpenPage,
  position: Position,
  diagnostics: readonly Diagnostic[],
  workspace: Workspace,
): Hover | undefined {
  const offset = offsetAt(page, position);
  const shown =
    ofKey(page, offset, workspace) ??
    ofAttribute(page, offset, workspace) ??
    ofInput(page, offset, workspace);
  const own = shown ?? ofBlock(page, offset);
  const meanings = diagnostics.flatMap(({ code, span }) => {
    if (span === undefined) return [];
    const [start, end] = textRangeOf(page, span);
    return start <= offset && offset <= end ? (workspace.ports.explain(code) ?? []) : [];
  });
  const parts = [...(own ? [own.text] : []), ...new Set(meanings)];
  if (parts.length === 0) return undefined;
  return {
    contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n---\n\n') },
    ...(own && { range: rangeOfText(page, own.start, own.end) }),
  };
}

interface Shown {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function ofAttribute({ groups }: OpenPage, offset: number, { ports }: Workspace): Shown | undefined {
  const found = attributeAt(groups, offset);
  if (found === undefined) return undefined;
  const { name, nameStart, nameEnd, valueEnd } = found.attribute;
  const described = ports.describe(name.replace(/\..*$/, '')).find(({ kind }) => kind === 'attribute');
  if (described === undefined) return undefined;
  const text = `${described.syntax}\n\n${described.text}`;
  return { text, start: nameStart, end: found.inValue ? valueEnd : nameEnd };
}

function ofKey({ lines }: OpenPage, offset: number, { ports }: Workspace): Shown | undefined {
  const key = frontMatterKeys(lines).find(({ start, end }) => start <= offset && offset <= end);
  if (key === undefined || key.path.length !== 1) return undefined;
  const described = ports.describe(key.path[0] ?? '').find(({ kind }) => kind === 'front matter key');
  return described && { text: `${described.syntax}\n\n${described.text}`, start: key.start, end: key.end };
}

function ofInput(page: OpenPage, offset: number, workspace: Workspace): Shown | undefined {
  const at = occurrenceAt(page, offset);
  if (at?.kind !== 'input') return undefined;
  const owner = ownerOf(page, at, workspace);
  const input = owner?.runbook.frontMatter.inputs.find(({ name }) => name === at.name);
  return input && { text: inputWords(input), start: at.start, end: at.end };
}

const rules: Readonly<Record<StepRule, string>> = {
  'step-heading': 'its heading says "Step"',
  'numbered-heading': 'its heading has a number',
  'sub-heading': 'its heading is one level down in a section',
  'list-item': 'it is an item of an ordered list',
  'code-heading': 'its heading has code',
  'code-block': 'it is a block of code with the words before it',
  section: 'it is all that its section holds',
};

/** What a run does with the block or the step whose first line is pointed at. */
function ofBlock(page: OpenPage, offset: number): Shown | undefined {
  const { runbook, lines } = page;
  const line = lines[lineNumberAt(page, offset)];
  if (line === undefined) return undefined;
  const isHere = (span: { start: number; end: number }) => {
    const [start] = textRangeOf(page, span);
    return line.start <= start && start <= line.end;
  };
  const found =
    line.kind === 'fence' ? allBlocks(runbook).find(({ block }) => isHere(block.span)) : undefined;
  if (found !== undefined)
    return { text: blockWords(found.block, found.step), start: line.start, end: line.end };
  const step = allSteps(runbook).find(({ headingSpan }) => headingSpan !== undefined && isHere(headingSpan));
  return step && { text: stepWords(step), start: line.start, end: line.end };
}

function blockWords(block: Block, step: Step): string {
  const { attributes, risk, runnable, shown } = block;
  if (!runnable) return `Shown, not run${shown === undefined ? '' : `: it is ${shown}`}.`;
  const facts = [
    `risk: \`${risk}\`${block.isRiskOfCommands ? ', as its commands say' : ''}`,
    attributes.timeoutMs === undefined ? 'no timeout' : `timeout: ${formatDuration(attributes.timeoutMs)}`,
    attributes.retries === undefined ? undefined : `retries: ${attributes.retries}`,
    attributes.when === undefined ? undefined : `only when: \`${attributes.when}\``,
    attributes.check === undefined ? undefined : `already done when: \`${attributes.check}\``,
    attributes.hosts === undefined ? undefined : `on: ${attributes.hosts.join(', ')}`,
    attributes.user === undefined ? undefined : `as: ${attributes.user}`,
    attributes.file === undefined ? undefined : `writes: \`${attributes.file}\``,
    undoWords(step),
    stepRule(step),
    ...(block.doubts ?? []).map(({ text, help }) => `in doubt: ${text}; ${help}`),
  ].filter((fact) => fact !== undefined);
  return [`**\`${block.address}\`**`, '', ...facts.map((fact) => `- ${fact}`)].join('\n');
}

function stepWords(step: Step): string {
  const facts = [
    `section: ${step.section}`,
    step.manual ? 'a person does it' : undefined,
    step.aside ? 'no run comes to it unless it is chosen by its name' : undefined,
    undoWords(step),
    stepRule(step),
    ...(step.doubts ?? []).map(({ text, help }) => `in doubt: ${text}; ${help}`),
  ].filter((fact) => fact !== undefined);
  return [`**Step \`${step.name}\`**`, '', ...facts.map((fact) => `- ${fact}`)].join('\n');
}

function undoWords({ rollback, section }: Step): string | undefined {
  if (rollback.length > 0) return `undone by: ${rollback.map(({ name }) => `\`${name}\``).join(', ')}`;
  return section === 'steps' ? 'has no undo of its own' : undefined;
}

function stepRule({ name, rule }: Step): string {
  return `\`${name}\` is a step because ${rules[rule]}`;
}
