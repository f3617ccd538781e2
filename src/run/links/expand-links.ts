// Owns how the runbooks that a runbook links to become part of its plan.

import { type Address, address, stepName } from '../../basics/address.ts';
import { namedValue, namedValues } from '../../basics/named-values.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type {
  LinkedFile,
  ManualItem,
  PageRules,
  Phase,
  Plan,
  PlanItem,
  RunbookItem,
  VariableBinding,
} from '../plan.ts';
import { compilePlan } from '../planning/compile-plan.ts';
import { type Unfillable, unfillableBehind } from '../planning/plan-placeholders.ts';
import { bindInputs } from './bind-inputs.ts';
import { checkModuleInputs, checkModuleOutputs } from './check-module-inputs.ts';
import { checkPins } from './check-pins.ts';
import {
  type Expansion,
  type LinkLevel,
  type LinkTarget,
  type LoadLinkedRunbook,
  reportAtLink,
} from './expansion.ts';
import { type FoundSection, findSection, sectionsMeant } from './find-section.ts';
import { followLink } from './follow-link.ts';
import { inheritInputs, variablesOf } from './inherit-inputs.ts';
import { isInSection, itemsOfSection } from './items-of-section.ts';
import { joinItem, type LinkContext } from './join-item.ts';
import { folderOf, joinPath } from './join-path.ts';
import { type WrittenLink, writtenLinks } from './written-links.ts';

/** The plan of a whole run. */
export interface ExpandedPlan {
  readonly plan: Plan;
  /** Of the opened runbook: what is wrong with a linked one stands at its link. */
  readonly diagnostics: readonly Diagnostic[];
  /** The linked runbooks by their file, relative to the opened runbook's folder. */
  readonly linked: ReadonlyMap<string, Runbook>;
  /** Placeholders that cannot be handed over; those of a linked runbook stand at its link. */
  readonly unfillable: readonly Unfillable[];
}

/**
 * The plan of a runbook with the items of the runbooks that it links to in it, right behind their links. Each
 * linked runbook keeps its own order: its preconditions, its work with its validation, its clean-up; its undos
 * join the undo items. A prerequisite comes behind all preconditions that only look: its validation first, as
 * probes, and then, where one of them does not hold, all of it. Of a section, it is the plan of that alone.
 */
export function expandLinks(runbook: Runbook, load: LoadLinkedRunbook, section?: FoundSection): ExpandedPlan {
  const compiled = compilePlan(runbook);
  const plan = section === undefined ? compiled.plan : planOfSection(runbook, compiled.plan, section);
  const links = writtenLinks(runbook);
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
    pins: [],
    inputs: new Map(plan.inputs?.map((input) => [input.name, input])),
    interpreters: Object.assign(namedValues<readonly string[]>(), plan.interpreters),
    approvalGroups: Object.assign(namedValues<Plan['approvalGroups'][string]>(), plan.approvalGroups),
    shell: plan.shell,
    brought: { pages: 0, items: 0 },
  };
  const items = expandItems(plan.items, expansion, {
    runbook,
    chain: [path.slice(path.lastIndexOf('/') + 1)],
    inScope: variablesOf(plan.inputs),
    prefix: '',
  });
  reportClashes(items, links, expansion);
  checkPins(expansion);
  const linked = [...expansion.linked].map(([file, { digest }]): LinkedFile => ({ file, digest }));
  return {
    plan: {
      ...plan,
      items,
      interpreters: expansion.interpreters,
      approvalGroups: expansion.approvalGroups,
      missingSections: plan.missingSections.filter(
        (phase) => !items.some((item) => isBehindLink(item, phase)),
      ),
      inputs: [...expansion.inputs.values()],
      linked,
    },
    diagnostics: own,
    linked: new Map([...expansion.linked].map(([file, found]) => [file, found.runbook])),
    unfillable: expansion.unfillable,
  };
}

/** Whether a linked page brings something of a section: then the run is not without it. */
function isBehindLink({ within, phase, section }: PlanItem, sought: Phase): boolean {
  return within !== undefined && (sought === 'rollback' ? phase === sought : section === sought);
}

/** What is run of one section; its title tells which it is wherever a run is told of. */
function planOfSection(runbook: Runbook, plan: Plan, section: FoundSection): Plan {
  const items = itemsOfSection(runbook, plan.items, section);
  return {
    ...plan,
    title: `${plan.title}: ${section.title}`,
    section: section.anchor,
    items: items.some((item) => isInSection(runbook, item, section)) ? items : [],
  };
}

function expandItems(
  items: readonly PlanItem[],
  expansion: Expansion,
  level: LinkLevel,
): readonly PlanItem[] {
  const links = writtenLinks(level.runbook);
  const main: PlanItem[] = [];
  const prerequisites: PlanItem[] = [];
  const ownUndo: PlanItem[] = [];
  const linkedUndo: PlanItem[] = [];
  const targets = new Map<Address, LinkTarget>();
  for (const item of items) {
    const target = item.phase === 'rollback' ? ownUndo : main;
    const written = item.kind === 'runbook' ? links.get(item.address) : undefined;
    if (item.kind !== 'runbook' || written === undefined) {
      target.push(item);
      continue;
    }
    const aim = targetOf(item, written, level);
    targets.set(item.address, aim);
    const inlined = expandLink(aim, written, expansion, level);
    // What looks comes first, also where a link to what may change something stands above it.
    if (item.phase === 'preconditions') prerequisites.push(...inlined.items);
    else target.push(...inlined.items);
    linkedUndo.push(...inlined.undo);
  }
  checkModuleOutputs(items, (link) => targets.get(link), expansion);
  const gate = main.findLastIndex(({ phase }) => phase === 'preconditions') + 1;
  main.splice(gate, 0, ...prerequisites);
  // The undos of a linked runbook come before those that the runbook itself has for the link.
  return [...main, ...linkedUndo, ...ownUndo];
}

/** A link in the plan: itself with the items that it brings, and what undoes them. */
interface Inlined {
  readonly items: readonly PlanItem[];
  readonly undo: readonly PlanItem[];
}

function targetOf(item: RunbookItem, { link, step }: WrittenLink, level: LinkLevel): LinkTarget {
  const file = joinPath(folderOf(level.chain.at(-1) ?? ''), item.target);
  return {
    item,
    step,
    file,
    chain: [...level.chain, file],
    place: level.place ?? link.span,
    prefix: `${level.prefix}${item.address}/`,
  };
}

function expandLink(
  target: LinkTarget,
  { link }: WrittenLink,
  expansion: Expansion,
  level: LinkLevel,
): Inlined {
  const { item, file } = target;
  if (link.problem !== undefined)
    reportAtLink(expansion, target, { code: 'link-attribute', message: `${link.problem}: \`${link.text}\`` });
  const followed = followLink(target, level, expansion);
  if (followed === undefined) return { items: [item], undo: [] };
  if (link.digest !== undefined) expansion.pins.push({ target, digest: link.digest });
  const { runbook, compiled } = followed;
  const { plan, unfillable } = compiled;
  adoptLanguages(plan, target, expansion);
  const { bindings, variables, inScope } = bindTarget(runbook, plan, target, expansion, level);
  expansion.unfillable.push(...unfillableBehind(target, unfillable));
  const { chain, place, prefix } = target;
  const meant = itemsMeant(runbook, plan.items, target, expansion);
  const isPrerequisite = item.phase === 'preconditions';
  const taken = isPrerequisite ? asPrerequisite(meant, file) : meant;
  const inner = expandItems(taken, expansion, { runbook, chain, place, inScope, prefix });
  if (inner.length === 0) return { items: [byHand(item)], undo: [] };
  return inlineItems(inner, {
    link: {
      ...item,
      ...(isPrerequisite && { phase: 'steps' as const, prerequisite: true as const }),
      ...pageOf(plan, bindings),
    },
    file,
    bindings,
    variables,
    ...(plan.shell !== expansion.shell && { shell: plan.shell }),
    ...(plan.cwd !== undefined && { startIn: plan.cwd }),
    groups: adoptGroups(plan, item.address, expansion),
  });
}

/** The items of the section that the link names, or all of them. */
function itemsMeant(
  runbook: Runbook,
  items: readonly PlanItem[],
  target: LinkTarget,
  expansion: Expansion,
): readonly PlanItem[] {
  const { anchor } = target.item;
  if (anchor === undefined) return items;
  const found = findSection(runbook, anchor);
  if ('span' in found) return itemsOfSection(runbook, items, found);
  reportAtLink(expansion, target, {
    code: 'link-anchor',
    message: `\`${target.file}\` has no section \`#${anchor}\`${sectionsMeant(found.meant)}`,
    help: 'an anchor is the heading in lower case with `-` for spaces, as a code host shows it',
  });
  return items;
}

/** What the linked page's own rules are of, where it has any. */
function pageOf(
  { severity, owner, notify, escalation, updates }: Plan,
  bindings: readonly VariableBinding[],
): Pick<RunbookItem, 'page'> {
  const rules: PageRules = {
    ...(severity !== undefined && { severity }),
    ...(owner !== undefined && { owner }),
    ...(notify && { notify }),
    ...(escalation && { escalation }),
    ...(updates && { updates }),
  };
  return Object.keys(rules).length === 0 ? {} : { page: { ...rules, bindings } };
}

/** Where the linked runbook's variables come from; the run asks for what neither the link nor a runbook above gives. */
function bindTarget(
  runbook: Runbook,
  plan: Plan,
  target: LinkTarget,
  expansion: Expansion,
  { inScope }: LinkLevel,
): Pick<LinkContext, 'bindings' | 'variables'> & Pick<LinkLevel, 'inScope'> {
  const { item, file } = target;
  const declared = plan.inputs ?? [];
  const asked = plan.items.flatMap((one) => (one.kind === 'manual' && one.ask ? [one.ask] : []));
  const bound = bindInputs(declared, item.inputs, { inScope: new Set(inScope.keys()), asked });
  for (const { message, help } of bound.problems)
    reportAtLink(expansion, target, {
      code: 'link-input',
      message: `\`${item.address}\` runs \`${file}\`: ${message}`,
      help,
    });
  checkModuleInputs(target, bound.missing, expansion);
  for (const input of bound.missing) {
    if (!expansion.inputs.has(input.name)) expansion.inputs.set(input.name, { ...input, file });
  }
  const inherited = inheritInputs(declared, item.inputs, inScope);
  const own = Object.entries(runbook.frontMatter.env).map(([name, value]) => ({ name, value }));
  return {
    bindings: [...own, ...bound.bindings, ...inherited.bindings],
    variables: inherited.variables,
    inScope: inherited.inScope,
  };
}

/** The link with the items that it brings, and what undoes them. */
function inlineItems(inner: readonly PlanItem[], context: LinkContext): Inlined {
  const { link } = context;
  const joined = inner.map((item) => joinItem(item, context));
  const good = joined.filter((_, index) => inner[index]?.phase !== 'rollback');
  const undo = joined.filter((_, index) => inner[index]?.phase === 'rollback');
  // An undo that is itself a runbook is not undone in its turn.
  return { items: [link, ...good], undo: link.phase === 'rollback' ? [] : undo };
}

/** What of a linked runbook says whether it has been done: its validation, where it only looks. */
function asProbe(item: PlanItem): readonly PlanItem[] {
  if (item.phase !== 'validation') return [];
  if (item.kind === 'block' && item.risk !== 'read') return [];
  const { validates: _validates, ...rest } = item;
  const named = { address: address(`probe/${item.address}`), step: stepName(`probe/${item.step}`) };
  const probe: PlanItem = { ...rest, ...named, section: 'validation' };
  if (probe.kind !== 'block') return [probe];
  return [{ ...probe, probe: true, looks: true, errexit: probe.errexit ?? true, retries: 0 }];
}

/**
 * The probes of a prerequisite, and then all of it, the first of which asks whether it shall be run. Nothing where
 * nothing tells whether it holds: that is for a person to say.
 */
function asPrerequisite(items: readonly PlanItem[], file: string): readonly PlanItem[] {
  const probes = items.flatMap(asProbe);
  const [first, ...others] = items;
  if (probes.length === 0 || first === undefined) return [];
  const isAsked = first.confirm !== undefined || first.kind === 'manual' || first.kind === 'checklist';
  const asking = isAsked ? first : { ...first, confirm: `This has to be done first: run \`${file}\`?` };
  return [...probes, asking, ...others];
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

/** Languages of the linked runbook become languages of the run; two meanings of one label are refused. */
function adoptLanguages(plan: Plan, target: LinkTarget, expansion: Expansion): void {
  const { interpreters } = expansion;
  for (const [label, argv] of Object.entries(plan.interpreters)) {
    const known = namedValue(interpreters, label);
    if (known === undefined) interpreters[label] = argv;
    else if (JSON.stringify(known) !== JSON.stringify(argv))
      reportAtLink(expansion, target, {
        code: 'linked-runbook',
        message: `\`${target.file}\` and another runbook of this run name different programs for \`${label}\``,
        help: 'one run has one program for a language',
      });
  }
}

/** Approval groups keep their people: one that means others than the run's of that name gets the link's name before it. */
function adoptGroups(
  plan: Plan,
  link: Address,
  { approvalGroups }: Expansion,
): Readonly<Record<string, string>> {
  const names = namedValues<string>();
  for (const [name, group] of Object.entries(plan.approvalGroups)) {
    const known = namedValue(approvalGroups, name);
    const same = known === undefined || JSON.stringify(known) === JSON.stringify(group);
    const called = same ? name : `${link}/${name}`;
    approvalGroups[called] = group;
    names[name] = called;
  }
  return names;
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
