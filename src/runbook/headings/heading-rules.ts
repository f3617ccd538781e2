// Owns what the headings of a document are to it: which of them open sections, which are counted steps, which is its title.
import type { Nodes } from 'mdast';
import type { DocumentContext } from '../content/document-context.ts';
import { holdsWork } from '../content/holds-work.ts';
import { isTaskList } from '../content/read-checklist.ts';
import type { SectionKind } from '../runbook.ts';
import { normaliseHeading, stepLabel } from './normalise-heading.ts';
import type { Heading, Outline } from './outline.ts';
import { type PageSubject, subjectOf } from './page-subject.ts';
import type { SectionMatch, SectionMatcher } from './section-matcher.ts';

/** Where a heading stands: in no section, or in one. */
export type Area = 'free' | SectionKind;

/** What each heading of one document opens or counts; made once, asked by everything that builds steps. */
export class HeadingRules {
  /** The heading that is the document's title and nothing else. */
  readonly titleHeading: Heading | undefined;
  /** Whether some heading says "the steps stand here"; then other headings with code are examples. */
  readonly saysWhereStepsAre: boolean;
  /** The highest level of such headings; 0 where there is none. */
  readonly stepsDepth: number;
  /** What the title says that the page does. */
  readonly subject: PageSubject;
  readonly #context: DocumentContext;
  /** Headings that are near to a word of a section, and what they would open. */
  readonly misspelt = new Map<Heading, SectionMatch>();
  readonly #areas = new Map<Heading, Area>();
  readonly #troubles = new Set<Heading>();
  readonly #matches: Map<Heading, SectionMatch | undefined>;

  constructor(outline: Outline, context: DocumentContext, match: SectionMatcher, title?: string) {
    this.#context = context;
    this.#matches = new Map(outline.headings.map((heading) => [heading, match(heading.title)] as const));
    this.titleHeading = this.#findTitle(outline);
    this.subject = subjectOf(title ?? this.titleHeading?.title ?? '');
    this.#judgeByPlace(outline);
    const stepsSections = outline.document.children.flatMap((heading) =>
      this.#stepsSectionsIn(heading, 'free'),
    );
    this.saysWhereStepsAre = stepsSections.length > 0;
    // Not by a call with all of them: there may be more than a call can take.
    this.stepsDepth = stepsSections.reduce(
      (least, { depth }) => Math.min(least, depth),
      stepsSections[0]?.depth ?? 0,
    );
  }

  /** The section that the words of a heading mean. */
  matchOf(heading: Heading): SectionMatch | undefined {
    return heading === this.titleHeading ? undefined : this.#matches.get(heading);
  }

  /** The section that a heading stands in, its own where it opens one. */
  areaOf(heading: Heading): Area {
    return this.#areas.get(heading) ?? 'free';
  }

  /** True for a heading in a collection of problems. */
  isTrouble(heading: Heading): boolean {
    return this.#troubles.has(heading);
  }

  /** Which section, if any, a heading opens inside another one. */
  opens(area: Area, heading: Heading): SectionMatch | undefined {
    const found = this.matchOf(heading);
    if (found === undefined || found.kind === area) return undefined;
    switch (area) {
      case 'free':
        return found;
      case 'steps':
        return found.kind === 'context' && holdsChecklist(heading) ? undefined : found;
      case 'diagnosis':
        return found.kind === 'steps' || found.kind === 'rollback' || found.kind === 'context'
          ? found
          : undefined;
      case 'context':
        return found.kind === 'preconditions' || found.kind === 'rollback' ? found : undefined;
      case 'validation':
        // An undo is no check, and neither is what has to be there for one.
        return found.kind === 'steps' ||
          found.kind === 'diagnosis' ||
          (found.kind === 'context' && holdsChecklist(heading))
          ? undefined
          : found;
      case 'preconditions':
      case 'cleanup':
        if (found.kind === 'rollback') return found;
        return found.kind === 'context' && !holdsChecklist(heading) ? found : undefined;
      default:
        // What stands in a rollback is the rollback's: its own procedure, its own verification.
        return found.kind === 'context' && !holdsChecklist(heading) ? found : undefined;
    }
  }

  /** By which rule a heading outside of every section is a step by its own words, as "Step 2" or "2." is. */
  labelOf(heading: Heading): ReturnType<typeof stepLabel> {
    return heading === this.titleHeading ? undefined : stepLabel(heading.title);
  }

  /** True where something of these would run or be ticked. */
  hasWork(nodes: readonly Nodes[]): boolean {
    return nodes.some((node) => holdsWork(node, this.#context.written));
  }

  /** True for a counted heading whose parts are counted too: "2. Install" above "2.1 Download" with code. */
  holdsCountedSteps(heading: Heading): boolean {
    return heading.children.some(
      (child) =>
        this.matchOf(child) === undefined &&
        ((stepLabel(child.title) !== undefined && this.#holdsWorkBelow(child)) ||
          this.holdsCountedSteps(child)),
    );
  }

  /** True where work of a heading stands behind an offset, validations and their like left out. */
  holdsWorkBehind(heading: Heading, offset: number): boolean {
    return heading.children.some((child) => {
      const kind = this.matchOf(child)?.kind;
      if (child.end <= offset || kind === 'validation' || kind === 'rollback' || kind === 'cleanup')
        return false;
      return (child.start >= offset && this.hasWork(child.content)) || this.holdsWorkBehind(child, offset);
    });
  }

  /** True for a heading that has a step of its own to name, and is not the whole document's. */
  namesItsContent(heading: Heading): boolean {
    return heading.depth > 0 && heading !== this.titleHeading;
  }

  /** Drops what the words of a heading can mean only in another place or on another page. */
  #judgeByPlace({ document }: Outline): void {
    let workBegun = false;
    const saysSteps = [...this.#matches.values()].some(
      (match) => match?.kind === 'steps' && match.nature === undefined,
    );
    const judge = (heading: Heading, area: Area, isTroubled: boolean, isInWork = false): void => {
      const found = this.#matches.get(heading);
      // A page about going back is told to go back; below work, or beside its steps, it is these that are undone.
      const isBeside = isInWork || (saysSteps && area === 'free');
      const isSubject =
        found?.kind === 'rollback' && this.subject.undoes && found.own === undefined && !isBeside;
      if (found?.misspelt !== undefined) this.misspelt.set(heading, found);
      // An undo or a check is never run as a step; anything else is only what is written.
      const isLeft =
        found?.misspelt !== undefined && found.kind !== 'rollback' && found.kind !== 'validation';
      const isMet = found?.needs === 'page-backs-up' ? this.subject.onlyBacksUp : workBegun;
      if (found !== undefined && ((found.needs !== undefined && !isMet) || isSubject || isLeft))
        this.#matches.set(heading, undefined);
      const opened = this.opens(area, heading);
      const inside = opened?.kind ?? area;
      this.#areas.set(heading, inside);
      const inTrouble = isTroubled || opened?.nature === 'trouble';
      if (inTrouble) this.#troubles.add(heading);
      const isWork =
        opened === undefined
          ? found?.needs !== 'work-before' && !onlyPrepares(heading.title)
          : opened.nature === undefined;
      if (isWork && (inside === 'free' || inside === 'steps') && this.hasWork(heading.content))
        workBegun = true;
      const isOfWork = this.namesItsContent(heading) && this.hasWork(heading.content);
      for (const child of heading.children) judge(child, inside, inTrouble, isOfWork);
    };
    judge(document, 'free', false);
  }

  #stepsSectionsIn(heading: Heading, area: Area): readonly Heading[] {
    const opened = this.opens(area, heading);
    if (opened?.kind === 'steps' && opened.nature !== 'preparation') return [heading];
    const isStep = area === 'free' && opened === undefined && this.labelOf(heading);
    if (isStep) return [];
    const inside = opened?.nature === 'trouble' ? 'context' : (opened?.kind ?? area);
    return heading.children.flatMap((child) => this.#stepsSectionsIn(child, inside));
  }

  #holdsWorkBelow(heading: Heading): boolean {
    return this.hasWork(heading.content) || heading.children.some((child) => this.#holdsWorkBelow(child));
  }

  /**
   * The heading that names the document: the first of all, when it is the only one of the highest level, or one of
   * several of the first level that neither opens a section nor holds work itself.
   */
  #findTitle({ headings }: Outline): Heading | undefined {
    const [first] = headings;
    if (first === undefined) return undefined;
    const isOnly = headings.every((heading) => heading === first || heading.depth > first.depth);
    if (isOnly && first.depth === 1) return first;
    if (first.depth > 1 && !(isOnly && headings.length > 1)) return undefined;
    const isMore =
      this.hasWork(first.content) ||
      this.#matches.get(first) !== undefined ||
      stepLabel(first.title) !== undefined;
    return isMore ? undefined : first;
  }
}

/** Headings of what only makes ready for the work: what is checked behind it is no result of work. */
function onlyPrepares(title: string): boolean {
  return /^(?:prepar|connect|log ?in|login|authenticat|sign in|set (?:the )?(?:env|variables)|ssh|get (?:the )?credentials|open|access)/.test(
    normaliseHeading(title),
  );
}

/** True where a heading, or one below it, has a checklist. */
export function holdsChecklist(heading: Heading): boolean {
  return heading.content.some(isTaskList) || heading.children.some(holdsChecklist);
}
