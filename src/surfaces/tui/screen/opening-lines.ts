// Owns the pages that are no step: the opening of a run, its end, and the help. Knows no screen.
import type { RunEvent } from '../../../run/event.ts';
import type { ItemStatus, RunState } from '../../../run/state.ts';
import { formatDuration } from '../../../runbook/regions/format-duration.ts';
import type { Runbook } from '../../../runbook/runbook.ts';
import { displayWidth } from '../../../text/display-width.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { type Palette, paintLine } from '../../../view/layout/palette.ts';
import { type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import { cutLine, wrapRuns } from '../../../view/layout/wrap-runs.ts';
import { declaredOutputLines } from '../../../view/words/declared-output-lines.ts';
import { endWords } from '../../../view/words/outcome-words.ts';
import { missingSectionsWords, phaseWords } from '../../../view/words/phase-words.ts';
import { counted, listed, quoted } from '../../../view/words/quoted.ts';
import { pauseWords } from '../../../view/words/reason-words.ts';
import { wayOnWords } from '../../../view/words/way-on-words.ts';
import type { KeyBinding } from '../keys/key-binding.ts';
import { statusLine, statusMark } from './status-line.ts';

/** What the run will be, before anything is run. */
export function openingLines({
  runbook,
  state,
  prose,
  remarks,
  width,
  palette,
}: {
  runbook: Runbook;
  state: RunState;
  prose: readonly StyledLine[];
  remarks: readonly string[];
  width: number;
  palette: Palette;
}): StyledLine[] {
  const { description } = runbook.frontMatter;
  const lines: StyledLine[] = [];
  if (description) lines.push(...wrapRuns([styled(visibleText(description), { bold: true })], width), []);
  lines.push(...wrapRuns([styled(planWords(state), { tone: 'muted' })], width), []);
  const missing = missingSectionsWords(state.plan.missingSections);
  if (missing !== '') lines.push(...wrapRuns([styled(missing, { tone: 'muted' })], width), []);
  for (const remark of remarks) {
    lines.push(
      ...wrapRuns([styled(`${palette.symbols.warning} ${visibleText(remark)}`, { tone: 'warn' })], width),
    );
  }
  if (remarks.length > 0) lines.push([]);
  return [...lines, ...prose];
}

/** `7 steps: 1 in preconditions, 5 in steps …`, so that it is known what Enter begins. */
function planWords({ plan, items, mainCount }: RunState): string {
  const chosen = plan.items.filter(
    (item, index) => index < mainCount && items[index]?.status !== 'excluded' && !item.onDemand,
  );
  const stepsOf = (phase: string): number =>
    new Set(chosen.filter((item) => item.phase === phase).map(({ step }) => step)).size;
  const phases = [...new Set(chosen.map(({ phase }) => phase))];
  const parts = phases.map((phase) => `${stepsOf(phase)} in ${phaseWords(phase)}`);
  const total = new Set(chosen.map(({ step }) => step)).size;
  const checks = chosen.some(({ phase }) => phase === 'preconditions')
    ? ' The preconditions are checked first; nothing is changed before every one of them holds.'
    : '';
  return `${counted(total, 'step')}${parts.length > 1 ? `: ${listed(parts)}` : ''}.${checks}`;
}

export interface EndingView {
  readonly state: RunState;
  readonly ended: Extract<RunEvent, { type: 'RunEnded' }> | undefined;
  readonly tookMs: number | undefined;
  readonly width: number;
  readonly palette: Palette;
}

/** How the run ended or where it rests, what did not go well, what was noted, and how to come back. */
export function endingLines({ state, ended, tookMs, width, palette }: EndingView): StyledLine[] {
  const { symbols } = palette;
  const lines: StyledLine[] = [];
  const say = (text: string, style = {}): void => {
    lines.push(...wrapRuns([styled(text, style)], width));
  };
  if (ended) {
    const good = ended.outcome === 'succeeded';
    const took = tookMs === undefined ? '' : ` after ${formatDuration(tookMs)}`;
    const { estimateMs } = state.plan;
    const estimate = estimateMs === undefined ? '' : `, estimated ${formatDuration(estimateMs)}`;
    say(`${good ? symbols.passed : symbols.failed} The run ${endWords(ended)}${took}${estimate}`, {
      tone: good ? 'good' : 'bad',
      bold: true,
    });
    say(visibleText(ended.message));
    lines.push(
      ...declaredOutputLines(ended, state.plan, symbols.ellipsis).flatMap((line) => cutLine(line, width)),
    );
    if (ended.left.length > 0)
      say(`Left undone: ${listed(ended.left.map(quoted))}`, { tone: 'bad', bold: true });
  } else if (state.pause) {
    const at = state.pause.at === undefined ? '' : ` at ${quoted(state.pause.at)}`;
    say(
      `${symbols.paused} Paused${at}: ${visibleText(state.pause.message) || pauseWords(state.pause.reason)}`,
      {
        tone: 'warn',
        bold: true,
      },
    );
  }
  const counts = countWords(state);
  if (counts !== '') say(counts, { tone: 'muted' });
  const notable = noteworthyLines(state, width, palette);
  if (notable.length > 0) lines.push([], ...notable);
  // Last, so that it stands right above the next prompt of the shell.
  for (const words of wayOnWords(state)) say(`${words}.`);
  return lines;
}

/** What stays in the terminal's own scrollback when the screen is gone; nothing where there is nothing to say. */
export function goodbyeText(view: EndingView, remarks: readonly string[]): string {
  const { palette, state } = view;
  const lines = endingLines(view);
  if (lines.length === 0) return '';
  const title = [styled(visibleText(state.plan.title), { bold: true })];
  const told = remarks.map(
    (text): StyledLine => [styled(`${palette.symbols.warning} ${text}`, { tone: 'warn' })],
  );
  return [title, ...lines, ...told].map((line) => `${paintLine(line, palette)}\n`).join('');
}

/** `7 passed, 1 skipped, 1 already done`. */
function countWords({ items }: RunState): string {
  const words: readonly (readonly [word: string, ...statuses: ItemStatus[]])[] = [
    ['passed', 'passed'],
    ['already done', 'already-done'],
    ['done by hand', 'done'],
    ['skipped', 'skipped'],
    ['failed', 'failed', 'failed-continued'],
    ['in doubt', 'in-doubt'],
    ['not run', 'pending'],
  ];
  return words
    .map(([word, ...statuses]) => ({
      word,
      count: items.filter(({ status }) => statuses.includes(status)).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word}`)
    .join(', ');
}

/** What did not simply pass: the items that a colleague will ask about. */
function noteworthyLines({ plan, items }: RunState, width: number, { symbols }: Palette): StyledLine[] {
  const indent = { first: [], rest: [styled('  ')] };
  return plan.items.flatMap((item, index): StyledLine[] => {
    const known = items[index];
    if (!known || ['passed', 'excluded', 'pending', 'already-done'].includes(known.status)) return [];
    const { tone } = statusMark(known, false);
    const line = statusLine(known, symbols);
    const title = styled(`${visibleText(item.stepTitle)}: `, tone === 'bad' ? { bold: true } : {});
    const [mark, ...rest] = line;
    return mark ? wrapRuns([mark, title, ...rest], width, indent) : [];
  });
}

/** What the keys do: those of the moment first, then those that always work. */
export function helpLines(bindings: readonly KeyBinding[], width: number): StyledLine[] {
  const always: readonly (readonly [string, string])[] = [
    ['↑ ↓', 'scroll the text, or move in a list'],
    ['PgUp PgDn', 'a page back or on; Home and End go all the way'],
    ['Space', 'read on, and run when everything was read'],
    ['← →', 'look at the step before or after; Esc comes back'],
    ['Tab', 'the list of steps'],
    ['o', 'all of the output: / searches, n goes to the next hit'],
    ['^C', 'end the running block; a second time, or while nothing runs, pause and leave'],
    ['^Z', 'back to the shell for a moment; `fg` returns'],
    ['^L', 'paint the screen anew'],
    ['^G', 'while a block has the keyboard: keys go to the tool until Esc'],
  ];
  const now = bindings.map(({ shown, label, does }) => [shown, does === '' ? label : does] as const);
  const heading = (text: string): StyledLine => [styled(text, { bold: true })];
  return [
    heading('Now'),
    ...now.flatMap(([key, does]) => helpLine(key, does, width)),
    [],
    heading('Always'),
    ...always.flatMap(([key, does]) => helpLine(key, does, width)),
  ];
}

function helpLine(key: string, does: string, width: number): StyledLine[] {
  const first = [
    styled(`  ${key}${' '.repeat(Math.max(1, 11 - displayWidth(key)))}`, {
      tone: 'accent' as const,
      bold: true,
    }),
  ];
  return wrapRuns([styled(does)], width, { first, rest: [styled(' '.repeat(13))] });
}
