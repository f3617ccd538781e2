// Owns how the runbooks that a runbook links to become part of its plan.
import type { Address, StepName } from '../../basics/address.ts';
import { languageOf } from '../../languages/languages.ts';
import type { InputDeclaration, Runbook, RunbookLink, Step } from '../../runbook/runbook.ts';
import { type Diagnostic, hasErrors } from '../../text/diagnostic.ts';
import type { Span } from '../../text/span.ts';
import type { Binding, BlockItem, LinkedFile, ManualItem, Plan, PlanItem, RunbookItem } from '../plan.ts';
import { compilePlan } from '../planning/compile-plan.ts';
import { type Unfillable, unfillableBehind } from '../planning/plan-placeholders.ts';
import { bindInputs } from './bind-inputs.ts';
import { folderOf, joinPath } from './join-path.ts';
import { handedDown, scopeBelow, takenOver, variablesOf } from './scope-below.ts';

/** Links may lead from runbook to runbook so often; more is taken for a mistake. */
const linkDepthLimit = 8;

/** A runbook that a link leads to, as it was found. */
export interface LinkedRunbook {
  /** Absent when there is none: the diagnostics say why. */
  readonly runbook?: Runbook;
  readonly digest: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the runbook of a path, which starts where the opened runbook's path starts. */
export type LoadLinked = (path: string) => LinkedRunbook;

export interface ExpandedPlan {
  readonly plan: Plan;
  /** Of the opened runbook: what is wrong with a linked one stands at its link. */
  readonly diagnostics: readonly Diagnostic[];
  /** The linked runbooks by their file, relative to the opened runbook's folder. */
  readonly linked: ReadonlyMap<string, Runbook>;
  /** Placeholders that cannot be handed over; those of a linked runbook stand at its link. */
  readonly unfillable: readonly Unfillable[];
}

/** What all levels add to. */
interface Expansion {
  readonly rootFolder: string;
  readonly load: LoadLinked;
  readonly diagnostics: Diagnostic[];
  readonly unfillable: Unfillable[];
  readonly linked: Map<string, { readonly runbook: Runbook; readonly digest: string }>;
  readonly inputs: Map<string, InputDeclaration>;
  readonly interpreters: Record<string, readonly string[]>;
  readonly approvalGroups: Record<string, Plan['approvalGroups'][string]>;
  readonly shell: string;
}

/** One runbook on the way down. */
interface Level {
  readonly runbook: Runbook;
  /** Files from the opened runbook to this one. */
  readonly chain: readonly string[];
  /** The link of the opened runbook that led here; absent at the top, where each link is its own place. */
  readonly place?: Span;
  /** Inputs that the levels above have, and the variables that hold them. */
  readonly inScope: ReadonlyMap<string, string>;
  /** What stands before the addresses of this level in the whole plan. */
  readonly prefix: string;
}

/**
 * The plan of a runbook with the items of the runbooks that it links to in it, right behind their links. Each
 * linked runbook keeps its own order: its preconditions, its work with its validation, its clean-up; its undos
 * join the undo items. Of a prerequisite nothing but the validation is taken, since nothing may change before the
 * gate; where it has none, a person says that it holds.
 */
export function expandLinks(runbook: Runbook, load: LoadLinked): ExpandedPlan {
  const compiled = compilePlan(runbook);
  const { plan } = compiled;
  const links = linksOf(runbook);
  const own: Diagnostic[] = [...compiled.diagnostics];
  const { unfillable } = compiled;
  if (links.size === 0) return { plan, diagnostics: own, linked: new Map(), unfillable };
  const { path } = runbook.source;
  const expansion: Expansion = {
    rootFolder: folderOf(path),
    load,
    diagnostics: own,
    unfillable: [...unfillable],
    linked: new Map(),
    inputs: new Map(plan.inputs?.map((input) => [input.name, input])),
    interpreters: { ...plan.interpreters },
    approvalGroups: { ...plan.approvalGroups },
    shell: plan.shell,
  };
  const items = expandItems(plan.items, expansion, {
    runbook,
    chain: [path.slice(path.lastIndexOf('/') + 1)],
    inScope: variablesOf(plan.inputs),
    prefix: '',
  });
  reportClashes(items, links, expansion);
  const linked = [...expansion.linked].map(([file, { digest }]): LinkedFile => ({ file, digest }));
  return {
    plan: {
      ...plan,
      items,
      interpreters: expansion.interpreters,
      approvalGroups: expansion.approvalGroups,
      inputs: [...expansion.inputs.values()],
      linked,
    },
    diagnostics: own,
    linked: new Map([...expansion.linked].map(([file, found]) => [file, found.runbook])),
    unfillable: expansion.unfillable,
  };
}

function expandItems(items: readonly PlanItem[], expansion: Expansion, level: Level): readonly PlanItem[] {
  const links = linksOf(level.runbook);
  const main: PlanItem[] = [];
  const ownUndo: PlanItem[] = [];
  const linkedUndo: PlanItem[] = [];
  for (const item of items) {
    const target = item.phase === 'rollback' ? ownUndo : main;
    const written = item.kind === 'runbook' ? links.get(item.address) : undefined;
    if (item.kind !== 'runbook' || written === undefined) {
      target.push(item);
      continue;
    }
    const inlined = expandLink(item, written, expansion, level);
    target.push(...inlined.items);
    linkedUndo.push(...inlined.undo);
  }
  // The undos of a linked runbook come before those that the runbook itself has for the link.
  return [...main, ...linkedUndo, ...ownUndo];
}

interface Inlined {
  readonly items: readonly PlanItem[];
  readonly undo: readonly PlanItem[];
}

interface WrittenLink {
  readonly link: RunbookLink;
  readonly step: Step;
}

function expandLink(item: RunbookItem, written: WrittenLink, expansion: Expansion, level: Level): Inlined {
  const nothing: Inlined = { items: [item], undo: [] };
  const place = level.place ?? written.link.span;
  const report = (code: string, message: string, help?: string): Inlined => {
    expansion.diagnostics.push({
      code,
      severity: 'error',
      message,
      span: place,
      ...(help !== undefined && { help }),
    });
    return nothing;
  };
  const from = level.chain.at(-1) ?? '';
  const file = joinPath(folderOf(from), item.target);
  const chain = [...level.chain, file];
  const way = chain.map((name) => `\`${name}\``).join(' → ');
  if (level.chain.includes(file)) return report('link-cycle', `runbooks run one another in a circle: ${way}`);
  if (chain.length > linkDepthLimit + 1)
    return report('link-depth', `links lead through more than ${linkDepthLimit} runbooks: ${way}`);
  for (const name of unsupportedAttributes(written.step))
    report(
      'link-attribute',
      `\`${name}\` has no meaning on a step that runs another runbook, \`${item.address}\``,
      'write it on the blocks of that runbook',
    );
  const found = expansion.linked.get(file) ?? expansion.load(joinPath(expansion.rootFolder, file));
  const { runbook } = found;
  const through = chain.length > 2 ? ` (${way})` : '';
  const problem =
    'diagnostics' in found ? found.diagnostics.find(({ severity }) => severity === 'error') : undefined;
  if (runbook === undefined || problem !== undefined) {
    const line =
      problem?.span === undefined || runbook === undefined
        ? ''
        : `:${runbook.source.lines.placeOf(problem.span.start).line}`;
    const why = problem === undefined ? 'it cannot be read' : problem.message;
    return report('linked-runbook', `the linked runbook \`${file}${line}\`${through}: ${why}`);
  }
  expansion.linked.set(file, { runbook, digest: found.digest });
  const compiled = compilePlan(runbook);
  if (hasErrors(compiled.diagnostics)) {
    const [first] = compiled.diagnostics;
    return report('linked-runbook', `the linked runbook \`${file}\`${through}: ${first?.message ?? ''}`);
  }
  adoptLanguages(compiled.plan, expansion, (label) =>
    report(
      'linked-runbook',
      `\`${file}\` and another runbook of this run name different programs for \`${label}\``,
      'one run has one program for a language',
    ),
  );
  const declared = compiled.plan.inputs ?? [];
  const bound = bindInputs(declared, item.inputs, new Set(level.inScope.keys()));
  for (const { message, help } of bound.problems)
    report('link-input', `\`${item.address}\` runs \`${file}\`: ${message}`, help);
  const prefix = `${level.prefix}${item.address}/`;
  expansion.unfillable.push(...unfillableBehind({ prefix, file, place }, compiled.unfillable));
  for (const input of bound.missing) {
    if (!expansion.inputs.has(input.name)) expansion.inputs.set(input.name, { ...input, file });
  }
  const bindings: readonly Binding[] = [
    ...Object.entries(runbook.frontMatter.env).map(([name, value]) => ({ name, value })),
    ...bound.bindings,
    ...takenOver(declared, item.inputs, level.inScope),
  ];
  const isPrerequisite = item.phase === 'preconditions';
  const taken = isPrerequisite
    ? compiled.plan.items.flatMap((inner) => asPrecondition(inner) ?? [])
    : compiled.plan.items;
  const inner = expandItems(taken, expansion, {
    runbook,
    chain,
    place,
    inScope: scopeBelow(declared, item.inputs, level.inScope),
    prefix,
  });
  if (inner.length === 0) return { items: [byHand(item)], undo: [] };
  const join: Join = {
    link: isPrerequisite ? { ...item, risk: 'read' } : item,
    file,
    bindings,
    variables: handedDown(declared, item.inputs, level.inScope),
    ...(compiled.plan.shell !== expansion.shell && { shell: compiled.plan.shell }),
    groups: adoptGroups(compiled.plan, item.address, expansion),
  };
  const joined = inner.map((one) => joinItem(one, join));
  const good = joined.filter((_, index) => inner[index]?.phase !== 'rollback');
  const undo = joined.filter((_, index) => inner[index]?.phase === 'rollback');
  // An undo that is itself a runbook is not undone in its turn.
  return { items: [join.link, ...good], undo: item.phase === 'rollback' ? [] : undo };
}

/** What of a linked runbook says whether it has been done: its validation, where it only looks. */
function asPrecondition(item: PlanItem): PlanItem | undefined {
  if (item.phase !== 'validation') return undefined;
  if (item.kind === 'block' && item.risk !== 'read') return undefined;
  const { validates: _validates, ...rest } = item;
  return { ...rest, phase: 'preconditions', section: 'validation' };
}

/** A linked document in which nothing can be run is for a person to follow. */
function byHand(item: RunbookItem): ManualItem {
  const { kind: _kind, target: _target, inputs: _inputs, ...rest } = item;
  return {
    ...rest,
    kind: 'manual',
    risk: item.phase === 'preconditions' ? 'read' : item.risk,
    text: `${item.stepTitle} (${item.target})`,
  };
}

interface Join {
  readonly link: RunbookItem;
  readonly file: string;
  readonly bindings: readonly Binding[];
  /** The variables that hold its placeholders where a runbook above gives them their values. */
  readonly variables: ReadonlyMap<string, string>;
  /** The linked runbook's own default shell, where it is another one. */
  readonly shell?: string;
  /** What its approval groups are called in the whole plan. */
  readonly groups: Readonly<Record<string, string>>;
}

function joinItem(item: PlanItem, join: Join): PlanItem {
  const { link } = join;
  const name = (text: string) => `${link.address}/${text}`;
  const isUndo = item.phase === 'rollback';
  const undoes =
    item.undoes !== undefined ? (name(item.undoes) as StepName) : isUndo ? link.step : link.undoes;
  const validates = item.validates !== undefined ? (name(item.validates) as StepName) : link.validates;
  const joined = {
    ...item,
    address: name(item.address) as Address,
    step: name(item.step) as StepName,
    within: item.within === undefined ? link.address : (name(item.within) as Address),
    section: item.section ?? item.phase,
    phase: isUndo ? item.phase : link.phase,
    file: item.file ?? join.file,
    tags: [...new Set([...link.tags, ...item.tags])],
    ...(undoes !== undefined && { undoes }),
    ...(validates !== undefined && { validates }),
    ...(link.onDemand && { onDemand: link.onDemand }),
    ...(item.within === undefined &&
      item.approve?.type === 'group' && {
        approve: { type: 'group' as const, group: join.groups[item.approve.group] ?? item.approve.group },
      }),
  };
  return joined.kind === 'block' ? joinBlock(joined, item.within === undefined, join) : joined;
}

/** A block keeps its meaning: its own folder, its own default shell, its own variables. */
function joinBlock(item: BlockItem, isOwn: boolean, join: Join): BlockItem {
  const { file, bindings, shell, variables } = join;
  const cwd = isOwn && item.cwd !== undefined ? folderIn(folderOf(file), item.cwd) : item.cwd;
  const label = isOwn && shell !== undefined && isDefaultShell(item.language) ? shell : item.language;
  return {
    ...item,
    language: label,
    ...(cwd !== undefined && { cwd }),
    ...(item.placeholders &&
      isOwn && {
        placeholders: Object.fromEntries(
          Object.entries(item.placeholders).map(([name, variable]) => [
            name,
            variables.get(name) ?? variable,
          ]),
        ),
      }),
    bindings: [...bindings, ...(item.bindings ?? [])],
  };
}

function folderIn(folder: string, cwd: string): string {
  return /^[/~]/.test(cwd) ? cwd : joinPath(folder, cwd);
}

function isDefaultShell(label: string): boolean {
  return languageOf(label)?.id === 'sh';
}

/** Languages of the linked runbook become languages of the run; two meanings of one label are refused. */
function adoptLanguages(plan: Plan, { interpreters }: Expansion, clash: (label: string) => void): void {
  for (const [label, argv] of Object.entries(plan.interpreters)) {
    const known = interpreters[label];
    if (known === undefined) interpreters[label] = argv;
    else if (JSON.stringify(known) !== JSON.stringify(argv)) clash(label);
  }
}

/** Approval groups keep their people: one that means others than the run's of that name gets the link's name before it. */
function adoptGroups(
  plan: Plan,
  link: Address,
  { approvalGroups }: Expansion,
): Readonly<Record<string, string>> {
  const names: Record<string, string> = {};
  for (const [name, group] of Object.entries(plan.approvalGroups)) {
    const known = approvalGroups[name];
    const same = known === undefined || JSON.stringify(known) === JSON.stringify(group);
    const called = same ? name : `${link}/${name}`;
    approvalGroups[called] = group;
    names[name] = called;
  }
  return names;
}

/** What a heading can say of a whole linked runbook; all else would be a guard that guards nothing. */
const supported: ReadonlySet<string> = new Set([
  'name',
  'run',
  'risk',
  'confirm',
  'approve',
  'onFailure',
  'estimateMs',
  'tags',
  'with',
]);

function unsupportedAttributes({ attributes }: Step): readonly string[] {
  return Object.keys(attributes)
    .filter((name) => !supported.has(name))
    .map((name) => name.replace(/^(hosts)$|Ms$/, (_, hosts) => (hosts ? 'host' : '')))
    .map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
}

function linksOf(runbook: Runbook): ReadonlyMap<Address, WrittenLink> {
  const links = new Map<Address, WrittenLink>();
  const visit = (step: Step): void => {
    for (const part of step.parts)
      if (part.type === 'runbook-link') links.set(part.link.address, { link: part.link, step });
    for (const bound of [...step.validation, ...step.rollback]) visit(bound);
  };
  for (const step of runbook.steps) visit(step);
  return links;
}

/** A name that the author gave can look like an address inside a link; one address is one thing. */
function reportClashes(
  items: readonly PlanItem[],
  links: ReadonlyMap<Address, WrittenLink>,
  { diagnostics }: Expansion,
): void {
  const seen = new Set<Address>();
  for (const { address } of items) {
    if (seen.has(address)) {
      const [, clashing] = [...links].find(([link]) => address.startsWith(`${link}/`)) ?? [];
      diagnostics.push({
        code: 'link-name',
        severity: 'error',
        message: `two items of this run are called \`${address}\`, one of them in a linked runbook`,
        ...(clashing && { span: clashing.link.span }),
        help: 'give the block of this runbook another name',
      });
    }
    seen.add(address);
  }
}
