// Owns what stands at the top of the screen: what run this is, whose, since when, and how far.
import { pageFacts } from '../../../run/rules/links-with-rules.ts';
import { isSettled, type RunState } from '../../../run/state.ts';
import { formatDuration } from '../../../runbook/regions/format-duration.ts';
import { displayWidth } from '../../../text/display-width.ts';
import { visibleText } from '../../../text/visible-text.ts';
import type { Symbols } from '../../../view/layout/palette.ts';
import { type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import { stepsBehind, stepsOf } from '../../../view/steps/count-steps.ts';
import { actorWords, counted } from '../../../view/words/quoted.ts';
import { updateDue } from '../../update-due.ts';

/** The severity and how far the run is. */
export function progressLine(state: RunState, symbols: Symbols): StyledLine {
  const severity = visibleText(pageFacts(state, undefined).severity ?? '');
  const progress = progressWords(state);
  return [
    ...(severity === '' ? [] : [styled(severity, { tone: 'warn', bold: true })]),
    ...(severity === '' || progress === '' ? [] : [styled(` ${symbols.dot} `, { tone: 'muted' })]),
    ...(progress === '' ? [] : [styled(progress, { tone: 'accent', bold: true })]),
  ];
}

/** Owner, who and where, elapsed time against the estimate, run id; what is worth least goes where it does not fit. */
export function factsLine(
  state: RunState,
  elapsedMs: number | undefined,
  width: number,
  symbols: Symbols,
): StyledLine {
  const { owner, estimateMs } = state.plan;
  const elapsed = elapsedMs === undefined ? '' : clockTime(elapsedMs);
  const estimate = estimateMs === undefined ? '' : `about ${formatDuration(estimateMs)}`;
  const time = elapsed !== '' && estimate !== '' ? `${elapsed} of ${estimate}` : elapsed || estimate;
  const who = state.operator ? actorWords(state.operator) : '';
  const id = state.run ?? '';
  const choices = [
    [owner === undefined ? '' : visibleText(owner), who, time, id],
    [who, time, id],
    [time, id],
    [elapsed, id],
    [elapsed || estimate],
  ].map((words) => words.filter((word) => word !== '').join(` ${symbols.dot} `));
  const fitting = (room: number): string => choices.find((words) => displayWidth(words) <= room) ?? '';
  const nowMs = Date.parse(state.startedAt ?? '') + (elapsedMs ?? 0);
  const due = elapsedMs === undefined ? undefined : updateDue(state, nowMs);
  const reminder = due === undefined ? undefined : `${due} (u)`;
  if (reminder === undefined) return [styled(fitting(width), { tone: 'muted' })];
  const between = ` ${symbols.dot} `;
  const rest = fitting(width - displayWidth(reminder) - displayWidth(between));
  return [
    styled(reminder, { tone: 'warn', bold: true }),
    styled(rest === '' ? '' : `${between}${rest}`, { tone: 'muted' }),
  ];
}

/** `00:07`, `12:30`, `1:02:03`: of one width for an hour, so that nothing moves while it counts. */
function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`;
}

function progressWords(state: RunState): string {
  const { items, lifecycle, rollback } = state;
  if (rollback?.status === 'running') {
    const undos = rollback.order.filter((index) => items[index]?.status !== 'excluded');
    const undone = undos.filter((index) => isSettled(items[index]?.status ?? 'pending')).length;
    return `undo ${undone}/${undos.length}`;
  }
  const { length } = stepsOf(state);
  return lifecycle === 'new' ? counted(length, 'step') : `${stepsBehind(state)}/${length}`;
}
