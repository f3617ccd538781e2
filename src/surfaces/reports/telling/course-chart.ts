// Owns the picture of how a run's time went, step by step.
import type { RunState } from '../../../run/state.ts';
import { formatDuration } from '../../../runbook/regions/format-duration.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { stepsOf } from '../../../view/steps/count-steps.ts';
import { type TimeSpan, timeSpent, workOf } from '../course/course-of-run.ts';
import type { Chart } from '../page/page.ts';

/** A bar for each step at its time; what was for no step is in the first one, which is the whole run. */
export function courseChart(state: RunState, spans: readonly TimeSpan[], totalMs: number): Chart {
  const rowOf = (label: string, own: readonly TimeSpan[]): Chart['rows'][number] => ({
    label,
    value: formatDuration(workOf(timeSpent(own))),
    parts: own.map(({ kind, fromMs, toMs }) => ({ kind, from: fromMs, to: toMs })),
  });
  const rowsOf = (part: 'run' | 'undo'): readonly Chart['rows'][number][] =>
    stepsOf(state, part).flatMap(({ title, items }) => {
      const own = new Set(items.map(({ item }) => item.address));
      const spent = spans.filter(({ address }) => address !== undefined && own.has(address));
      const undone = items[0]?.item.undoes;
      const of = state.plan.items.find(({ step }) => undone !== undefined && step === undone)?.stepTitle;
      const label = `${part === 'undo' ? 'undo: ' : ''}${visibleText(of ?? title)}`;
      return spent.length === 0 ? [] : [rowOf(label, spent)];
    });
  return {
    type: 'chart',
    title: 'Work and waits of the run',
    total: totalMs,
    totalWords: formatDuration(totalMs),
    legend: [
      { kind: 'work', words: 'blocks' },
      { kind: 'people', words: 'work by hand' },
      { kind: 'approval', words: 'waiting for approval' },
      { kind: 'waiting', words: 'waiting' },
      { kind: 'paused', words: 'paused' },
    ],
    rows: [rowOf('the run', spans), ...rowsOf('run'), ...rowsOf('undo')],
  };
}
