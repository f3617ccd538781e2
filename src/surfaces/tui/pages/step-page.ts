// Owns the text of a step as lines: its prose, its code with the values it uses, what became of it.
import { type Address, address as toAddress } from '../../../basics/address.ts';
import { capturedFor } from '../../../run/inputs/with-own-use.ts';
import type { BlockItem, ChecklistPlanItem, PlanItem } from '../../../run/plan.ts';
import type { Question } from '../../../run/question.ts';
import type { RunState } from '../../../run/state.ts';
import type { EarlierTimes, RunView, UsedInput } from '../../../run/surface.ts';
import { nestingOf } from '../../../runbook/checklist.ts';
import type { Part, Runbook, Step } from '../../../runbook/runbook.ts';
import { displayWidth, fitText } from '../../../text/display-width.ts';
import type { SourceFile } from '../../../text/source-file.ts';
import type { Span } from '../../../text/span.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { layOutFacts } from '../../../view/layout/lay-out-facts.ts';
import type { Palette } from '../../../view/layout/palette.ts';
import { lineWidth, type StyledLine, type StyledRun, styled } from '../../../view/layout/styled-line.ts';
import { cutLine, wrapRuns } from '../../../view/layout/wrap-runs.ts';
import { plainCodeLines } from '../../../view/prose/code-lines.ts';
import { type ProseReader, remembering } from '../../../view/prose/prose-reader.ts';
import { layOutProse } from '../../../view/prose/render-prose.ts';
import { withoutHeading } from '../../../view/prose/without-heading.ts';
import { stepNumber } from '../../../view/steps/count-steps.ts';
import { entryWords } from '../../../view/steps/entry-words.ts';
import {
  closingSpans,
  firstStep,
  indexItems,
  openingSpans,
  type PlacedItem,
  proseText,
  undoNumber,
} from '../../../view/steps/index-items.ts';
import { itemChanges } from '../../../view/steps/item-changes.ts';
import { textForPeople } from '../../../view/steps/text-for-people.ts';
import { wholeQuestion } from '../../../view/steps/whole-question.ts';
import { earlierFacts } from '../../../view/words/earlier-facts.ts';
import { inputLines } from '../../../view/words/input-lines.ts';
import { itemFacts, undoFacts } from '../../../view/words/item-facts.ts';
import { phaseTitle } from '../../../view/words/phase-words.ts';
import { usedVariables } from '../../../view/words/used-variables.ts';
import { failedRow } from './failed-row.ts';
import { isAsked, standingLine, statusMark } from './status-line.ts';
import { targetLines } from './target-lines.ts';

/** Lines longer than this are hard to read, however wide the terminal is. */
const widestText = 100;

/** Values of variables are shown up to so many characters. */
const longestValue = 60;

/** What stands for a secret, whatever it is. */
const masked = '******';

/** The text of a step, and where in it the item at hand stands. */
export interface StepPage {
  readonly lines: readonly StyledLine[];
  /** Lines of the item at hand: its prose begins at `from`, what is run at `block`, all of it ends before `to`. */
  readonly at: {
    readonly from: number;
    readonly block: number;
    readonly to: number;
    /** The line of the code that failed, where it is known. */
    readonly failed?: number;
  };
}

/** Which page is asked for, and how it stands with the run. */
export interface PageRequest {
  readonly address: Address;
  readonly state: RunState;
  readonly question: Question | undefined;
  /** The chosen line of a checklist. */
  readonly listAt: number;
  readonly width: number;
}

/** Lays out the pages of one runbook. */
export class StepPages {
  readonly #runbook: Runbook;
  readonly #palette: Palette;
  readonly #places: ReadonlyMap<Address, PlacedItem>;
  readonly #inputs: readonly UsedInput[];
  readonly #first: Step | undefined;
  #reader: ProseReader | undefined;
  #earlier: EarlierTimes = new Map();

  constructor({ runbook, plan, linked, inputs }: RunView, palette: Palette) {
    this.#inputs = inputs ?? [];
    this.#runbook = runbook;
    this.#palette = palette;
    this.#places = indexItems(runbook, plan, linked);
    this.#first = firstStep(runbook);
  }

  /** From now on prose is laid out and code is coloured; until then pages hold code alone. */
  useReader(reader: ProseReader): void {
    this.#reader = remembering(reader);
  }

  /** What earlier runs took; nothing is known of them until they were read. */
  get earlierTimes(): EarlierTimes {
    return this.#earlier;
  }

  /** From now on pages say what earlier runs took. */
  useEarlierTimes(earlier: EarlierTimes): void {
    this.#earlier = earlier;
  }

  /** What the run is given, and what the runbook says before its first step. */
  opening(width: number): StyledLine[] {
    const { ellipsis } = this.#palette.symbols;
    const given = inputLines(this.#inputs, ellipsis).flatMap((line) =>
      cutLine(line, width, [styled('    ')]),
    );
    const head: StyledLine[] =
      given.length > 0 ? [[styled('Its inputs:', { tone: 'muted' })], ...given, []] : [];
    return [...head, ...openingSpans(this.#runbook).flatMap((span) => spaced(this.#prose(span, width)))];
  }

  /** What the runbook says after its last step. */
  closing(width: number): StyledLine[] {
    return closingSpans(this.#runbook).flatMap((span) => spaced(this.#prose(span, width)));
  }

  page(request: PageRequest): StepPage {
    const { address, state, width } = request;
    const item = state.plan.items[state.indexOf.get(address) ?? -1];
    const place = this.#places.get(address);
    if (!item) return { lines: [], at: { from: 0, block: 0, to: 0 } };
    const lines: StyledLine[] = [];
    if (place && place.step !== this.#first) {
      // The section stands at the right edge of the heading below.
      const section = phaseTitle(item.phase);
      for (const span of place.step.leadIn ?? [])
        lines.push(...spaced(this.#prose(span, width, { source: place.source, section })));
    }
    lines.push(this.#heading(item, state, width), []);
    const items = new Map(state.plan.items.map((other) => [other.address, other]));
    // What stands for a placeholder is asked at the block that holds it.
    const shown = (item.kind === 'manual' && item.ask?.usedBy) || address;
    let at: StepPage['at'] | undefined;
    // The prose before an item belongs to it.
    let from = 0;
    for (const part of place?.step.parts ?? []) {
      const own = addressIn(item, addressOf(part));
      const partItem = own === undefined ? undefined : items.get(own);
      const block = lines.length;
      lines.push(...this.#part(part, partItem, request, place?.source));
      if (own === shown) {
        lines.push(...spaced(wholeQuestion(request, widestText)));
        const failed = failedRow(item, request, this.#cutMark());
        at = { from, block, to: lines.length - 1, ...(failed !== undefined && { failed: block + failed }) };
      }
      if (partItem) from = lines.length;
    }
    if (!at) {
      const block = lines.length;
      if (item.kind === 'block') lines.push(...this.#block(item, request));
      else lines.push(...spaced([...this.#mentioned(item, request), ...this.#outcome(item, request)]));
      lines.push(...spaced(wholeQuestion(request, widestText)));
      at = { from, block: item.kind === 'block' ? block : from, to: lines.length };
    }
    while (lines.length > 0 && lines.at(-1)?.length === 0) lines.pop();
    return { lines, at: { ...at, to: Math.min(at.to, lines.length) } };
  }

  /** `Step 3 of 9  Title`, and at the right edge the section that it belongs to, where there is room. */
  #heading(item: PlanItem, state: RunState, width: number): StyledLine {
    const undo = item.phase === 'rollback';
    const { number, of } = undo ? undoNumber(state, item) : stepNumber(state, item);
    const what = undo ? 'Undo' : 'Step';
    // An undo has a number once it is planned; a rollback section's title says itself that it undoes.
    const place = number > 0 ? `${what} ${number} of ${of}  ` : item.undoes !== undefined ? `${what}  ` : '';
    const count = place === '' ? [] : [styled(place, { tone: 'accent', bold: true })];
    const words = visibleText(titleOf(item, state));
    const title = fitText(words, width - lineWidth(count), this.#palette.symbols.ellipsis);
    const line = [...count, styled(title, { bold: true })];
    const section = phaseTitle(item.phase);
    const gap = Math.min(width, widestText) - lineWidth(line) - displayWidth(section);
    const says = words.toLowerCase() !== section.toLowerCase();
    return says && gap >= 3 ? [...line, styled(' '.repeat(gap)), styled(section, { tone: 'muted' })] : line;
  }

  #part(
    part: Part,
    item: PlanItem | undefined,
    request: PageRequest,
    source: SourceFile | undefined,
  ): StyledLine[] {
    switch (part.type) {
      case 'prose':
        return spaced(
          this.#asked(this.#prose(part.span, request.width, source && { source }), item, request),
        );
      case 'block':
        if (item?.kind === 'block') return this.#block(item, request);
        return spaced(this.#code(part.block.code, part.block.language, request.width - 4).map(indented));
      case 'checklist':
        return item?.kind === 'checklist'
          ? this.#checklist(item, nestingOf(part.checklist.items), request)
          : [];
      case 'runbook-link':
        return item ? spaced([...this.#facts(item, request, []), ...this.#outcome(item, request)]) : [];
    }
  }

  /** A sentence that asks for something, with what became of it. */
  #asked(prose: StyledLine[], item: PlanItem | undefined, request: PageRequest): StyledLine[] {
    if (item?.kind !== 'manual') return prose;
    const arrow = styled(`${this.#palette.symbols.arrow} `, { tone: 'accent', bold: true });
    const isAtHand = item.address === request.address;
    const lines = isAtHand
      ? prose.map((line, index) => [index === 0 ? arrow : styled('  '), ...line])
      : prose;
    return [
      ...lines,
      ...this.#mentioned(item, request),
      ...this.#facts(item, request, []),
      ...this.#outcome(item, request),
    ];
  }

  /** The values that a text for people names. */
  #mentioned(item: PlanItem, { state, width }: PageRequest): StyledLine[] {
    const text = textForPeople(item, this.#places.get(item.address));
    return text === '' ? [] : this.#values(text, undefined, state, width);
  }

  /** Code as it will run, the values that it uses, what is to be known of it, and what became of it. */
  #block(item: BlockItem, request: PageRequest): StyledLine[] {
    const { state, width } = request;
    const known = state.items[state.indexOf.get(item.address) ?? -1];
    const atHand = item.address === request.address;
    const { symbols } = this.#palette;
    const mark = known ? statusMark(known, isAsked(request.question, item.address)) : undefined;
    const tone = mark === undefined || mark.tone === 'muted' ? 'accent' : mark.tone;
    const bar = styled(`${symbols.bar} `, { tone: atHand ? tone : 'muted' });
    // The block at hand stands out from its neighbours without colours too.
    const first = atHand ? styled(`${symbols.arrow} `, { tone, bold: true }) : bar;
    const code = known?.code ?? item.code;
    const facts =
      known?.code !== undefined && known.code !== item.code ? [styled('edited', { tone: 'warn' })] : [];
    const changes = itemChanges(item, state);
    const lines =
      changes.length > 0
        ? changes.flatMap((line) => cutLine(line, width - 2, this.#cutMark()))
        : this.#code(code, item.language, width - 2);
    const failedAt = changes.length > 0 ? undefined : failedRow(item, request, this.#cutMark());
    const failed = styled(`${symbols.failed} `, { tone: 'bad', bold: true });
    return spaced([
      ...lines.map(
        (line, index): StyledLine => [index === failedAt ? failed : index === 0 ? first : bar, ...line],
      ),
      ...this.#values(code, item, state, width),
      ...this.#facts(item, request, facts),
      ...this.#outcome(item, request),
      ...(known === undefined ? [] : targetLines(item, { state, known, width, symbols })),
    ]);
  }

  #code(code: string, language: string | undefined, width: number): StyledLine[] {
    const lines = this.#reader?.highlightCode(code, language) ?? plainCodeLines(code);
    return lines.flatMap((line) => cutLine(line, width, this.#cutMark()));
  }

  #cutMark(): StyledLine {
    return [styled(`${this.#palette.symbols.ellipsis} `, { tone: 'muted' })];
  }

  #values(code: string, item: BlockItem | undefined, state: RunState, width: number): StyledLine[] {
    const secrets = (state.plan.inputs ?? this.#runbook.frontMatter.inputs).filter(({ secret }) => secret);
    const values = {
      ...state.plan.env,
      ...item?.env,
      ...state.inputs,
      ...capturedFor(state, item),
      ...Object.fromEntries(secrets.map(({ name }) => [name, masked])),
    };
    const { ellipsis } = this.#palette.symbols;
    return usedVariables(code, values, item).map(({ name, value }) => [
      styled(`  ${name}`, { tone: 'variable' }),
      styled(fitText(`=${visibleText(value)}`, Math.min(longestValue, width - name.length - 2), ellipsis), {
        tone: 'muted',
      }),
    ]);
  }

  #facts(item: PlanItem, { state, width }: PageRequest, before: readonly StyledRun[]): StyledLine[] {
    const facts = [
      ...before,
      ...itemFacts(item),
      ...earlierFacts(item, this.#earlier),
      ...undoFacts(item, state.plan),
    ];
    return layOutFacts(facts, width, this.#palette.symbols.dot);
  }

  #outcome(item: PlanItem, { state, width }: PageRequest): StyledLine[] {
    const known = state.items[state.indexOf.get(item.address) ?? -1];
    const { symbols } = this.#palette;
    // An undo that is not planned is nothing that was left out.
    if (!known || (item.phase === 'rollback' && known.status === 'excluded')) return [];
    const line = standingLine(state, item, known, symbols);
    if (line.length === 0) return [];
    const indent = { first: [styled('  ')], rest: [styled('    ')] };
    const set = Object.entries(known.result?.captured ?? {}).map(
      ([name, value]): StyledLine => [
        styled(`    ${name}`, { tone: 'variable' }),
        styled(
          fitText(
            `=${visibleText(value)}`,
            Math.min(longestValue, width - name.length - 4),
            symbols.ellipsis,
          ),
          { tone: 'muted' },
        ),
      ],
    );
    const warnings = (known.result?.warnings ?? []).flatMap((warning) =>
      wrapRuns([styled(`${symbols.warning} ${visibleText(warning)}`, { tone: 'warn' })], width, indent),
    );
    return [...wrapRuns(line, width, indent), ...set, ...warnings];
  }

  #checklist(item: ChecklistPlanItem, nesting: readonly number[], request: PageRequest): StyledLine[] {
    const { state, width, question, listAt } = request;
    const ticks = state.items[state.indexOf.get(item.address) ?? -1]?.ticks ?? [];
    const asked = isAsked(question, item.address);
    const { symbols } = this.#palette;
    const lines = item.entries.flatMap((entry, index) => {
      const ticked = ticks[index] === true;
      const chosen = asked && index === listAt;
      const indent = '  '.repeat(nesting[index] ?? 0);
      const first = [
        styled(chosen ? `${symbols.arrow} ` : '  ', { tone: 'accent', bold: true }),
        styled(`${indent}${ticked ? '[x] ' : '[ ] '}`, { tone: ticked ? 'good' : 'muted', bold: true }),
      ];
      const style = chosen ? { bold: true } : {};
      return wrapRuns([styled(entryWords(entry, ticked), style)], width, {
        first,
        rest: [styled(`      ${indent}`)],
      });
    });
    return spaced([...lines, ...this.#mentioned(item, request), ...this.#outcome(item, request)]);
  }

  /** Prose without the headings that stand elsewhere on the screen: the runbook's title, the section's name. */
  #prose(
    span: Span,
    width: number,
    { source = this.#runbook.source, section = '' }: { source?: SourceFile; section?: string } = {},
  ): StyledLine[] {
    if (!this.#reader) return [];
    const tree = this.#reader.parseProse(proseText(source, span));
    return layOutProse(withoutHeading(withoutHeading(tree, this.#runbook.title), section), {
      width: Math.min(widestText, width),
      palette: this.#palette,
      highlight: this.#reader.highlightCode,
      wrapCode: true,
    });
  }
}

/** What an undo takes back says more than the heading above it, which is mostly "Rollback". */
function titleOf(item: PlanItem, { plan }: RunState): string {
  if (item.undoes === undefined) return item.stepTitle;
  return plan.items.find(({ step }) => step === item.undoes)?.stepTitle ?? item.stepTitle;
}

/** What the run calls a part of an item's step: what a link brings has the link's name before its own. */
function addressIn(item: PlanItem, own: Address | undefined): Address | undefined {
  return own === undefined || item.within === undefined ? own : toAddress(`${item.within}/${own}`);
}

/** Lines with an empty one below them; nothing stays nothing. */
function spaced(lines: readonly StyledLine[]): StyledLine[] {
  return lines.length === 0 ? [] : [...lines, []];
}

function indented(line: StyledLine): StyledLine {
  return line.length === 0 ? line : [styled('    '), ...line];
}

function addressOf(part: Part): Address | undefined {
  switch (part.type) {
    case 'block':
      return part.block.address;
    case 'checklist':
      return part.checklist.address;
    case 'runbook-link':
      return part.link.address;
    case 'prose':
      return part.asks?.address;
  }
}
