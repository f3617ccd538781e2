// Owns what is offered in the braces behind a language, a heading or a link.
import { type CompletionItem, CompletionItemKind, MarkupKind } from 'vscode-languageserver-types';
import { isBlockName, ownNames } from '../../../runbook/attributes/read-attribute.ts';
import { onFailureChoices, risks } from '../../../runbook/runbook.ts';
import { inputWords } from '../pages/input-words.ts';
import type { LanguagePorts } from '../pages/language-ports.ts';
import type { OpenPage } from '../pages/open-page.ts';
import type { Workspace } from '../pages/workspace.ts';
import type { CompletionPlace } from './completion-place.ts';

const headingNames: ReadonlySet<string> = new Set(['digest', 'choose', 'ask', 'choices']);
const flags: ReadonlySet<string> = new Set([
  'run',
  'confirm',
  'interactive',
  'background',
  'choose',
  'approve',
]);

/** Names of attributes, those that what they stand behind has a use for. */
export function attributeItems(
  page: OpenPage,
  { owner, target }: Extract<CompletionPlace, { type: 'attribute' }>,
  workspace: Workspace,
): readonly CompletionItem[] {
  const fits = (name: string) =>
    owner === 'block'
      ? !headingNames.has(name)
      : owner === 'heading'
        ? !isBlockName(name)
        : name === 'digest';
  const own = ownNames.filter(fits).map((name) => attributeItem(name, workspace.ports));
  return [...own, ...passedInputs(page, target, workspace)];
}

function attributeItem(name: string, { describe }: LanguagePorts): CompletionItem {
  const described = describe(name).find(({ kind }) => kind === 'attribute');
  return {
    label: name,
    kind: CompletionItemKind.Property,
    insertText: flags.has(name) ? name : `${name}=`,
    ...(described && {
      detail: described.syntax.replaceAll('`', ''),
      documentation: { kind: MarkupKind.Markdown, value: described.text },
    }),
  };
}

/** `with.NAME=` for each input of a linked page. */
function passedInputs(
  page: OpenPage,
  target: string | undefined,
  workspace: Workspace,
): readonly CompletionItem[] {
  const linked = target === undefined || target === '' ? undefined : workspace.linked(page, target);
  return (linked?.runbook.frontMatter.inputs ?? []).map((input) => ({
    label: `with.${input.name}`,
    kind: CompletionItemKind.Property,
    insertText: `with.${input.name}=`,
    documentation: { kind: MarkupKind.Markdown, value: inputWords(input) },
  }));
}

const yesOrNo = ['true', 'false'];
const shares = ['all', '50%', '80%', '100%'];
const durations = ['10s', '30s', '1m', '5m', '15m', '1h'];

/** Values that are the same on every page. */
const fixedValues: Readonly<Record<string, readonly string[]>> = {
  risk: risks,
  'on-failure': onFailureChoices,
  run: yesOrNo,
  interactive: yesOrNo,
  background: yesOrNo,
  errexit: yesOrNo,
  exit: ['nonzero', '0', '0,1'],
  expect: ['output'],
  insert: ['start', 'end', 'after=/', 'before=/'],
  mode: ['0644', '0600', '0640', '0755'],
  'must-pass': shares,
  'hosts-must-pass': shares,
  timeout: durations,
  interval: durations,
  estimate: durations,
};

/** Values of an attribute: those it can have, and those that the page or its configuration names. */
export function valueItems(
  page: OpenPage,
  attribute: string,
  { ports }: Workspace,
): readonly CompletionItem[] {
  const frontMatter = page.runbook.frontMatter;
  const named = (names: readonly string[], detail: string): readonly CompletionItem[] =>
    [...new Set(names)].map((label) => ({ label, detail, kind: CompletionItemKind.Value }));
  const inputs = frontMatter.inputs.map(({ name }) => name);
  const texts: Readonly<Record<string, () => readonly CompletionItem[]>> = {
    handler: () => named(Object.keys(frontMatter.handlers ?? {}), 'handler'),
    send: () => named(ports.channels(page.path), 'channel'),
    notify: () => named(ports.channels(page.path), 'channel'),
    host: () => [
      ...named(Object.keys(frontMatter.hosts), 'group of hosts'),
      ...named(Object.values(frontMatter.hosts).flat(), 'host'),
    ],
    approve: () => named(Object.keys(frontMatter.approvals), 'group of people'),
    user: () => named(usersOf(page), 'account'),
    tags: () => named([...frontMatter.tags, ...valuesOf(page, 'tags')], 'tag'),
    of: () =>
      named(
        inputs.map((name) => `$${name}`),
        'input',
      ),
    choose: () => [...named(['all'], 'all of them'), ...named(inputs, 'input')],
  };
  return [...named(fixedValues[attribute] ?? [], ''), ...(texts[attribute]?.() ?? [])].map(
    ({ detail, ...item }) => (detail ? { ...item, detail } : item),
  );
}

function usersOf(page: OpenPage): readonly string[] {
  const own = page.runbook.frontMatter.user;
  return [...(own === undefined ? [] : [own]), ...valuesOf(page, 'user'), 'root'];
}

/** What the page has written elsewhere. */
function valuesOf({ groups }: OpenPage, name: string): readonly string[] {
  return groups.flatMap(({ attributes }) =>
    attributes.flatMap((one) => (one.name === name && one.value ? one.value.split(',') : [])),
  );
}
