// Owns how a runbook becomes the ordered items of a run.
import { type Address, address, type StepName } from '../../basics/address.ts';
import { holdsText, riskOfText } from '../../runbook/attributes/holds-text.ts';
import type { Attributes, Block, Part, Risk, Runbook, Step } from '../../runbook/runbook.ts';
import { instructionOf } from '../../runbook/steps/instruction-of.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { BlockItem, ManualItem, Phase, Plan, PlanItem } from '../plan.ts';
import { pageRules } from '../telling/page-rules.ts';
import { belongingOf } from './belonging-of.ts';
import { checkHosts, onHostsOf, resolveGroups, whereOf } from './check-hosts.ts';
import { checkLoops } from './check-loops.ts';
import { failureRule } from './failure-rule.ts';
import { handlersOf, handlersOfUndo } from './handlers-of.ts';
import { interpretersOf } from './interpreters-of.ts';
import { loopOf, loopWordsOf, sharingList, withListsOf } from './loop-of.ts';
import { messageItem } from './message-item.ts';
import { planPlaceholders, type Unfillable } from './plan-placeholders.ts';
import { fileOf, ofFile, undoOfFiles } from './undo-of-files.ts';
import { uselessPins } from './useless-pins.ts';

/** Retries without a written interval wait this long, so that "again" never means "at once, a thousand times". */
const defaultIntervalMs = 1_000;

/** The sections that the format offers; a run says in one line which of them a runbook does not have. */
const offeredSections: readonly Phase[] = ['preconditions', 'steps', 'validation', 'rollback'];

/** Where an item stands in its runbook, beyond what the step itself says. */
interface Place {
  readonly phase: Phase;
  readonly undoes?: StepName;
  readonly validates?: StepName;
  readonly ruledOutWith?: readonly Address[];
  readonly onDemand?: true;
}

/**
 * The items of a run in the order in which they come: preconditions first, wherever they were written; then what
 * changes something among them, which is a preparation of the work; then
 * diagnosis, steps and validation as the document has them, each step followed by its own validation; clean-up;
 * and last the undo items, which only a rollback runs. Diagnosis that stands after the first step of the work is
 * troubleshooting: it is kept, as what stands aside of the run is, but runs only when it is chosen by name.
 */
export function compilePlan(runbook: Runbook): {
  readonly plan: Plan;
  readonly diagnostics: readonly Diagnostic[];
  /** Placeholders that cannot be handed over; a run that chooses their block is refused. */
  readonly unfillable: readonly Unfillable[];
} {
  const diagnostics: Diagnostic[] = [];
  const gate: PlanItem[] = [];
  const preparation: PlanItem[] = [];
  const work: PlanItem[] = [];
  const cleanup: PlanItem[] = [];
  const undo: PlanItem[] = [];
  const onDemand: PlanItem[] = [];
  const ofPhase: Partial<Record<Phase, PlanItem[]>> = { rollback: undo, cleanup };
  let workBegun = false;

  for (const step of runbook.steps) {
    const phase: Phase = step.section === 'context' ? 'steps' : step.section;
    if (phase === 'steps' && !step.aside) workBegun = true;
    const isOnDemand = step.aside || (phase === 'diagnosis' && workBegun);
    const place: Place = isOnDemand ? { phase, onDemand: true } : { phase };
    const undoneBefore = undo.length;
    let changed: readonly PlanItem[] = [];
    const target = ofPhase[phase] ?? (isOnDemand ? onDemand : work);
    if (phase === 'preconditions') {
      const { looks, prepares } = dividePreconditions(runbook, step);
      gate.push(...looks);
      preparation.push(...prepares, ...handlersOf(prepares, runbook.frontMatter));
      undo.push(...undoOfFiles(prepares));
      changed = prepares;
    } else {
      const items = itemsOf(runbook, step, place);
      target.push(...items, ...(phase === 'rollback' ? [] : handlersOf(items, runbook.frontMatter)));
      changed = items;
      if (phase !== 'rollback' && phase !== 'cleanup') undo.push(...undoOfFiles(items));
      for (const bound of step.validation) {
        const validates: Place = { ...place, phase: 'validation', ...validating(step, items) };
        target.push(...itemsOf(runbook, boundTo(step, bound), validates));
      }
    }
    const isShared = changed.some((item) => item.kind === 'block' && item.hasTurns);
    for (const bound of step.rollback) {
      const undoes: Place = { phase: 'rollback', undoes: step.name };
      undo.push(...itemsOf(runbook, boundTo(step, bound), undoes, isShared));
    }
    if (undo.length > undoneBefore && phase !== 'rollback' && phase !== 'cleanup')
      undo.push(...handlersOfUndo(changed, runbook.frontMatter));
  }

  diagnostics.push(...checkHosts(runbook), ...checkLoops(runbook), ...uselessPins(runbook));
  const items = [...gate, ...preparation, ...work, ...onDemand, ...cleanup, ...undo];
  const { frontMatter } = runbook;
  const plan: Plan = {
    title: runbook.title,
    ...pageRules(frontMatter),
    ...(frontMatter.estimateMs !== undefined && { estimateMs: frontMatter.estimateMs }),
    ...(frontMatter.manualEstimateMs !== undefined && { manualEstimateMs: frontMatter.manualEstimateMs }),
    ...(frontMatter.responders !== undefined && { responders: frontMatter.responders }),
    shell: frontMatter.shell ?? 'bash',
    env: frontMatter.env,
    interpreters: { ...interpretersOf(runbook), ...frontMatter.interpreters },
    ...(frontMatter.cwd !== undefined && { cwd: frontMatter.cwd }),
    items,
    approvalGroups: frontMatter.approvals,
    missingSections: missingSections(runbook, undo.length > 0),
    inputs: frontMatter.inputs,
    ...(frontMatter.outputs.length > 0 && { outputs: frontMatter.outputs }),
  };
  return { ...planPlaceholders(plan, runbook), diagnostics };
}

function missingSections(runbook: Runbook, hasUndo: boolean): readonly Phase[] {
  const present = new Set(runbook.sections.map((section) => section.kind));
  if (hasUndo) present.add('rollback');
  if (runbook.steps.some((step) => step.section === 'steps')) present.add('steps');
  return offeredSections.filter((phase) => !present.has(phase));
}

/**
 * The items of preconditions, as far as they look. Where the first block that changes something stands, the step is no
 * check any more: that block and what comes behind it prepare the work.
 */
function dividePreconditions(
  runbook: Runbook,
  step: Step,
): { readonly looks: readonly PlanItem[]; readonly prepares: readonly PlanItem[] } {
  const first = step.parts.findIndex(
    (part) => part.type === 'block' && part.block.runnable && riskOf(step, part.block) !== 'read',
  );
  const validation = (phase: Phase, items: readonly PlanItem[]) =>
    step.validation.flatMap((bound) =>
      itemsOf(runbook, boundTo(step, bound), { phase, ...validating(step, items) }),
    );
  if (first === -1) {
    const items = itemsOf(runbook, step, { phase: 'preconditions' });
    return { looks: [...items, ...validation('preconditions', items)], prepares: [] };
  }
  const before = { ...step, parts: step.parts.slice(0, first) };
  const behind = { ...step, parts: step.parts.slice(first) };
  const looks = itemsOf(runbook, before, { phase: 'preconditions' });
  const prepares = itemsOf(runbook, behind, { phase: 'steps' });
  return { looks, prepares: [...prepares, ...validation('validation', [...looks, ...prepares])] };
}

/** What is skipped by the word of its heading is not validated. */
function validating({ name, attributes }: Step, items: readonly PlanItem[]): Partial<Place> {
  const ruledOutWith = items.flatMap((item) => {
    const { when } = item.kind === 'block' ? item : 'asking' in item ? (item.asking ?? {}) : {};
    return when !== undefined && when === attributes.when ? [item.address] : [];
  });
  return { validates: name, ...(ruledOutWith.length > 0 && { ruledOutWith }) };
}

/** A validation or rollback of a step is about the same machines, accounts and items. */
function boundTo(step: Step, bound: Step): Step {
  return withListsOf(step, onHostsOf(step, bound));
}

function riskOf(step: Step, block: Block): Risk {
  const { attributes } = block;
  if (holdsText(attributes)) return riskOfText(attributes, step.attributes);
  return attributes.risk ?? step.attributes.risk ?? block.risk;
}

function itemsOf(runbook: Runbook, step: Step, place: Place, isOfShared = false): readonly PlanItem[] {
  const own = step.parts.flatMap((part) => itemOf(runbook, step, part, place) ?? []);
  const items = sharingList(step, own, isOfShared);
  if (step.manual) {
    const { line } = runbook.source.lines.placeOf(step.span.start);
    const item = manualItem(runbook, step, place, { address: address(step.name), text: step.title, line });
    const instruction = instructionOf(runbook, step).join(' ');
    return [{ ...item, ...(instruction !== '' && { instruction }), ...asked(step.attributes) }];
  }
  // What is asked beside blocks none of which are run leads to nothing.
  return items.every((item) => item.kind === 'manual') ? [] : items;
}

function manualItem(
  runbook: Runbook,
  step: Step,
  place: Place,
  { address: own, text, line }: Pick<ManualItem, 'address' | 'text' | 'line'>,
): ManualItem {
  return {
    ...base(step, place, line),
    kind: 'manual',
    address: own,
    risk:
      step.attributes.risk ??
      (place.phase === 'preconditions' || place.phase === 'validation' ? 'read' : 'change'),
    text,
    ...people(step.attributes),
    ...belongingOf(runbook, step),
    ...asking(step, place, line, own),
  };
}

function itemOf(runbook: Runbook, step: Step, part: Part, place: Place): PlanItem | undefined {
  const { source } = runbook;
  switch (part.type) {
    case 'prose': {
      if (part.asks === undefined || step.manual) return undefined;
      const { line } = source.lines.placeOf(part.span.start);
      return manualItem(runbook, step, place, { ...part.asks, line });
    }
    case 'block':
      return part.block.runnable ? runnableItem(runbook, step, part.block, place) : undefined;
    case 'checklist': {
      const { checklist } = part;
      const { line } = source.lines.placeOf(checklist.span.start);
      return {
        ...base(step, place, line),
        ...people(step.attributes),
        ...belongingOf(runbook, step),
        ...asking(step, place, line, checklist.address),
        kind: 'checklist',
        address: checklist.address,
        risk:
          step.attributes.risk ?? (place.phase === 'steps' || place.phase === 'cleanup' ? 'change' : 'read'),
        entries: checklist.items.map(({ text, ticked }) => ({ text, ticked })),
      };
    }
    case 'runbook-link': {
      const { link } = part;
      return {
        ...base(step, place, source.lines.placeOf(link.span.start).line),
        ...people(step.attributes),
        ...belongingOf(runbook, step),
        kind: 'runbook',
        address: link.address,
        risk: step.attributes.risk ?? 'change',
        target: link.target,
        ...(link.anchor !== undefined && { anchor: link.anchor }),
        inputs: link.inputs,
      };
    }
  }
}

function base(step: Step, place: Place, line: number) {
  return {
    step: step.name,
    stepTitle: step.title,
    tags: step.attributes.tags ?? [],
    line,
    ...place,
    ...(step.attributes.estimateMs !== undefined && { estimateMs: step.attributes.estimateMs }),
    ...(step.attributes.onFailure !== undefined && { onFailure: step.attributes.onFailure }),
    ...(step.attributes.notify !== undefined && { notify: { item: [], step: step.attributes.notify } }),
  };
}

function asked({ ask, choices }: Attributes): Pick<ManualItem, 'ask'> {
  return ask === undefined ? {} : { ask: { variable: ask, ...(choices && { choices }) } };
}

/** What has to do with people: a step's word about it holds for each of its items that says nothing itself. */
function people(attributes: Attributes) {
  return {
    ...(attributes.approve !== undefined && { approve: attributes.approve }),
    ...(attributes.confirm !== undefined && { confirm: attributes.confirm }),
  };
}

/** What asks the conditions of what a person does, in the runbook's shell. */
function asking(step: Step, place: Place, line: number, at: Address): { readonly asking?: BlockItem } {
  const { when, check, cwd, env = {}, errexit, user } = step.attributes;
  if (when === undefined && check === undefined) return {};
  const item: BlockItem = {
    kind: 'block',
    address: at,
    language: 'sh',
    code: '',
    risk: 'read',
    retries: 0,
    intervalMs: defaultIntervalMs,
    exit: [0],
    expect: [],
    env,
    interactive: false,
    background: false,
    hosts: [],
    ...base(step, place, line),
    ...(errexit !== undefined && { errexit }),
    ...(cwd !== undefined && { cwd }),
    ...(user !== undefined && { user }),
    ...(when !== undefined && { when }),
    ...(check !== undefined && { check }),
  };
  return { asking: item };
}

function runnableItem(runbook: Runbook, step: Step, block: Block, place: Place): BlockItem {
  const item = blockItem(runbook, step, block, place);
  return block.attributes.send === undefined ? item : messageItem(item, block.attributes.send);
}

function blockItem(runbook: Runbook, step: Step, block: Block, place: Place): BlockItem {
  const { source, frontMatter } = runbook;
  const writes = fileOf(block.attributes);
  const ofStep = inherited(step.attributes);
  const written: Attributes = { ...(writes ? ofFile(ofStep) : ofStep), ...block.attributes };
  const { hosts = [], hostsFrom } = whereOf(step.attributes, block.attributes);
  const each = loopOf(loopWordsOf(step.attributes, block.attributes));
  const { line } = source.lines.placeOf(block.span.start);
  const expect = writes ? [] : expectations(block, written);
  // What checks and what is gone back by stays strict, whatever heading stands over it.
  const kind = block.inDiagnosis && place.phase === 'steps' ? 'diagnosis' : place.phase;
  const {
    when,
    check,
    timeoutMs,
    longestIntervalMs,
    captures,
    cwd,
    user = frontMatter.user,
    parallel,
    mustPass,
    hostsMustPass = mustPass,
    estimateMs,
    onFailure,
    handlers,
  } = written;
  // What every block has comes first: an object that begins with a spread costs V8 a table of its own, twenty times
  // the time and five times the memory of this one.
  return {
    kind: 'block',
    address: block.address,
    language: block.language ?? 'sh',
    code: block.console?.commands ?? block.code,
    risk: riskOf(step, block),
    retries: written.retries ?? 0,
    intervalMs: written.intervalMs ?? defaultIntervalMs,
    exit: written.exit ?? [0],
    expect,
    env: { ...step.attributes.env, ...block.attributes.env },
    interactive: written.interactive ?? false,
    background: written.background ?? false,
    hosts: resolveGroups(hosts, frontMatter.hosts),
    ...base(step, place, line),
    ...(block.attributes.onlyByName && { onDemand: block.attributes.onlyByName }),
    ...codeLines(block, line),
    ...(writes ? { writes } : failureRule(frontMatter, kind, { ...written, expect })),
    ...people(written),
    ...belongingOf(runbook, step, block),
    tags: [...new Set([...(step.attributes.tags ?? []), ...(block.attributes.tags ?? [])])],
    ...(block.attributes.notify !== undefined && {
      notify: { item: block.attributes.notify, step: step.attributes.notify ?? [] },
    }),
    ...(when !== undefined && { when }),
    ...(check !== undefined && { check }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(longestIntervalMs !== undefined && { longestIntervalMs }),
    ...expectedOutput(block),
    ...(captures !== undefined && { captures }),
    ...(cwd !== undefined && { cwd }),
    ...(user !== undefined && { user }),
    ...(hostsFrom !== undefined && { hostsFrom }),
    ...(each !== undefined && { each }),
    ...(parallel !== undefined && { parallel }),
    ...(hostsMustPass !== undefined && { hostsMustPass }),
    ...(estimateMs !== undefined && { estimateMs }),
    ...(onFailure !== undefined && { onFailure }),
    ...(handlers !== undefined && { handlers }),
  };
}

/** A step's name, estimate and run switch are its own; everything else is the default of its blocks. */
function inherited(attributes: Attributes): Attributes {
  const { name: _name, run: _run, estimateMs: _estimate, with: _with, ...rest } = attributes;
  return rest;
}

/** Indented code begins in its first line, and prompted commands are some of the lines of their block. */
function codeLines(block: Block, line: number): Pick<BlockItem, 'codeLines'> {
  const { console: transcript, fenced, code } = block;
  if (fenced && transcript === undefined) return {};
  const first = fenced ? line + 1 : line;
  const indexes = transcript?.commandLines ?? [...code.replace(/\n$/, '').split('\n').keys()];
  return { codeLines: indexes.map((index) => first + index) };
}

function expectedOutput(block: Block): { readonly expectedOutput?: string } {
  const text =
    block.console && block.console.output !== '' ? block.console.output : block.expectedOutput?.text;
  return text === undefined ? {} : { expectedOutput: text };
}

function expectations(block: Block, written: Attributes): BlockItem['expect'] {
  const own = written.expect ?? [];
  const threshold = block.expectedOutput?.similarity;
  return threshold === undefined ? own : [...own, { type: 'similarity', threshold }];
}
