// Owns what the prompt surface writes between its questions: prose, code, output, results.

import type { Address } from '../../basics/address.ts';
import { capturedFor } from '../../run/inputs/with-own-use.ts';
import type { BlockItem, PlanItem } from '../../run/plan.ts';
import { filledText } from '../../run/rules/filled-text.ts';
import type { RunState } from '../../run/state.ts';
import type { EarlierTimes, RunView } from '../../run/surface.ts';
import { nestingOf } from '../../runbook/checklist.ts';
import type { Doubt } from '../../runbook/doubts/doubt.ts';
import type { Part, Runbook, Step } from '../../runbook/runbook.ts';
import type { Span } from '../../text/span.ts';
import { visibleText } from '../../text/visible-text.ts';
import { type Palette, paintLine } from '../../view/layout/palette.ts';
import { lineWidth, type StyledLine, styled } from '../../view/layout/styled-line.ts';
import { wrapRuns } from '../../view/layout/wrap-runs.ts';
import { highlightCode } from '../../view/prose/highlight-code.ts';
import { parseProse } from '../../view/prose/parse-prose.ts';
import { layOutProse } from '../../view/prose/render-prose.ts';
import { withoutHeading } from '../../view/prose/without-heading.ts';
import { stepNumber, stepsOf } from '../../view/steps/count-steps.ts';
import {
  closingSpans,
  firstStep,
  indexItems,
  openingSpans,
  type PlacedItem,
  proseText,
  undoNumber,
} from '../../view/steps/index-items.ts';
import { itemChanges } from '../../view/steps/item-changes.ts';
import { textForPeople } from '../../view/steps/text-for-people.ts';
import { doubtLine } from '../../view/words/doubt-line.ts';
import { earlierFacts, wayBackWords } from '../../view/words/earlier-facts.ts';
import { inputLines } from '../../view/words/input-lines.ts';
import { itemFacts, undoFacts } from '../../view/words/item-facts.ts';
import { missingSectionsWords, phaseTitle } from '../../view/words/phase-words.ts';
import { counted } from '../../view/words/quoted.ts';
import { usedVariables } from '../../view/words/used-variables.ts';
import { writtenDuration } from '../../view/words/written-duration.ts';

/** Lines longer than this are hard to read, however wide the terminal is. */
const widestProse = 100;

/** Values of variables are shown up to so many characters. */
const longestValue = 60;

/** Where the page is written, and how wide it may be. */
export interface PageOptions {
  readonly write: (text: string) => void;
  readonly palette: Palette;
  /** Columns of the terminal as it is now. */
  readonly columns: () => number;
}

/** Writes a run as a page that grows downwards, each piece of the runbook once, before what follows it. */
export class Page {
  readonly #write: (text: string) => void;
  readonly #palette: Palette;
  readonly #columns: () => number;
  readonly #runbook: Runbook;
  readonly #items: readonly PlanItem[];
  readonly #view: RunView;
  readonly #first: Step | undefined;
  readonly #places: ReadonlyMap<Address, PlacedItem>;
  readonly #shownSteps = new Set<Step>();
  readonly #shownLeadIns = new Set<Step>();
  /** How many parts of a step stand on the page already. */
  readonly #shownParts = new Map<Step, number>();
  #earlier: EarlierTimes = new Map();

  constructor(view: RunView, { write, palette, columns }: PageOptions) {
    this.#write = write;
    this.#palette = palette;
    this.#columns = columns;
    this.#view = view;
    this.#runbook = view.runbook;
    this.#items = view.plan.items;
    this.#places = indexItems(view.runbook, view.plan, view.linked);
    this.#first = firstStep(view.runbook);
  }

  get palette(): Palette {
    return this.#palette;
  }

  /** From now on the page says what earlier runs took. */
  useEarlierTimes(earlier: EarlierTimes): void {
    this.#earlier = earlier;
  }

  /** How long going back takes, where anything is known of it. */
  showWayBack(undos?: readonly Address[]): void {
    const words = wayBackWords(this.#view.state(), this.#earlier, undos);
    if (words !== '') this.writeLine([styled(`  ${words}`, { tone: 'muted' })]);
  }

  item(address: Address): PlanItem | undefined {
    return this.#items.find((item) => item.address === address);
  }

  /** How deep each item of a checklist stands in its list, in their order. */
  nestingOf(address: Address): readonly number[] {
    const place = this.#places.get(address);
    const part = place?.part === undefined ? undefined : place.step.parts[place.part];
    return part?.type === 'checklist' ? nestingOf(part.checklist.items) : [];
  }

  /** With the values that the run is given, before it has begun; undefined where one of them is still open. */
  #severity(): string | undefined {
    const { plan, inputs = [] } = this.#view;
    const known = inputs.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));
    const state = { ...this.#view.state(), inputs: Object.fromEntries(known) };
    return plan.severity === undefined ? undefined : filledText(plan.severity, state);
  }

  /** Title, what the runbook is for, and what it lacks. */
  showHead(): void {
    const { plan } = this.#view;
    const { frontMatter } = this.#runbook;
    const steps = stepsOf(this.#view.state()).length;
    const severity = this.#severity();
    const facts = [
      ...(severity === undefined ? [] : [styled(visibleText(severity), { tone: 'warn', bold: true })]),
      ...(plan.owner === undefined ? [] : [styled(visibleText(plan.owner), { tone: 'muted' })]),
      styled(counted(steps, 'step'), { tone: 'muted' }),
      ...(plan.estimateMs === undefined
        ? []
        : [styled(`about ${writtenDuration(plan.estimateMs)}`, { tone: 'muted' })]),
    ];
    this.writeBlank();
    this.writeLine([styled(visibleText(plan.title), { bold: true, underline: true })]);
    this.writeLine(this.#joined(facts));
    if (frontMatter.description) this.paragraph(visibleText(frontMatter.description));
    const missing = missingSectionsWords(plan.missingSections);
    if (missing !== '') {
      this.writeBlank();
      for (const line of wrapRuns([styled(missing, { tone: 'muted' })], this.#width())) this.writeLine(line);
    }
    const inputs = inputLines(this.#view.inputs ?? [], this.#palette.symbols.ellipsis);
    if (inputs.length > 0) this.writeBlank();
    for (const line of inputs) this.writeLine(line);
  }

  /** Takes what stands before a step as read, for a run that is taken up again. */
  skipLeadIn(address: Address): void {
    const place = this.#places.get(address);
    if (place) this.#shownLeadIns.add(place.step);
  }

  /** Everything that belongs before a question about the item: heading, prose, its code, what is known of it. */
  showItem(address: Address, state: RunState): void {
    const item = this.item(address);
    const place = this.#places.get(address);
    if (!item) return;
    if (place) {
      this.#showLeadIn(place, item);
      this.#showHeading(item, place.step, state);
      const isSentence = place.part !== undefined && place.step.parts[place.part]?.type === 'prose';
      this.#showParts(place, (place.part ?? place.step.parts.length) + (isSentence ? 1 : 0), isSentence);
    } else this.writeLine([styled(visibleText(item.stepTitle), { bold: true })]);
    const used = item.kind === 'manual' && item.ask?.usedBy ? this.item(item.ask.usedBy) : undefined;
    this.showCommand(used ?? item, state);
  }

  /** The heading alone, for what runs without being asked about. */
  showBriefly(address: Address): void {
    const item = this.item(address);
    const place = this.#places.get(address);
    if (!item) return;
    if (place && this.#shownSteps.has(place.step)) return;
    if (place) {
      this.#showLeadIn(place, item);
      this.#shownSteps.add(place.step);
    }
    this.writeBlank();
    this.writeLine([styled(visibleText(item.stepTitle), { bold: true })]);
  }

  /** Code as it will run, with the variables it uses. */
  showCommand(item: PlanItem, state: RunState): void {
    const facts = [...itemFacts(item), ...earlierFacts(item, this.#earlier), ...undoFacts(item, state.plan)];
    if (item.kind === 'block') {
      const known = state.items[state.indexOf.get(item.address) ?? -1];
      const edited = known?.code !== undefined && known.code !== item.code;
      const code = known?.code ?? item.code;
      this.writeBlank();
      const lines = itemChanges(item, state);
      const shown = lines.length > 0 ? lines : highlightCode(code, item.language);
      for (const line of shown) this.writeLine([styled('    '), ...line]);
      this.writeBlank();
      if (edited) facts.unshift(styled('edited', { tone: 'warn' }));
      this.#showValues(code, state, 'below', item);
    } else this.#showValues(textForPeople(item, this.#places.get(item.address)), state, 'apart');
    if (facts.length > 0) this.writeLine([styled('  '), ...this.#joined(facts)]);
  }

  /** What a code, or a text for people, names and what that is; what a linked page calls so may be something else. */
  #showValues(text: string, state: RunState, where: 'below' | 'apart', context?: BlockItem): void {
    const used = usedVariables(text, { ...state.inputs, ...capturedFor(state, context) }, context);
    if (used.length > 0 && where === 'apart') this.writeBlank();
    for (const { name, value } of used) {
      const shown =
        value.length > longestValue
          ? `${value.slice(0, longestValue)}${this.#palette.symbols.ellipsis}`
          : value;
      this.writeLine([
        styled(`  ${name}`, { tone: 'variable' }),
        styled(`=${visibleText(shown)}`, { tone: 'muted' }),
      ]);
    }
  }

  /** The prose between an item that is done and the next one of its step. */
  showAfter(address: Address): void {
    const place = this.#places.get(address);
    if (!place || !this.#shownParts.has(place.step)) return;
    const { parts } = place.step;
    const next = parts.findIndex((part, index) => index > (place.part ?? parts.length) && isAddressed(part));
    this.#showParts(place, next === -1 ? parts.length : next, true);
  }

  /** What stands in the runbook after the last step, at the end of a good run. */
  showRest(): void {
    for (const span of closingSpans(this.#runbook)) this.#prose(span);
  }

  paragraph(text: string): void {
    this.writeBlank();
    for (const line of wrapRuns([styled(text)], this.#width())) this.writeLine(line);
  }

  /** What is doubtful of the item above. */
  writeDoubt(doubt: Doubt): void {
    for (const line of wrapRuns(doubtLine(doubt, this.#palette), this.#width())) this.writeLine(line);
  }

  writeLine(line: StyledLine): void {
    this.#write(`${paintLine(line, this.#palette)}\n`);
  }

  writeBlank(): void {
    this.#write('\n');
  }

  #width(): number {
    return Math.min(widestProse, this.#columns());
  }

  #joined(facts: StyledLine): StyledLine {
    const dot = styled(` ${this.#palette.symbols.dot} `, { tone: 'muted' });
    return facts.flatMap((fact, index) => (index === 0 ? [fact] : [dot, fact]));
  }

  #showHeading(item: PlanItem, step: Step, state: RunState): void {
    if (this.#shownSteps.has(step)) return;
    this.#shownSteps.add(step);
    const undo = item.phase === 'rollback';
    const { number, of } = undo ? undoNumber(state, item) : stepNumber(state, item);
    const what = undo ? 'Undo' : 'Step';
    const count =
      number > 0 ? [styled(`${what} ${number} of ${of}`, { tone: 'accent', bold: true }), styled('  ')] : [];
    const title = [...count, styled(visibleText(step.title), { bold: true })];
    const section = phaseTitle(item.phase);
    const rest = this.#width() - lineWidth(title) - section.length - 2;
    this.writeBlank();
    this.writeLine(
      rest > 3
        ? [
            ...title,
            styled(` ${this.#palette.symbols.horizontal.repeat(rest)} ${section}`, { tone: 'muted' }),
          ]
        : title,
    );
  }

  /** Prose and code that is not run, up to a part and not including it, which is shown otherwise unless `open`. */
  #showParts({ step, source }: PlacedItem, end: number, open = false): void {
    const from = this.#shownParts.get(step) ?? 0;
    for (const part of step.parts.slice(from, end)) {
      if (part.type === 'prose') this.#prose(part.span, source);
      else if (part.type === 'block' && !part.block.runnable) {
        this.writeBlank();
        for (const line of highlightCode(part.block.code, part.block.language))
          this.writeLine([styled('    '), ...line]);
      }
    }
    this.#shownParts.set(step, Math.max(from, Math.min(open ? end : end + 1, step.parts.length)));
  }

  /** What the runbook says before a step, once. */
  #showLeadIn({ step, source }: PlacedItem, { phase }: PlanItem): void {
    if (this.#shownLeadIns.has(step)) return;
    this.#shownLeadIns.add(step);
    const spans = step === this.#first ? openingSpans(this.#runbook) : (step.leadIn ?? []);
    // The section stands at the right edge of the step's heading.
    for (const span of spans) this.#prose(span, source, phaseTitle(phase));
  }

  #prose(span: Span, source = this.#runbook.source, section = ''): void {
    const tree = parseProse(proseText(source, span));
    const lines = layOutProse(withoutHeading(withoutHeading(tree, this.#runbook.title), section), {
      width: this.#width(),
      palette: this.#palette,
      highlight: highlightCode,
    });
    if (lines.length === 0) return;
    this.writeBlank();
    for (const line of lines) this.writeLine(line);
  }
}

function isAddressed(part: Part): boolean {
  if (part.type === 'prose') return part.asks !== undefined;
  return part.type !== 'block' || part.block.runnable;
}
