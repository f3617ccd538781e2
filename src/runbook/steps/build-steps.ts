// Owns the rules of what is a section and what is a step.
import type { Nodes } from 'mdast';
import type { DocumentContext } from '../content/document-context.ts';
import { asksInProse, countsOrders, ordersCommand } from '../content/read-asked.ts';
import type { PartRules } from '../content/read-parts.ts';
import { isIndexTitle } from '../content/read-sole-link.ts';
import { asksToAct } from '../headings/asks-to-look.ts';
import { HeadingRules } from '../headings/heading-rules.ts';
import { stepLabel } from '../headings/normalise-heading.ts';
import type { Heading, Outline } from '../headings/outline.ts';
import type { SectionMatch, SectionMatcher } from '../headings/section-matcher.ts';
import { endOf, startOf } from '../markdown/parse-structure.ts';
import type { SectionKind, StepRule } from '../runbook.ts';
import { contentRange, makeDirectStep, makeStep, makeWholeStep } from './make-step.ts';
import type { StepDraft } from './step-draft.ts';
import { actingSections, isActive } from './step-draft.ts';
import { listSteps, unheadedSteps } from './unheaded-steps.ts';

/** A section on its way to the model; `boundTo` is the step that it validates or undoes. */
export interface SectionDraft {
  readonly kind: SectionKind;
  readonly heading: Heading;
  readonly word: string;
  readonly boundTo?: StepDraft;
}

/** What a document is made of; steps are in its order. */
export interface Structure {
  /** The heading that is the document's title and nothing else. */
  readonly titleHeading?: Heading;
  /** What its headings mean. */
  readonly rules: HeadingRules;
  readonly sections: readonly SectionDraft[];
  readonly steps: readonly StepDraft[];
}

/** Finds the sections and steps of a document. */
export function buildSteps(
  outline: Outline,
  context: DocumentContext,
  match: SectionMatcher,
  title?: string,
): Structure {
  const headings = new HeadingRules(outline, context, match, title);
  const strict = new StepBuilder(context, headings, true).build(outline);
  if (strict.steps.some(({ section }) => section === 'steps')) return strict;
  // A document that has no work by any other rule may count its instructions in plain prose.
  return new StepBuilder(context, headings, false).build(outline);
}

/** One walk through a document, heading by heading. */
class StepBuilder {
  readonly #context: DocumentContext;
  readonly #headings: HeadingRules;
  readonly #listsNeedWork: boolean;
  readonly #sections: SectionDraft[] = [];
  readonly #steps: StepDraft[] = [];

  constructor(context: DocumentContext, headings: HeadingRules, listsNeedWork: boolean) {
    this.#context = context;
    this.#headings = headings;
    this.#listsNeedWork = listsNeedWork;
  }

  build({ document }: Outline): Structure {
    this.#readFree({ ...document, children: [] }, undefined);
    this.#readChildren(document, undefined);
    // A clean-up section inside a step was read before the step was done.
    this.#steps.sort((left, right) => left.start - right.start);
    const { titleHeading } = this.#headings;
    // Where a page is nothing but problems, they are what it is read for.
    const works = this.#steps.some(({ section }) => section === 'steps');
    return {
      ...(titleHeading !== undefined && { titleHeading }),
      rules: this.#headings,
      sections: this.#sections,
      steps: works ? this.#steps : this.#steps.map(withoutTrouble),
    };
  }

  /** A heading outside of every section; `step` is the one that sections below it would validate or undo. */
  #readFree(heading: Heading, step: StepDraft | undefined): void {
    const opened = this.#headings.opens('free', heading);
    if (opened !== undefined) {
      // What validates a step comes right after it: where other steps stand between, it is in its place already.
      const isBehind = opened.kind !== 'validation' || this.#steps.at(-1) === step;
      this.#readSection(heading, opened, isBehind ? step : undefined);
      return;
    }
    const label = this.#headings.labelOf(heading);
    if (label !== undefined && !this.#headings.holdsCountedSteps(heading)) {
      add(this.#steps, this.#wholeStep(heading, 'steps', label));
      return;
    }
    const own = this.#readFreeContent(heading, label) ?? step;
    this.#readChildren(heading, own);
  }

  #readChildren(heading: Heading, own: StepDraft | undefined): void {
    const worksBeside = heading.children.some((child) => this.#isWorkOfItsOwn(child));
    for (const child of heading.children) {
      if (worksBeside && this.#isByHand(child)) add(this.#steps, this.#stepByHand(child));
      else this.#readFree(child, own);
    }
  }

  #isWorkOfItsOwn(heading: Heading): boolean {
    return (
      !this.#headings.saysWhereStepsAre &&
      this.#headings.opens('free', heading) === undefined &&
      this.#headings.hasWork(heading.content)
    );
  }

  /** Prose that asks somebody to act, beside headings with work: left out, a run would go on without it. */
  #isByHand(heading: Heading): boolean {
    const isPlain = heading.children.length === 0 && heading.content.length > 0;
    const isFree =
      this.#headings.opens('free', heading) === undefined && this.#headings.labelOf(heading) === undefined;
    if (!isPlain || !isFree || this.#headings.hasWork(heading.content)) return false;
    const { content } = heading;
    return (
      asksToAct(heading.title) ||
      countsOrders(content, this.#context) ||
      ordersCommand(content, this.#context)
    );
  }

  #stepByHand(heading: Heading): StepDraft | undefined {
    return makeDirectStep(this.#context, heading, 'steps', 'code-heading');
  }

  /** What stands directly below such a heading; gives the step that the heading itself became. */
  #readFreeContent(heading: Heading, label: StepRule | undefined): StepDraft | undefined {
    const counted = this.#listsNeedWork ? undefined : this.#countedProse(heading);
    if (counted !== undefined) {
      this.#addSteps(counted);
      return undefined;
    }
    const isExample = this.#headings.saysWhereStepsAre && label === undefined;
    if (isExample || !this.#headings.hasWork(heading.content)) {
      this.#addForced(heading.content, heading);
      if (isExample) this.#addAside(heading);
      return undefined;
    }
    const inList = listSteps(this.#context, heading.content, 'steps', true);
    if (inList !== undefined) this.#addSteps(inList);
    else if (this.#headings.namesItsContent(heading))
      return add(this.#steps, makeDirectStep(this.#context, heading, 'steps', label ?? 'code-heading'));
    else this.#addSteps(unheadedSteps(this.#context, heading.content, 'steps', contentRange(heading)));
    return undefined;
  }

  /** An ordered list of prose outside of every section; a table of contents is none. */
  #countedProse(heading: Heading): readonly StepDraft[] | undefined {
    const { text } = this.#context;
    const lists = heading.content.filter((node) => node.type === 'list' && node.ordered === true);
    const items = lists.flatMap((node) => (node.type === 'list' ? node.children : []));
    const links = items.filter((item) =>
      /^[^\n]*\]\([^)]*\)\s*$/.test(text.slice(startOf(item), endOf(item))),
    );
    if (items.length < 2 || links.length > items.length / 2) return undefined;
    return listSteps(this.#context, heading.content, 'steps', false);
  }

  #readSection(heading: Heading, found: SectionMatch, step: StepDraft | undefined): void {
    const { kind, word } = found;
    // A heading as high as that of the steps themselves is the document's, whatever was misplaced above it.
    const isInside = heading.depth > this.#headings.stepsDepth;
    const canBind = kind === 'validation' || kind === 'rollback';
    const bound = isInside && canBind ? step : undefined;
    this.#sections.push({ kind, heading, word, ...(bound !== undefined && { boundTo: bound }) });
    if (kind === 'context') {
      this.#readContextContent(heading);
      return;
    }
    const target =
      bound === undefined ? this.#steps : kind === 'validation' ? bound.validation : bound.rollback;
    this.#readSectionContent(heading, found, target);
  }

  /** In context nothing is a step, but a block that says `run`, and what says that it must hold beforehand. */
  #readContext(heading: Heading): void {
    const opened = this.#headings.opens('context', heading);
    if (opened !== undefined) this.#readSection(heading, opened, undefined);
    else this.#readContextContent(heading);
  }

  #readContextContent(heading: Heading): void {
    this.#addForced(heading.content, heading);
    this.#addAside(heading);
    for (const child of heading.children) this.#readContext(child);
  }

  #readSectionContent(heading: Heading, found: SectionMatch, target: StepDraft[]): void {
    const { kind } = found;
    const own = this.#ownSteps(heading, kind);
    const before = target.length;
    for (const step of own) target.push(step);
    const below = target.length;
    for (const child of heading.children) this.#readInSection(child, found, target);
    if (found.nature === 'trouble') {
      for (const [index, step] of target.entries())
        if (index >= below && step.section === 'diagnosis') target[index] = { ...step, aside: true };
    }
    const isAlone = target.length === before;
    // Prose above sub-headings introduces them; where none became a step, it is what the section asks for.
    if (isAlone && (actingSections.has(kind) || kind === 'cleanup'))
      add(target, makeDirectStep(this.#context, heading, kind, 'section'));
  }

  /** The steps of what stands directly below the heading of a section. */
  #ownSteps(heading: Heading, kind: SectionKind): readonly StepDraft[] {
    const isIndex = isIndexTitle(heading.title);
    const asks = kind === 'cleanup' && asksInProse(heading.content, this.#context);
    const onlyWork = !actingSections.has(kind) && !asks;
    const inList = listSteps(this.#context, heading.content, kind, onlyWork, isIndex);
    if (inList !== undefined) return inList;
    if (!this.#headings.hasWork(heading.content)) return [];
    const step = makeDirectStep(this.#context, heading, kind, 'code-heading');
    if (step === undefined) return [];
    const runs = step.parts.some((part) => part.type === 'block' && isActive(part));
    return [runs ? step : { ...step, rule: 'section' }];
  }

  /** A heading below that of a section. */
  #readInSection(heading: Heading, enclosing: SectionMatch, target: StepDraft[]): void {
    const { kind } = enclosing;
    const opened = this.#headings.opens(kind, heading);
    const isSolution = opened?.kind === 'steps' && enclosing.nature === 'trouble';
    if (opened !== undefined && !isSolution) {
      this.#readSection(heading, opened, undefined);
      return;
    }
    if (this.#headings.holdsCountedSteps(heading)) {
      if (this.#headings.hasWork(heading.content)) target.push(...this.#ownSteps(heading, kind));
      for (const child of heading.children) this.#readInSection(child, enclosing, target);
      return;
    }
    add(target, this.#wholeStep(heading, kind, stepLabel(heading.title) ?? 'sub-heading'));
  }

  #wholeStep(heading: Heading, kind: SectionKind, rule: StepRule): StepDraft | undefined {
    const { step, nested } = makeWholeStep(this.#context, this.#headings, heading, kind, rule);
    for (const section of nested) this.#readSection(section.heading, section.found, step);
    return step;
  }

  /** What would run below a heading that no run comes to: it can be chosen by its name. */
  #addAside(heading: Heading): void {
    const isForced = heading.content.some((node) => this.#saysRun(node));
    if (isForced || !this.#headings.namesItsContent(heading) || !this.#headings.hasWork(heading.content))
      return;
    const step = makeDirectStep(this.#context, heading, 'context', 'code-heading');
    const runs = step?.parts.some((part) => part.type === 'block' && part.block.runnable);
    if (step !== undefined && runs) this.#steps.push({ ...step, aside: true });
  }

  /** Steps for blocks that say `run` where nothing else runs. */
  #addForced(nodes: readonly Nodes[], heading: Heading): void {
    if (!nodes.some((node) => this.#saysRun(node))) return;
    const rules: PartRules = {
      section: 'steps',
      attributes: heading.attributes,
      isContext: () => true,
      lookingAt: () => undefined,
    };
    const range = contentRange(heading);
    if (this.#headings.namesItsContent(heading)) {
      const step = { kind: 'steps', rule: 'code-heading', nodes, range, rules } as const;
      add(this.#steps, makeStep(this.#context, heading, step));
    } else this.#addSteps(unheadedSteps(this.#context, nodes, 'steps', range, rules));
  }

  /** One by one: a page may hold more of them than a call can take. */
  #addSteps(steps: readonly StepDraft[]): void {
    for (const step of steps) this.#steps.push(step);
  }

  #saysRun(node: Nodes): boolean {
    if (node.type === 'code') return this.#context.written.blocks.get(node)?.attributes.run === true;
    const isContainer = node.type === 'list' || node.type === 'listItem' || node.type === 'blockquote';
    return isContainer && node.children.some((child) => this.#saysRun(child));
  }
}

function withoutTrouble(step: StepDraft): StepDraft {
  if (step.section !== 'diagnosis') return step;
  const { aside: _aside, ...rest } = step;
  return rest;
}

function add(list: StepDraft[], step: StepDraft | undefined): StepDraft | undefined {
  if (step !== undefined) list.push(step);
  return step;
}
