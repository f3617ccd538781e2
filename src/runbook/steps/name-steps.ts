// Owns the names of steps and the addresses of what they hold.
import GithubSlugger from 'github-slugger';
import type { Address, StepName } from '../../basics/address.ts';
import { address, stepName } from '../../basics/address.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { span } from '../../text/span.ts';
import type { PlaceInChoices, PlaceOf } from '../choices/place-choices.ts';
import type { PartDraft } from '../content/part-draft.ts';
import type { Doubt } from '../doubts/doubt.ts';
import type { Outline } from '../headings/outline.ts';
import { startOf } from '../markdown/parse-structure.ts';
import type { Part, Step } from '../runbook.ts';
import type { StepDraft } from './step-draft.ts';
import { isActive } from './step-draft.ts';

/** Words of a list item or a paragraph that make its name; more would make no name that one types. */
const slugWords = 6;
const slugLength = 48;

type Range = readonly [start: number, end: number];

export interface NamedSteps {
  readonly steps: readonly Step[];
  readonly names: ReadonlyMap<StepDraft, StepName>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Names every step: by its own `name`, by the anchor of its heading, or by its first words. Anchors are those
 * that the code host gives, so that a step is also a link; names made of words keep clear of all of them.
 */
export function nameSteps(
  drafts: readonly StepDraft[],
  outline: Outline,
  source: SourceFile,
  leadIns: ReadonlyMap<StepDraft, readonly Range[]>,
  placeOf: PlaceOf,
): NamedSteps {
  const names = new Map<StepDraft, StepName>();
  const { taken, diagnostics } = explicitNames(drafts, source);
  const anchors = outline.slugs;
  const counters = new Map<string, number>();

  const free = (base: string, isFree: (name: string) => boolean): string => {
    if (isFree(base)) return base;
    let count = counters.get(base) ?? 0;
    let name: string;
    do {
      count += 1;
      name = `${base}-${count}`;
    } while (!isFree(name));
    counters.set(base, count);
    return name;
  };

  const given = new Set<string>();
  const nameOf = (draft: StepDraft): string => {
    const own = draft.attributes.name;
    if (own !== undefined && !given.has(own)) return own;
    // The step's own first block may have taken its heading's name, and means the same by it.
    const isOwn = (name: string) => taken.get(name) === draft;
    if (draft.slug !== undefined && draft.slug !== '') {
      return free(draft.slug, (name) => !given.has(name) && (!taken.has(name) || isOwn(name)));
    }
    return free(slugOf(draft.title), (name) => !given.has(name) && !taken.has(name) && !anchors.has(name));
  };

  const visitInOrder = (list: readonly StepDraft[]) => {
    for (const draft of list) {
      const name = nameOf(draft);
      given.add(name);
      names.set(draft, stepName(name));
      visitInOrder(draft.validation);
      visitInOrder(draft.rollback);
    }
  };
  visitInOrder(drafts);

  const finish = (draft: StepDraft): Step => {
    const name = names.get(draft) ?? stepName('step');
    const toBytes = (range: Range) => span(source.toByteOffset(range[0]), source.toByteOffset(range[1]));
    const leadIn = leadIns.get(draft);
    return {
      name,
      title: draft.title,
      section: draft.section,
      rule: draft.rule,
      span: toBytes([draft.start, draft.end]),
      ...(draft.heading !== undefined && { headingSpan: toBytes(draft.heading) }),
      ...(leadIn !== undefined && { leadIn: leadIn.map(toBytes) }),
      depth: draft.depth,
      attributes: draft.attributes,
      ...placeStep(draft, name, placeOf),
      validation: draft.validation.map(finish),
      rollback: draft.rollback.map(finish),
      manual: draft.manual,
      ...(draft.containerPrefix !== undefined && { containerPrefix: draft.containerPrefix }),
    };
  };
  return { steps: drafts.map(finish), names, diagnostics };
}

/** Names that authors gave, each with the step that holds it; the second use of a name is an error. */
function explicitNames(
  drafts: readonly StepDraft[],
  source: SourceFile,
): { readonly taken: ReadonlyMap<string, StepDraft>; readonly diagnostics: readonly Diagnostic[] } {
  const uses: {
    readonly name: string;
    readonly range: Range;
    readonly draft: StepDraft;
  }[] = [];
  const collect = (draft: StepDraft) => {
    if (draft.attributes.name !== undefined && draft.heading !== undefined) {
      uses.push({ name: draft.attributes.name, range: draft.heading, draft });
    }
    for (const part of draft.parts) {
      if (part.type !== 'block' || part.block.attributes.name === undefined) continue;
      uses.push({
        name: part.block.attributes.name,
        range: part.written.nameRange ?? [draft.start, draft.start],
        draft,
      });
    }
    for (const nested of [...draft.validation, ...draft.rollback]) collect(nested);
  };
  for (const draft of drafts) collect(draft);
  uses.sort((left, right) => left.range[0] - right.range[0]);

  const taken = new Map<string, StepDraft>();
  const first = new Map<string, number>();
  const diagnostics: Diagnostic[] = [];
  for (const { name, range, draft } of uses) {
    const start = source.toByteOffset(range[0]);
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, start);
      taken.set(name, draft);
      continue;
    }
    diagnostics.push({
      code: 'duplicate-name',
      severity: 'error',
      message: `the name \`${name}\` is given twice`,
      span: span(start, source.toByteOffset(range[1])),
      help: `line ${source.lines.placeOf(before).line} has it first; results and \`--step\` need to know which is meant`,
    });
  }
  return { taken, diagnostics };
}

/** The parts of a step with what its place says of it; what a block's place says beside that is with the block. */
function placeStep(
  draft: StepDraft,
  name: StepName,
  placeOf: PlaceOf,
): Pick<Step, 'parts' | 'doubts' | 'branches' | 'aside'> {
  const own = placeOf(draft.start);
  const parts = addressParts(draft.parts, name, (start) => {
    const { branches, doubts } = placeOf(start);
    return {
      branches: branches.filter((one) => !own.branches.some(({ choice }) => choice === one.choice)),
      doubts: doubts.filter((one) => !own.doubts.includes(one)),
    };
  });
  return { parts, ...placed(own, draft.doubts), ...(draft.aside && { aside: draft.aside }) };
}

function placed(
  { branches, doubts: ofPlace }: PlaceInChoices,
  own: readonly Doubt[] = [],
): Pick<Step, 'doubts' | 'branches'> {
  const doubts = [...ofPlace, ...own];
  return { ...(doubts.length > 0 && { doubts }), ...(branches.length > 0 && { branches }) };
}

/**
 * Addresses of what stands in a step: its name for the first that is run or ticked, then `step/2`, `step/3`; where a block
 * behind the first is called as its step is, the first is `step/1`. What is only shown is counted apart, so that an example added by its author moves no result, and so is what goes on
 * with a list of tasks behind something that is run: `step/tasks-2` where the list is `step`. What a sentence
 * asks for is `step/asked-1`.
 */
function addressParts(parts: readonly PartDraft[], name: StepName, placeOf: PlaceOf): readonly Part[] {
  let active = 0;
  let shown = 0;
  let asked = 0;
  let list = name as string;
  const isTaken = parts.some((part) => part.type === 'block' && part.block.attributes.name === name);
  const next = (part: PartDraft): Address => {
    if (part.type === 'checklist' && part.continues !== undefined)
      return address(`${list}/tasks-${part.continues}`);
    if (isActive(part)) {
      active += 1;
      return address(active === 1 && !isTaken ? name : `${name}/${active}`);
    }
    shown += 1;
    return address(`${name}/text-${shown}`);
  };
  return parts.map((part): Part => {
    if (part.type === 'prose') {
      const { asks, ...prose } = part;
      if (asks === undefined) return prose;
      asked += 1;
      return { ...prose, asks: { address: address(`${name}/asked-${asked}`), ...asks } };
    }
    const counted = next(part);
    if (part.type === 'checklist' && part.continues === undefined) list = counted;
    if (part.type === 'checklist')
      return { type: 'checklist', checklist: { ...part.checklist, address: counted } };
    if (part.type === 'runbook-link')
      return { type: 'runbook-link', link: { ...part.link, address: counted } };
    const own = part.block.attributes.name;
    const named = own !== undefined;
    const place = placed(placeOf(startOf(part.written.node)), part.block.doubts);
    return {
      type: 'block',
      block: { address: named ? address(own) : counted, named, ...part.block, ...place },
    };
  });
}

function slugOf(title: string): string {
  const words = title.replace(/…$/, '').split(/\s+/).slice(0, slugWords).join(' ');
  const slug = new GithubSlugger()
    .slug([...words].slice(0, slugLength).join(''))
    .replace(/--+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'step' : slug;
}
