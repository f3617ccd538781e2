// Owns what is offered in a front matter.
import { type CompletionItem, CompletionItemKind, MarkupKind } from 'vscode-languageserver-types';
import { doubtKinds } from '../../../runbook/doubts/doubt-kinds.ts';
import {
  approvalKeys,
  frontMatterKeys,
  inputKeys,
} from '../../../runbook/front-matter/front-matter-schema.ts';
import { quietKeys } from '../../../runbook/front-matter/triggers/read-quiet-hours.ts';
import {
  isSourceType,
  sourceTypes,
  triggerKeys,
} from '../../../runbook/front-matter/triggers/source-types.ts';
import {
  mayChoices,
  quietActions,
  resolvedActions,
  weekdays,
} from '../../../runbook/front-matter/triggers/trigger.ts';
import { logChoices, sectionKinds } from '../../../runbook/runbook.ts';
import type { OpenPage } from '../pages/open-page.ts';
import type { Workspace } from '../pages/workspace.ts';

/** Keys that can stand below others. */
export function keyItems(
  page: OpenPage,
  path: readonly string[],
  { ports }: Workspace,
): readonly CompletionItem[] {
  const written = new Set(
    path.length === 0
      ? page.lines.flatMap(({ kind, text }) =>
          kind === 'front-matter' ? [/^([\w-]+):\s/.exec(`${text} `)?.[1] ?? ''] : [],
        )
      : [],
  );
  return keysBelow(path)
    .filter((name) => !written.has(name))
    .map((name) => {
      const described =
        path.length === 0 ? ports.describe(name).find(({ kind }) => kind === 'front matter key') : undefined;
      return {
        label: name,
        kind: CompletionItemKind.Property,
        insertText: `${name}: `,
        ...(described && {
          documentation: { kind: MarkupKind.Markdown, value: `${described.syntax}\n\n${described.text}` },
        }),
      };
    });
}

const handlerKeys = ['run', 'user', 'timeout', 'risk'];

function keysBelow(path: readonly string[]): readonly string[] {
  const [group] = path;
  if (group === undefined) return frontMatterKeys;
  if (group === 'sections' && path.length === 1) return sectionKinds;
  if (group === 'on') return keysOfRule(path);
  if (path.length !== 2) return [];
  return { inputs: inputKeys, approvals: approvalKeys, handlers: handlerKeys }[group] ?? [];
}

/** Senders below `on`, and below each what a rule for it can say. */
function keysOfRule([, source, ...rest]: readonly string[]): readonly string[] {
  if (source === undefined) return sourceTypes;
  if (!isSourceType(source)) return [];
  if (rest.length === 0) return triggerKeys(source);
  if (rest.length > 1) return [];
  return rest[0] === 'dedup' ? ['key', 'for'] : rest[0] === 'quiet' ? quietKeys : [];
}

const valuesOfKey: Readonly<Record<string, readonly string[]>> = {
  log: logChoices,
  concurrency: ['forbid', 'allow'],
  errexit: ['true', 'false'],
  shell: ['bash', 'zsh', 'sh', 'dash', 'fish', 'ksh'],
};

const valuesOfInput: Readonly<Record<string, readonly string[]>> = {
  type: ['string', 'number', 'boolean', 'choice', 'multiple', 'path', 'duration'],
  required: ['true', 'false'],
  secret: ['true', 'false'],
};

const valuesOfRule: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['may', mayChoices],
  ['when-resolved', resolvedActions],
  ['then', quietActions],
  ['days', weekdays],
]);

/** Values that a key can have. */
export function keyValueItems(
  page: OpenPage,
  path: readonly string[],
  { ports }: Workspace,
): readonly CompletionItem[] {
  const [group = '', , name = ''] = path;
  const kind = CompletionItemKind.Value;
  if (path.length === 1 && group === 'accept')
    return doubtKinds.map(({ code, summary }) => ({ label: code, detail: summary, kind }));
  const channels = path.at(-1) === 'to' || path.at(-1) === 'notify' ? ports.channels(page.path) : [];
  const values =
    path.length === 1
      ? (valuesOfKey[group] ?? [])
      : group === 'inputs'
        ? (valuesOfInput[name] ?? [])
        : group === 'approvals' && name === 'on-timeout'
          ? ['deny', 'escalate', 'approve']
          : group === 'handlers' && name === 'risk'
            ? ['read', 'change', 'destructive']
            : group === 'on'
              ? (valuesOfRule.get(path.at(-1) ?? '') ?? [])
              : [];
  return [...values, ...channels].map((label) => ({ label, kind }));
}
