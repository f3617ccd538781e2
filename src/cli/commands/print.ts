// Owns `runsheet print`: a runbook as the tool understands it.
import type { Address } from '../../basics/address.ts';
import { KeptReadings } from '../../engine/cache/kept-readings.ts';
import { codesOf } from '../../run/belonging/open-doubts.ts';
import type { FoundSection } from '../../run/links/find-section.ts';
import type { BlockItem, Loop, Plan, PlanItem } from '../../run/plan.ts';
import { runsOnHosts } from '../../run/targets/host-targets.ts';
import { writtenAttributes } from '../../runbook/attributes/written-attributes.ts';
import type { Choice } from '../../runbook/choices/choice.ts';
import { formatDuration } from '../../runbook/regions/format-duration.ts';
import type { Block, Part, Runbook, Step } from '../../runbook/runbook.ts';
import { hasErrors } from '../../text/diagnostic.ts';
import type { Place } from '../../text/line-index.ts';
import { visibleText } from '../../text/visible-text.ts';
import { exitCode } from '../exit-code.ts';
import { loadPlan } from '../load/load-plan.ts';
import { loadRunbook } from '../load/load-runbook.ts';
import { locateSection, readPageName } from '../load/locate-section.ts';
import { refuse } from '../refusal.ts';
import { reportDiagnostics } from '../report-diagnostics.ts';
import { writeResult } from '../write-result.ts';

/** What `runsheet print` was given beside the runbook. */
export interface PrintOptions {
  readonly section?: string;
  readonly json?: boolean;
  /** Draws the page as its operator will see it, on every save. */
  readonly watch?: boolean;
}

/** Prints a runbook as the tool understands it; gives the exit code. */
export async function print(written: string, options: PrintOptions): Promise<number> {
  const page = readPageName(written, options.section);
  if (!page.ok) return refuse(page.error);
  const { path, section: named } = page.value;
  if (options.watch) {
    const { watchPage } = await import('../authoring/watch-page.ts');
    return watchPage(path);
  }
  const kept = new KeptReadings();
  const { runbook: whole, source, diagnostics } = loadRunbook(path, kept);
  if (!whole) {
    reportDiagnostics(diagnostics, source);
    return exitCode.usage;
  }
  const section = locateSection(whole, { path, section: named });
  if (!section.ok) return refuse(section.error);
  const plan = loadPlan(whole, section.value, kept);
  const runbook = section.value === undefined ? whole : partOf(whole, plan.plan, section.value);
  const found = [...diagnostics, ...plan.diagnostics];
  writeResult(
    options.json
      ? `${JSON.stringify(describeRunbook(runbook, plan.plan), null, 2)}\n`
      : renderRunbook(runbook, plan.plan),
  );
  // What is merely worth knowing belongs to `check`; errors are said here too, since the picture may be wrong.
  const errors = found.filter((diagnostic) => diagnostic.severity === 'error');
  reportDiagnostics(errors, source);
  return hasErrors(errors) ? exitCode.usage : exitCode.succeeded;
}

/** What stands in a section, and what comes before it. */
function partOf(runbook: Runbook, { title, items }: Plan, { span }: FoundSection): Runbook {
  const planned = new Set(items.map(({ step }) => step));
  const steps = runbook.steps.filter(
    (step) => planned.has(step.name) || (step.span.start < span.end && span.start < step.span.end),
  );
  return { ...runbook, title, steps };
}

/** The runbook as indented lines: sections, steps with the rule that made them, and what each step holds. */
function renderRunbook(runbook: Runbook, plan: Plan): string {
  const { missingSections } = plan;
  const items = indexPlan(plan);
  const { frontMatter } = runbook;
  const facts = [
    frontMatter.severity,
    frontMatter.owner && `owner ${frontMatter.owner}`,
    frontMatter.estimateMs !== undefined && `estimate ${formatDuration(frontMatter.estimateMs)}`,
    ...frontMatter.tags.map((tag) => `#${tag}`),
  ].filter((fact) => typeof fact === 'string');
  const lines = [runbook.title, ...(facts.length > 0 ? [facts.join(' · ')] : [])];
  for (const input of frontMatter.inputs) {
    const value = input.secret
      ? 'secret'
      : input.default === undefined
        ? input.required
          ? 'required'
          : 'optional'
        : `default \`${input.default}\`${input.from === undefined ? '' : ` of \`${input.from}\``}`;
    lines.push(
      `input ${input.name} (${input.type}, ${value})${input.description ? `: ${input.description}` : ''}`,
    );
  }
  for (const [name, hosts] of Object.entries(frontMatter.hosts))
    lines.push(`hosts ${name}: ${hosts.join(', ')}`);
  let section = '';
  for (const step of runbook.steps) {
    if (step.section !== section) lines.push('', step.section);
    section = step.section;
    lines.push(...renderStep(runbook, step, items, '  '));
  }
  if (missingSections.length > 0) lines.push('', `without: ${missingSections.join(', ')}`);
  return `${lines.map(visibleText).join('\n')}\n`;
}

/** Items of a plan by what is asked for: a page may have tens of thousands of them. */
interface PlanIndex {
  readonly byAddress: ReadonlyMap<Address, PlanItem>;
  /** By the link that brings them. */
  readonly within: ReadonlyMap<Address, readonly PlanItem[]>;
}

function indexPlan({ items }: Plan): PlanIndex {
  const byAddress = new Map<Address, PlanItem>();
  const within = new Map<Address, PlanItem[]>();
  for (const item of items) {
    if (!byAddress.has(item.address)) byAddress.set(item.address, item);
    if (item.within === undefined) continue;
    const brought = within.get(item.within);
    if (brought === undefined) within.set(item.within, [item]);
    else brought.push(item);
  }
  return { byAddress, within };
}

function renderStep(runbook: Runbook, step: Step, items: PlanIndex, indent: string): string[] {
  const { line } = runbook.source.lines.placeOf(step.span.start);
  const lines = [
    `${indent}${step.name}  ${line}  [${step.rule}] ${step.title}${step.manual ? '  (manual)' : ''}`,
  ];
  for (const { choice, branch } of step.branches ?? [])
    lines.push(`${indent}  way \`${branch}\` of \`${choice.name}\`${ruleWords(choice)}`);
  for (const part of step.parts) {
    const text = renderPart(runbook, part, items);
    if (text !== undefined) lines.push(`${indent}  ${text}`);
    if (part.type !== 'runbook-link') continue;
    lines.push(...renderLinked(items, part.link.address).map((line) => `${indent}    ${line}`));
  }
  for (const bound of step.validation)
    lines.push(`${indent}  validates:`, ...renderStep(runbook, bound, items, `${indent}    `));
  for (const bound of step.rollback)
    lines.push(`${indent}  undoes:`, ...renderStep(runbook, bound, items, `${indent}    `));
  return lines;
}

function ruleWords({ rule, branches }: Choice): string {
  const of = ` (${branches.length} ways`;
  if (rule?.type === 'all') return `${of}, all are run)`;
  return rule?.type === 'variable' ? `${of}, by $${rule.name})` : `${of})`;
}

/** What a link brings, undo items included, each with its place in its own file. */
function renderLinked(items: PlanIndex, link: Address): string[] {
  return (items.within.get(link) ?? []).flatMap((item) => {
    const { address, file = '', line, section, risk } = item;
    const what = item.kind === 'block' ? `${item.language} ${risk}` : item.kind;
    return [`${address}  ${file}:${line}  ${section} ${what}`, ...renderLinked(items, address)];
  });
}

function renderPart(runbook: Runbook, part: Part, items: PlanIndex): string | undefined {
  const lineOf = (offset: number) => runbook.source.lines.placeOf(offset).line;
  switch (part.type) {
    case 'prose':
      return part.asks && `${part.asks.address}  ${lineOf(part.span.start)}  by hand  ${part.asks.text}`;
    case 'block': {
      const { block } = part;
      const first = (block.console?.commands ?? block.code).split('\n', 1)[0] ?? '';
      if (!block.runnable)
        return `prose  ${lineOf(block.span.start)}  ${block.language ?? 'no language'}${block.shown === undefined ? '' : ` (${block.shown})`}`;
      const item = items.byAddress.get(block.address);
      const facts = [block.language, block.risk, ...describeItem(item), ...describeAttributes(block)];
      return `${block.address}  ${lineOf(block.span.start)}  ${[...facts, ...describeDoubts(item)].join(' ')}  ${first}`;
    }
    case 'checklist':
      return `${part.checklist.address}  ${lineOf(part.checklist.span.start)}  checklist of ${part.checklist.items.length}`;
    case 'runbook-link':
      return `${part.link.address}  ${lineOf(part.link.span.start)}  runs ${part.link.target}`;
  }
}

/** What holds for a block whoever says so: how its failing commands are taken, and where it runs, groups resolved. */
function describeItem(item: PlanItem | undefined): string[] {
  if (item?.kind !== 'block') return [];
  const { errexit, looks } = item;
  return [
    ...(looks ? ['looks'] : errexit === undefined ? [] : [`errexit=${errexit}`]),
    ...(item.user === undefined ? [] : [`user=${item.user}`]),
    ...describeHosts(item),
  ];
}

function describeDoubts(item: PlanItem | undefined): string[] {
  return [
    ...(item?.onDemand ? ['only-by-name'] : []),
    ...(item?.doubts === undefined ? [] : [`doubtful=${codesOf(item.doubts).join(',')}`]),
  ];
}

function describeHosts(item: BlockItem): string[] {
  if (item.each !== undefined)
    return [...describeLoop(item.each), ...(item.hasTurns ? ['item-by-item'] : [])];
  if (!runsOnHosts(item)) return [];
  return [
    item.hostsFrom === undefined
      ? `host=${item.hosts.join(',')}`
      : `hosts-from=${JSON.stringify(item.hostsFrom)}`,
  ];
}

function describeLoop({ name, items, variable, from }: Loop): string[] {
  if (from !== undefined) return [`each=${name}`, `each-from=${JSON.stringify(from)}`];
  const list = variable === undefined ? JSON.stringify(items?.join(' ')) : `$${variable}`;
  return [`each=${name}`, `of=${list}`];
}

/** What stands elsewhere in its line is not said twice. */
function describeAttributes({ attributes }: Block): readonly string[] {
  const {
    name: _name,
    onlyByName: _onlyByName,
    risk: _risk,
    run: _run,
    hosts: _hosts,
    hostsFrom: _from,
    each: _each,
    of: _of,
    eachFrom: _eachFrom,
    errexit: _errexit,
    user: _user,
    ...rest
  } = attributes;
  return writtenAttributes(rest);
}

/** The choices that something stands in, the outermost first, and its own ways of them. */
function describeChoices({ branches }: Pick<Step | Block, 'branches'>): {
  readonly choices?: readonly object[];
} {
  if (branches === undefined) return {};
  return {
    choices: branches.map(({ choice: { name, title, rule, branches: of }, branch }) => ({
      choice: name,
      title,
      branch,
      branches: of.map((one) => one.name),
      ...(rule && { rule }),
    })),
  };
}

/** The public JSON form of a runbook, version 1: places are one-based lines and columns. */
function describeRunbook(runbook: Runbook, plan: Plan) {
  const { byAddress } = indexPlan(plan);
  const place = (offset: number) => runbook.source.lines.placeOf(offset);
  const describeStep = (step: Step): object => ({
    name: step.name,
    title: step.title,
    section: step.section,
    rule: step.rule,
    manual: step.manual,
    ...describeChoices(step),
    place: place(step.span.start),
    attributes: step.attributes,
    parts: step.parts.flatMap((part) => describePart(part, place, byAddress) ?? []),
    validation: step.validation.map(describeStep),
    rollback: step.rollback.map(describeStep),
  });
  return {
    version: 1,
    path: runbook.source.path,
    title: runbook.title,
    ...(plan.section !== undefined && { section: plan.section }),
    frontMatter: runbook.frontMatter,
    sections: runbook.sections.map(({ kind, title, depth, word, boundTo, headingSpan }) => ({
      kind,
      title,
      depth,
      word,
      ...(boundTo && { boundTo }),
      place: place(headingSpan.start),
    })),
    steps: runbook.steps.map(describeStep),
  };
}

function describePart(
  part: Part,
  place: (offset: number) => Place,
  items: PlanIndex['byAddress'],
): object | undefined {
  switch (part.type) {
    case 'prose':
      return (
        part.asks && {
          type: 'manual',
          address: part.asks.address,
          text: part.asks.text,
          place: place(part.span.start),
        }
      );
    case 'block': {
      const { address, language, code, runnable, shown, risk, attributes, span } = part.block;
      const item = items.get(address);
      return {
        type: 'block',
        address,
        language,
        runnable,
        ...(shown !== undefined && { shown }),
        risk,
        ...(item?.kind === 'block' && { onError: onErrorOf(item) }),
        ...describeChoices(part.block),
        ...(item?.doubts && { doubts: codesOf(item.doubts) }),
        ...(item?.onDemand && { onDemand: true }),
        attributes,
        code,
        place: place(span.start),
      };
    }
    case 'checklist': {
      const { address, items, span } = part.checklist;
      const entries = items.map(({ text, ticked }) => ({ text, ticked }));
      return { type: 'checklist', address, items: entries, place: place(span.start) };
    }
    case 'runbook-link': {
      const { address, target, span } = part.link;
      return { type: 'runbook', address, target, place: place(span.start) };
    }
  }
}

/** What a command that ends non-zero is: `fail` the block's end, `go-on` nothing, `find` something found. */
function onErrorOf({ errexit, looks }: BlockItem): 'fail' | 'go-on' | 'find' {
  if (looks) return 'find';
  return errexit === false ? 'go-on' : 'fail';
}
