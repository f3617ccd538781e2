// Owns `runsheet show`: what happened in a run, from its journal; live runs can be followed, read only.

import { type JournalPosition, readJournal } from '../../engine/journal/read-journal.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import { asResting, isComingToRest } from '../../run/answers/open-question.ts';
import type { RecordedEvent } from '../../run/event.ts';
import { evolve, initialState } from '../../run/evolve.ts';
import { choosePalette } from '../../surfaces/choose-palette.ts';
import { isToldByItems } from '../../surfaces/is-told-by-items.ts';
import { type Palette, paintLine } from '../../view/layout/palette.ts';
import { lineWidth, type StyledLine, styled } from '../../view/layout/styled-line.ts';
import { wrapRuns } from '../../view/layout/wrap-runs.ts';
import { declaredOutputLines } from '../../view/words/declared-output-lines.ts';
import { describeEvent } from '../../view/words/describe-event.ts';
import { elsewhereWords, wayOnWords } from '../../view/words/way-on-words.ts';
import { exitCode } from '../exit-code.ts';
import { chosenStateFolder, openRunStore } from '../load/open-run-store.ts';
import { planOfRun } from '../load/plan-of-run.ts';
import { tellDamage } from '../load/tell-damage.ts';
import { outputColumns } from '../output-columns.ts';
import { complain } from '../report-diagnostics.ts';
import { findRun } from '../runs/find-run.ts';
import { whyElsewhere } from '../runs/why-elsewhere.ts';
import { systemClock } from '../system-clock.ts';
import { writeResult } from '../write-result.ts';

/** What `runsheet show` was given beside the run. */
export interface ShowOptions {
  readonly json?: boolean;
  readonly follow?: boolean;
  readonly stateDir?: string;
}

/** How often a followed journal is looked at. */
const followMs = 200;

/** In fewer columns words would fall apart. */
const narrowestLine = 30;

/**
 * Prints what happened in a run, and goes on while it lives where it is followed; of two runs, what is different. Gives
 * the exit code.
 */
export async function show(
  name: string | undefined,
  other: string | undefined,
  options: ShowOptions,
): Promise<number> {
  const store = openRunStore(options.stateDir);
  if (name !== undefined && other !== undefined) {
    if (options.follow) {
      complain('`--follow` shows one run as it goes on', 'name one run');
      return exitCode.usage;
    }
    const { compare } = await import('./compare.ts');
    return compare(store, [name, other], options);
  }
  const found = findRun(store, name);
  if (!found.ok) return found.error;
  const { folder } = found.value;
  const palette = choosePalette(process.stdout, process.env);
  const print = (recorded: RecordedEvent): void => {
    if (options.json) {
      writeResult(`${JSON.stringify(recorded)}\n`);
      return;
    }
    // What it is for is nothing that happened.
    if (recorded.event.type === 'RecordSealed' || isToldByItems(recorded.event)) return;
    const { symbol, tone, text } = describeEvent(recorded.event);
    const head = [
      styled(`${recorded.at.slice(11, 19)}  `, { tone: 'muted' }),
      styled(palette.symbols[symbol], { tone }),
    ];
    for (const line of eventLines(head, text)) writeResult(`${paintLine(line, palette)}\n`);
    if (recorded.event.type !== 'RunEnded') return;
    for (const line of declaredOutputLines(recorded.event, {}, palette.symbols.ellipsis))
      writeResult(`${paintLine(line, palette)}\n`);
  };
  let end: JournalPosition | undefined;
  const events: RecordedEvent[] = [];
  for (;;) {
    // Asked before reading: what is written between the two is then read in the next round.
    const live = store.isLive(folder);
    const content = readJournal(folder.journal, end);
    for (const recorded of content.events) print(recorded);
    events.push(...content.events);
    end = content.end;
    const isCorrupt = content.state.type === 'corrupt';
    if (!options.json && !isCorrupt && !(live && options.follow)) tellWayOn(folder, events, live, palette);
    if (!options.json && !isCorrupt && !live) await tellCost(folder, events, palette, options);
    if (isCorrupt || !live) return tellDamage(folder, { ...content, events });
    if (!options.follow) return exitCode.succeeded;
    await systemClock.sleep(followMs, new AbortController().signal);
  }
}

/** What a run that is not over waits for, and what can be called for it. */
function tellWayOn(
  folder: RunFolder,
  events: readonly RecordedEvent[],
  isLive: boolean,
  palette: Palette,
): void {
  const plan = planOfRun(folder, events);
  if (plan === undefined) return;
  const state = events.reduce(evolve, initialState(plan));
  const elsewhere = whyElsewhere(folder);
  const here = isLive ? (isComingToRest(state) ? [] : elsewhereWords(state)) : wayOnWords(asResting(state));
  const words = elsewhere === undefined ? here : [elsewhere.message];
  for (const line of words) writeResult(`  ${palette.paint(line, { tone: 'muted' })}\n`);
}

/** What it has cost, where something is written by which that can be told. */
async function tellCost(
  folder: RunFolder,
  events: readonly RecordedEvent[],
  palette: Palette,
  { stateDir }: ShowOptions,
): Promise<void> {
  const plan = planOfRun(folder, events);
  if (plan === undefined) return;
  const state = events.reduce(evolve, initialState(plan));
  const [{ costOfReadRun }, { readWorkerTimes }, { costFacts }] = await Promise.all([
    import('./cost-of-read-run.ts'),
    import('./worker-times.ts'),
    import('../../surfaces/reports/telling/report-of.ts'),
  ]);
  const times =
    state.options.servedBy === undefined
      ? undefined
      : await readWorkerTimes(chosenStateFolder(stateDir), folder.id);
  const cost = costOfReadRun({ state, history: events }, times?.machines.get(folder.id));
  for (const [name, words] of costFacts(cost))
    writeResult(`  ${palette.paint(`${name}: ${words}`, { tone: 'muted' })}\n`);
}

/** One line; on a terminal as many as it takes, each below the words of the first. */
function eventLines(head: StyledLine, text: string): readonly StyledLine[] {
  const columns = outputColumns();
  if (columns === undefined || columns < narrowestLine) return [[...head, styled(` ${text}`)]];
  const indent = { first: [...head, styled(' ')], rest: [styled(' '.repeat(lineWidth(head) + 1))] };
  return wrapRuns([styled(text)], columns, indent);
}
