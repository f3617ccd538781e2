// Owns the page after a run: how it ended or where it rests, and what a colleague will ask about.

import type { RunEvent } from '../../../run/event.ts';
import { isGoodEnd } from '../../../run/outcomes.ts';
import type { PlanItem } from '../../../run/plan.ts';
import type { RunState } from '../../../run/state.ts';
import { formatDuration } from '../../../runbook/regions/format-duration.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { type Palette, paintLine } from '../../../view/layout/palette.ts';
import { type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import { cutLine, wrapRuns } from '../../../view/layout/wrap-runs.ts';
import { stepCountWords } from '../../../view/steps/count-steps.ts';
import { declaredOutputLines } from '../../../view/words/declared-output-lines.ts';
import { endWords } from '../../../view/words/outcome-words.ts';
import { listed, quoted } from '../../../view/words/quoted.ts';
import { pauseEnding } from '../../../view/words/reason-words.ts';
import { wayOnWords } from '../../../view/words/way-on-words.ts';
import { sameStep } from './outline-rows.ts';
import { statusLine, statusMark } from './status-line.ts';

/** What the last page is made of. */
export interface EndingView {
  readonly state: RunState;
  readonly ended: Extract<RunEvent, { type: 'RunEnded' }> | undefined;
  /** From the start of the run to its end or rest. */
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
    const good = isGoodEnd(ended.outcome);
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
    say(`${symbols.paused} Paused${at}${pauseEnding(state.pause)}`, {
      tone: 'warn',
      bold: true,
    });
  }
  say(stepCountWords(state), { tone: 'muted' });
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
  const warnings = remarks.map(
    (text): StyledLine => [styled(`${palette.symbols.warning} ${text}`, { tone: 'warn' })],
  );
  return [title, ...lines, ...warnings].map((line) => `${paintLine(line, palette)}\n`).join('');
}

/** What did not simply pass: the items that a colleague will ask about. */
function noteworthyLines({ plan, items }: RunState, width: number, { symbols }: Palette): StyledLine[] {
  const indent = { first: [], rest: [styled('  ')] };
  const isInRun = (item: PlanItem): boolean => items[plan.items.indexOf(item)]?.status !== 'excluded';
  return plan.items.flatMap((item, index): StyledLine[] => {
    const known = items[index];
    if (!known || ['passed', 'excluded', 'pending', 'already-done'].includes(known.status)) return [];
    const { tone } = statusMark(known, false);
    const line = statusLine(known, symbols);
    // Of a step with several parts, what is said holds for one of them: the others may have been done.
    const isPart = plan.items.some((other) => other !== item && sameStep(other, item) && isInRun(other));
    const part = isPart || item.phase === 'rollback' ? `, ${quoted(item.address)}` : '';
    const title = styled(`${visibleText(item.stepTitle)}${part}: `, tone === 'bad' ? { bold: true } : {});
    const [mark, ...rest] = line;
    return mark ? wrapRuns([mark, title, ...rest], width, indent) : [];
  });
}
