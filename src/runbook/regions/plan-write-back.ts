// Owns how results get into a document and out again, as splices of the author's bytes.
import type { Address, RunId } from '../../basics/address.ts';
import type { Span } from '../../text/span.ts';
import { span } from '../../text/span.ts';
import type { Splice } from '../../text/splice.ts';
import { applySplices } from '../../text/splice.ts';
import type { ChecklistItem } from '../checklist.ts';
import type { Region, Runbook } from '../runbook.ts';
import { columnsOf, layOutRegion, newlineAt } from './lay-out-region.ts';
import { markFormer } from './mark-former.ts';
import { regionLines } from './region-lines.ts';
import { renderResult } from './render-result.ts';
import {
  decodeMarks,
  encodeMarks,
  isTick,
  logEnd,
  logStart,
  parseResultStart,
  resultEnd,
  resultStart,
} from './result-marker.ts';
import type { ResultPlace } from './result-place.ts';
import { resultPlaces } from './result-place.ts';
import type { ResultView } from './result-view.ts';
import type { LogRow, RunLog } from './run-log.ts';
import { addToRunLog, parseRunLog, renderRunLog } from './run-log.ts';
import { tellsTheSame } from './tells-the-same.ts';
import { ticksByHand } from './ticks-by-hand.ts';

/** What is to be written, and what the document has no place for. */
export interface WriteBack {
  readonly splices: readonly Splice[];
  readonly unplaced: readonly ResultView[];
  /** The lines of each region that belongs to this run, markers included, without what its container adds. */
  readonly regions: ReadonlyMap<Address, readonly string[]>;
  /** False when the run's row has no place: the document ends inside something that is never closed. */
  readonly logPlaced: boolean;
}

export interface WriteBackOptions {
  /** Gives the lines of a result below some code; a writer that writes often remembers them. */
  readonly render?: (view: ResultView, above: string | undefined) => readonly string[];
  /** The run that the results are of. */
  readonly run?: RunId;
  /**
   * What becomes of results that this run has none for, and that stand from earlier runs, or from itself when it had
   * one: `remove` takes them out, `mark` says whose they are, and the ticks of earlier runs go in both; `remove-all`
   * takes out those of later runs as well. They stay as they are when absent.
   */
  readonly others?: 'remove' | 'remove-all' | 'mark';
  /** Results of earlier runs that stay as they are where this run's tell the same, markers included, by their address. */
  readonly former?: ReadonlyMap<Address, readonly string[]> | undefined;
  /** Where results may go, such as `checkedPlaces`; all places when absent. */
  readonly places?: ReadonlyMap<Address, ResultPlace>;
}

type ResultRegion = Extract<Region, { type: 'result' }>;

/**
 * Plans the splices that put `results` and one row of the run log into the document. A result replaces the
 * region of its address wherever it stands, and stands after its block; planned again on its own outcome, the
 * plan is empty. Text inside a region belongs to the tool.
 */
export function planWriteBack(
  runbook: Runbook,
  results: readonly ResultView[],
  row?: LogRow,
  options: WriteBackOptions = {},
): WriteBack {
  const plan = new ResultSplices(runbook, options);
  const unplaced = results.filter((view) => !plan.place(view));
  plan.removeLost(unplaced, new Set(results.map(({ address }) => address)));
  if (options.others !== undefined)
    plan.settleOthers(options.others, new Set(results.map(({ address }) => address)));
  const log = row === undefined ? [] : planLog(runbook, row);
  const planned = [...plan.splices(), ...(log ?? [])];
  return {
    splices: planned.filter((splice) => changes(runbook, splice)),
    unplaced,
    regions: plan.regions,
    logPlaced: log !== undefined,
  };
}

/** The splices of results, collected one result after the other. */
class ResultSplices {
  readonly #runbook: Runbook;
  readonly #known: ReadonlyMap<Address, ResultPlace>;
  readonly #places: ReadonlyMap<Address, ResultPlace>;
  readonly #render: (view: ResultView, above: string | undefined) => readonly string[];
  readonly #run: RunId | undefined;
  readonly #former: WriteBackOptions['former'];
  readonly #regions: readonly ResultRegion[];
  readonly #byAddress = new Map<Address, ResultRegion[]>();
  readonly #byStart: ReadonlyMap<number, ResultRegion>;
  readonly #ticks: Splice[] = [];
  readonly #insertions: { readonly depth: number; readonly splice: Splice }[] = [];
  /** Regions that go or are replaced, by their start. */
  readonly #gone = new Map<number, Splice>();
  readonly #marked: Splice[] = [];
  /** What was placed, by its address. */
  readonly regions = new Map<Address, readonly string[]>();

  constructor(runbook: Runbook, { render = renderResult, run, places, former }: WriteBackOptions) {
    this.#runbook = runbook;
    this.#render = render;
    this.#run = run;
    this.#former = former;
    this.#known = resultPlaces(runbook);
    this.#places = places ?? this.#known;
    this.#regions = runbook.regions.filter((region) => region.type === 'result');
    this.#byStart = new Map(this.#regions.map((region) => [region.span.start, region]));
    for (const region of this.#regions)
      this.#byAddress.set(region.address, [...(this.#byAddress.get(region.address) ?? []), region]);
  }

  /** Puts a result behind its block, or in the place of the one that stands there; false where it has no place. */
  place(view: ResultView): boolean {
    const place = this.#places.get(view.address);
    if (place === undefined) return false;
    const former = this.#byAddress.get(view.address) ?? [];
    const now = this.#linesOf(view, place, former);
    const before = this.#former?.get(view.address);
    const isKept = before !== undefined && tellsTheSame(before, now);
    const lines = isKept ? before : now;
    // What stays is the record of the run that has written it.
    if (!isKept) this.regions.set(view.address, lines);
    const bytes = layOutRegion(lines, place.prefix, newlineAt(this.#runbook.source, place.offset));
    const following = this.#regionsFrom(place.offset);
    const standing = following.find((region) => region.address === view.address);
    for (const region of former) if (region !== standing) this.#remove(region);
    // A region of an address that is no more stands in the way of the one that took its place.
    for (const region of following) if (!this.#known.has(region.address)) this.#remove(region);
    if (standing !== undefined) this.#gone.set(standing.span.start, { span: standing.span, bytes });
    else {
      const splice = { span: span(place.offset, place.offset), bytes };
      this.#insertions.push({ depth: columnsOf(place.prefix), splice });
    }
    return true;
  }

  /**
   * Takes out what this run has left of blocks that are gone: below the one that has taken their place it would tell of
   * that. Where that has no result, what was ticked in it is the author's again.
   */
  removeLost(unplaced: readonly ResultView[], has: ReadonlySet<Address>): void {
    for (const { address } of unplaced) {
      if (this.#run === undefined || this.#known.has(address)) continue;
      for (const region of this.#byAddress.get(address) ?? []) {
        if (region.run !== this.#run || this.#gone.has(region.span.start)) continue;
        const above = [...this.#known].find(([, { offset }]) => this.#regionsFrom(offset).includes(region));
        if (above !== undefined && !has.has(above[0]))
          this.#ticks.push(...restoreTicks(this.#runbook, above[1], region));
        this.#remove(region);
      }
    }
  }

  /**
   * Takes away, or marks, the results that this run has none for, and gives their checklists back the author's ticks.
   * What the run `has` a result for stays where only its place is missing, and so does what a later run has written.
   */
  settleOthers(how: 'remove' | 'remove-all' | 'mark', has: ReadonlySet<Address>): void {
    for (const region of this.#regions) {
      if (this.#gone.has(region.span.start)) continue;
      if (how !== 'remove-all' && !this.#isSettled(region, has)) continue;
      this.#ticks.push(...restoreTicks(this.#runbook, this.#known.get(region.address), region));
      const marked =
        how === 'mark' && region.run !== this.#run ? markFormer(this.#runbook, region) : undefined;
      if (marked === undefined) this.#remove(region);
      else this.#marked.push(...marked);
    }
  }

  #isSettled({ address, run }: ResultRegion, has: ReadonlySet<Address>): boolean {
    if (run === undefined || this.#run === undefined) return true;
    return run === this.#run ? !has.has(address) : !isLater(run, this.#run);
  }

  splices(): readonly Splice[] {
    // Where an inner and an outer container end on one line, the outer one's region must not end the inner one.
    const inserted = this.#insertions.toSorted((left, right) => right.depth - left.depth);
    const rest = [...this.#ticks, ...this.#marked, ...this.#gone.values()];
    return [...inserted.map(({ splice }) => splice), ...rest];
  }

  #linesOf(view: ResultView, place: ResultPlace, former: readonly ResultRegion[]): readonly string[] {
    const marks = place.items === undefined ? undefined : authorMarks(this.#runbook, place, former);
    if (marks !== undefined)
      this.#ticks.push(...planTicks(this.#runbook, place, marks, view, this.#byHand(place, former)));
    const lines = this.#render(view, place.code);
    return [openingOf(view, this.#run, marks && encodeMarks(marks)), ...lines, resultEnd];
  }

  /** What somebody has ticked since this run wrote here is theirs. */
  #byHand(place: ResultPlace, former: readonly ResultRegion[]): ReadonlySet<ChecklistItem> {
    const own = this.#run === undefined ? undefined : former.find(({ run }) => run === this.#run);
    if (own === undefined) return new Set();
    const { source } = this.#runbook;
    return new Set(ticksByHand(source, place.whole ?? place.items ?? [], regionLines(source, own.span)));
  }

  /** The regions that follow one another from an offset on. */
  #regionsFrom(offset: number): readonly ResultRegion[] {
    const following: ResultRegion[] = [];
    for (let next = this.#byStart.get(offset); next !== undefined; next = this.#byStart.get(next.span.end))
      following.push(next);
    return following;
  }

  #remove(region: Region): void {
    if (!this.#gone.has(region.span.start)) this.#gone.set(region.span.start, deletion(region.span));
  }
}

/** Run ids begin with the second of the start; of two runs of one second it is the other that came before. */
function isLater(run: RunId, than: RunId): boolean {
  const second = 'YYYYMMDD-HHMMSS'.length;
  return run.slice(0, second) > than.slice(0, second);
}

/** The author's bytes: every region taken out, every tick as the author had it. */
export function clearResults(runbook: Runbook): Uint8Array {
  const places = resultPlaces(runbook);
  const splices = runbook.regions.flatMap((region) => [
    deletion(region.span),
    ...(region.type === 'result' ? restoreTicks(runbook, places.get(region.address), region) : []),
  ]);
  return applySplices(runbook.source.bytes, splices);
}

/** The text of one result as it stands in a file of its own, where its document has no place for it. */
export function renderLooseResult(view: ResultView, run?: RunId): string {
  return [openingOf(view, run), ...renderResult(view), resultEnd, ''].join('\n');
}

function openingOf({ address, ran }: ResultView, run: RunId | undefined, marks?: string): string {
  return resultStart({
    address,
    ...(run !== undefined && { run }),
    ...(ran && { code: ran.digest }),
    ...(marks !== undefined && { marks }),
  });
}

/** The run log that a document holds; of several regions, as a merge can leave them, all rows. */
export function readRunLog(runbook: Runbook): RunLog {
  const logs = logRegions(runbook).map((region) => parseRunLog(linesInside(runbook, region)));
  const rows = new Map(rowsOfRuns(runbook).map((row) => [row.run, row]));
  return {
    rows: [...rows.values()].sort((left, right) => (left.run < right.run ? 1 : -1)),
    remarks: logs.flatMap((log) => log.remarks),
  };
}

/** As they stand, a run that somebody has doubled more than once. */
export function rowsOfRuns(runbook: Runbook): readonly LogRow[] {
  return logRegions(runbook).flatMap((region) => parseRunLog(linesInside(runbook, region)).rows);
}

function planLog(runbook: Runbook, row: LogRow): Splice[] | undefined {
  const { bytes } = runbook.source;
  const [first, ...others] = logRegions(runbook);
  if (first === undefined && runbook.endsOpen === true) return undefined;
  const offset = first?.span.start ?? endOfContent(bytes, runbook.source.hasByteOrderMark);
  const lines = [logStart, ...renderRunLog(addToRunLog(readRunLog(runbook), row)), logEnd];
  const text = layOutRegion(lines, '', newlineAt(runbook.source, offset));
  return [
    { span: first?.span ?? span(offset, offset), bytes: text },
    ...others.map((region) => deletion(region.span)),
  ];
}

function logRegions(runbook: Runbook): Region[] {
  return runbook.regions.filter((region) => region.type === 'log');
}

function linesInside(runbook: Runbook, region: Region): string[] {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    runbook.source.bytes.subarray(region.span.start, region.span.end),
  );
  const lines = text.split(/\r\n|\n|\r/u).map((line) => line.trimEnd());
  return lines.filter((line) => line !== logStart && line !== logEnd);
}

/** Before the last newline, so that a document that ends with one still does. */
function endOfContent(bytes: Uint8Array, hasByteOrderMark: boolean): number {
  const start = hasByteOrderMark ? 3 : 0;
  const last = bytes[bytes.length - 1];
  if (bytes.length === start || (last !== 0x0a && last !== 0x0d)) return bytes.length;
  const isPair = last === 0x0a && bytes[bytes.length - 2] === 0x0d;
  return bytes.length - (isPair ? 2 : 1);
}

function deletion(range: Span): Splice {
  return { span: range, bytes: new Uint8Array(0) };
}

function changes(runbook: Runbook, { span: range, bytes }: Splice): boolean {
  if (range.end - range.start !== bytes.length) return true;
  return bytes.some((byte, index) => byte !== runbook.source.bytes[range.start + index]);
}

/** Bytes between the brackets as the author had them: what an earlier region remembers, else what stands there. */
function authorMarks(
  runbook: Runbook,
  place: ResultPlace,
  former: readonly ResultRegion[],
): readonly number[] {
  const items = place.items ?? [];
  for (const region of former) {
    const remembered = rememberedMarks(runbook, region);
    if (remembered?.length === items.length) return remembered;
    if (remembered !== undefined && remembered.length === place.whole?.length)
      return remembered.slice(0, items.length);
  }
  return items.map((item) => authorMark(item, runbook.source.bytes[item.markOffset] ?? 0x20));
}

/** The mark that stands there, unless the result of all of the list says that it is a run's. */
function authorMark({ ticked }: ChecklistItem, standing: number): number {
  if (ticked === isTick(standing)) return standing;
  return ticked ? 0x78 : 0x20;
}

function rememberedMarks(runbook: Runbook, region: ResultRegion): readonly number[] | undefined {
  const line = linesInside(runbook, region).find((text) => text.includes('<!-- runsheet:result '));
  const marks = parseResultStart(line?.slice(line.indexOf('<!--')) ?? '')?.marks;
  return marks === undefined ? undefined : decodeMarks(marks);
}

/** Ticks are placed by the items' text, so that they hold where items were added or moved meanwhile. */
function planTicks(
  runbook: Runbook,
  place: ResultPlace,
  marks: readonly number[],
  view: ResultView,
  byHand: ReadonlySet<ChecklistItem>,
): Splice[] {
  const entries = [...(view.checklist ?? [])];
  // What was recorded of all of the list is ticked in all of it.
  const isOfWhole = entries.length === place.whole?.length;
  return ((isOfWhole ? place.whole : place.items) ?? []).flatMap((item, index) => {
    const found = entries.findIndex((entry) => entry.text === item.text);
    const entry = found === -1 ? undefined : entries.splice(found, 1)[0];
    if (entry === undefined || byHand.has(item)) return [];
    const author = marks[index] ?? authorMark(item, runbook.source.bytes[item.markOffset] ?? 0x20);
    const mark = entry.ticked === isTick(author) ? author : entry.ticked ? 0x78 : 0x20;
    return setMark(runbook, item.markOffset, mark);
  });
}

/** Gives the author's marks back; where items were added or taken away since, the ticks are theirs now. */
function restoreTicks(runbook: Runbook, place: ResultPlace | undefined, region: ResultRegion): Splice[] {
  const marks = rememberedMarks(runbook, region);
  const items = (marks?.length === place?.whole?.length ? place?.whole : place?.items) ?? [];
  if (marks === undefined || marks.length !== items.length) return [];
  return items.flatMap((item, index) => setMark(runbook, item.markOffset, marks[index] ?? 0x20));
}

function setMark(runbook: Runbook, offset: number, mark: number): Splice[] {
  const { bytes } = runbook.source;
  if (bytes[offset - 1] !== 0x5b || bytes[offset + 1] !== 0x5d || bytes[offset] === mark) return [];
  return [{ span: span(offset, offset + 1), bytes: Uint8Array.of(mark) }];
}
