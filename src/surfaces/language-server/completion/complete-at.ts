// Owns what is offered while a page is being typed.
import { dirname, relative, sep } from 'node:path';
import { type CompletionItem, CompletionItemKind, MarkupKind } from 'vscode-languageserver-types';
import { runnableLabels } from '../../../languages/languages.ts';
import { allBlocks, allSteps } from '../../../runbook/lint/lint-rule.ts';
import { inputWords } from '../pages/input-words.ts';
import { type OpenPage, offsetAt, type Position, rangeOfText } from '../pages/open-page.ts';
import type { Workspace } from '../pages/workspace.ts';
import { attributeItems, valueItems } from './attribute-items.ts';
import { type CompletionPlace, completionPlace } from './completion-place.ts';
import { keyItems, keyValueItems } from './key-items.ts';

/** The items that fit at a position; each replaces what is typed of it. */
export function completeAt(
  page: OpenPage,
  position: Position,
  workspace: Workspace,
): readonly CompletionItem[] {
  const offset = offsetAt(page, position);
  const place = completionPlace(page, offset);
  if (place === undefined) return [];
  const range = rangeOfText(page, offset - place.typed.length, offset);
  return itemsOf(page, place, workspace).map(({ insertText, ...item }) => ({
    ...item,
    textEdit: { range, newText: insertText ?? item.label },
  }));
}

function itemsOf(page: OpenPage, place: CompletionPlace, workspace: Workspace): readonly CompletionItem[] {
  switch (place.type) {
    case 'language':
      return languageItems(page);
    case 'attribute':
      return attributeItems(page, place, workspace);
    case 'value':
      return valueItems(page, place.attribute, workspace);
    case 'key':
      return keyItems(page, place.path, workspace);
    case 'key-value':
      return keyValueItems(page, place.path, workspace);
    case 'variable':
      return variableItems(page);
    case 'step':
      return stepItems(workspace.linked(page, place.target));
    case 'anchor':
      return anchorItems(workspace.linked(page, place.target));
    case 'page':
      return pageItems(page, workspace);
  }
}

function languageItems({ runbook }: OpenPage): readonly CompletionItem[] {
  const own = Object.keys(runbook.frontMatter.interpreters);
  const labels = [...runnableLabels(), ...own, 'text', 'output'];
  return [...new Set(labels)].map((label) => ({
    label,
    kind: CompletionItemKind.EnumMember,
    detail: label === 'text' ? 'only shown' : label === 'output' ? 'what the block above prints' : 'run',
  }));
}

function variableItems({ runbook }: OpenPage): readonly CompletionItem[] {
  const inputs = runbook.frontMatter.inputs.map(
    (input): CompletionItem => ({
      label: input.name,
      kind: CompletionItemKind.Variable,
      detail: input.placeholder ? 'asked for' : 'input',
      documentation: { kind: MarkupKind.Markdown, value: inputWords(input) },
    }),
  );
  const captured = allBlocks(runbook).flatMap(({ block }) =>
    (block.attributes.captures ?? []).map(
      ({ name }): CompletionItem => ({
        label: name,
        kind: CompletionItemKind.Variable,
        detail: `captured by ${block.address}`,
      }),
    ),
  );
  const set = Object.keys(runbook.frontMatter.env).map(
    (label): CompletionItem => ({
      label,
      kind: CompletionItemKind.Variable,
      detail: 'env',
    }),
  );
  const items = [...inputs, ...captured, ...set];
  return items.filter(({ label }, index) => items.findIndex((one) => one.label === label) === index);
}

function stepItems(page: OpenPage | undefined): readonly CompletionItem[] {
  const steps = page === undefined ? [] : allSteps(page.runbook);
  return steps.map(({ name, title, section }) => ({
    label: name,
    kind: CompletionItemKind.Reference,
    detail: `${section}: ${title}`,
  }));
}

function anchorItems(page: OpenPage | undefined): readonly CompletionItem[] {
  const { runbook } = page ?? {};
  if (runbook === undefined) return [];
  const anchors = [...runbook.anchors].map(([label, { title }]) => ({ label, detail: title }));
  const steps = allSteps(runbook).map(({ name, title }) => ({ label: name as string, detail: title }));
  const others = steps.filter(({ label }) => !runbook.anchors.has(label));
  return [...anchors, ...others].map((item) => ({ ...item, kind: CompletionItemKind.Reference }));
}

function pageItems(page: OpenPage, { folders, ports }: Workspace): readonly CompletionItem[] {
  const own = dirname(page.path);
  const paths = new Set((folders.length > 0 ? folders : [own]).flatMap((folder) => ports.pagesBelow(folder)));
  paths.delete(page.path);
  return [...paths].map((path) => {
    const label = relative(own, path).split(sep).join('/');
    return { label, kind: CompletionItemKind.File, insertText: encodeURI(label) };
  });
}
