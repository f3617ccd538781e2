// Owns the page before a run: what it is for, what it will do, and what is to be known first.
import type { RunState } from '../../../run/state.ts';
import type { Runbook } from '../../../runbook/runbook.ts';
import { visibleText } from '../../../text/visible-text.ts';
import type { Palette } from '../../../view/layout/palette.ts';
import { type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import { wrapRuns } from '../../../view/layout/wrap-runs.ts';
import { stepsOf } from '../../../view/steps/count-steps.ts';
import { missingSectionsWords, phaseWords } from '../../../view/words/phase-words.ts';
import { counted, listed } from '../../../view/words/quoted.ts';

/** What the first page is made of. */
export interface OpeningView {
  readonly runbook: Runbook;
  readonly state: RunState;
  /** What the runbook says before its first step. */
  readonly prose: readonly StyledLine[];
  /** What the operator should know of the runbook before it begins. */
  readonly remarks: readonly string[];
  readonly width: number;
  readonly palette: Palette;
}

/** What the run will be, before anything is run. */
export function openingLines({ runbook, state, prose, remarks, width, palette }: OpeningView): StyledLine[] {
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
function planWords(state: RunState): string {
  const steps = stepsOf(state);
  const phases = steps.flatMap(({ items: [first] }) => first?.item.phase ?? []);
  const parts = [...new Set(phases)].map(
    (phase) => `${phases.filter((other) => other === phase).length} in ${phaseWords(phase)}`,
  );
  const checks = phases.includes('preconditions')
    ? ' The preconditions are checked first; nothing is changed before every one of them holds.'
    : '';
  return `${counted(steps.length, 'step')}${parts.length > 1 ? `: ${listed(parts)}` : ''}.${checks}`;
}
