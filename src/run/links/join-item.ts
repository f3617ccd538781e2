// Owns how an item of a linked runbook becomes an item of the whole run.

import { address, stepName } from '../../basics/address.ts';
import { namedValue } from '../../basics/named-values.ts';
import { languageOf } from '../../languages/languages.ts';
import {
  type BlockItem,
  isForPerson,
  type ManualItem,
  type PlanItem,
  type RunbookItem,
  type VariableBinding,
} from '../plan.ts';
import { joinPath, startFolderOf } from './join-path.ts';

/** What a link gives each item that it brings into the run. */
export interface LinkContext {
  readonly link: RunbookItem;
  readonly file: string;
  readonly bindings: readonly VariableBinding[];
  /** The variables that hold its placeholders where a runbook above gives them their values. */
  readonly variables: ReadonlyMap<string, string>;
  /** The linked runbook's own default shell, where it is another one. */
  readonly shell?: string;
  /** Where its blocks start, from its folder; that folder where absent. */
  readonly startIn?: string;
  /** What its approval groups are called in the whole plan. */
  readonly groups: Readonly<Record<string, string>>;
}

/** An item of a linked runbook as it stands in the whole plan, behind its link. */
export function joinItem(item: PlanItem, context: LinkContext): PlanItem {
  const { link } = context;
  const name = (text: string) => `${link.address}/${text}`;
  const isUndo = item.phase === 'rollback';
  const undoes = item.undoes !== undefined ? stepName(name(item.undoes)) : isUndo ? link.step : link.undoes;
  const validates = item.validates !== undefined ? stepName(name(item.validates)) : link.validates;
  const joined = {
    ...item,
    address: address(name(item.address)),
    step: stepName(name(item.step)),
    within: item.within === undefined ? link.address : address(name(item.within)),
    section: item.section ?? item.phase,
    phase: isUndo ? item.phase : link.phase,
    file: item.file ?? context.file,
    tags: [...new Set([...link.tags, ...item.tags])],
    ...belongingBehind(item, name),
    ...(undoes !== undefined && { undoes }),
    ...(validates !== undefined && { validates }),
    ...(item.ruledOutWith && { ruledOutWith: item.ruledOutWith.map((one) => address(name(one))) }),
    ...(link.onDemand && { onDemand: link.onDemand }),
    ...(item.within === undefined &&
      item.approve?.type === 'group' && {
        approve: {
          type: 'group' as const,
          group: namedValue(context.groups, item.approve.group) ?? item.approve.group,
        },
      }),
  };
  const isOwn = item.within === undefined;
  if (joined.kind === 'block') return joinBlock(joined, isOwn, context);
  if (isForPerson(joined)) {
    const asking = joined.asking && joinItem(joined.asking, context);
    const answered = joined.kind === 'manual' ? givenAnswer(joined, isOwn, context) : joined;
    return asking?.kind === 'block' ? { ...answered, asking } : answered;
  }
  if (joined.kind !== 'runbook' || joined.page === undefined) return joined;
  return { ...joined, page: { ...joined.page, bindings: [...context.bindings, ...joined.page.bindings] } };
}

/** What a step of the linked page asks for is known where its link gives it. */
function givenAnswer(item: ManualItem, isOwn: boolean, { link, bindings }: LinkContext): ManualItem {
  const { ask } = item;
  if (ask === undefined) return item;
  const scopes = scopesBehind(item, link);
  const isGiven = isOwn ? Object.hasOwn(link.inputs, ask.variable) : ask.given !== undefined;
  return isGiven
    ? { ...item, scopes, ask: { ...ask, given: [...bindings, ...(ask.given ?? [])] } }
    : { ...item, scopes };
}

/** Choices of a linked page are called by the link that brings them. */
function belongingBehind(
  { branches, doubts }: PlanItem,
  name: (text: string) => string,
): Pick<PlanItem, 'branches' | 'doubts'> {
  return {
    ...(branches && { branches: branches.map((one) => ({ ...one, choice: name(one.choice) })) }),
    ...(doubts && {
      doubts: doubts.map((one) =>
        one.choice ? { ...one, choice: { ...one.choice, name: name(one.choice.name) } } : one,
      ),
    }),
  };
}

/** A block keeps its meaning: its own folder, its own default shell, its own variables. */
function joinBlock(item: BlockItem, isOwn: boolean, context: LinkContext): BlockItem {
  const { file, bindings, shell, variables } = context;
  const start =
    context.startIn === undefined ? startFolderOf(file) : folderIn(startFolderOf(file), context.startIn);
  const cwd = isOwn && item.cwd !== undefined ? folderIn(start, item.cwd) : item.cwd;
  const label = isOwn && shell !== undefined && isDefaultShell(item.language) ? shell : item.language;
  return {
    ...item,
    language: label,
    ...(item.follows && {
      follows: item.follows.map((one) => address(`${context.link.address}/${one}`)),
    }),
    ...(item.restores !== undefined && { restores: address(`${context.link.address}/${item.restores}`) }),
    ...(cwd !== undefined && { cwd }),
    ...(isOwn && context.startIn !== undefined && { startIn: start }),
    ...(item.placeholders &&
      isOwn && {
        placeholders: Object.fromEntries(
          Object.entries(item.placeholders).map(([name, variable]) => [
            name,
            variables.get(name) ?? variable,
          ]),
        ),
      }),
    scopes: scopesBehind(item, context.link),
    bindings: [...bindings, ...(item.bindings ?? [])],
  };
}

function scopesBehind(
  { scopes = [] }: Pick<BlockItem, 'scopes'>,
  link: RunbookItem,
): NonNullable<BlockItem['scopes']> {
  return [...scopes.map((scope) => address(`${link.address}/${scope}`)), link.address];
}

function folderIn(folder: string, cwd: string): string {
  return /^[/~]/.test(cwd) ? cwd : joinPath(folder, cwd);
}

function isDefaultShell(label: string): boolean {
  return languageOf(label)?.id === 'sh';
}
