// Owns what a screen of a run is made of.
import type { Address } from '../../../basics/address.ts';
import type { RunEvent } from '../../../run/event.ts';
import type { Question } from '../../../run/question.ts';
import type { RunState } from '../../../run/state.ts';
import type { Runbook } from '../../../runbook/runbook.ts';
import type { Palette } from '../../../view/layout/palette.ts';
import type { EventLine } from '../../../view/words/describe-event.ts';
import type { UiContext, UiState } from '../keys/ui-state.ts';
import type { Size } from '../main-size.ts';
import type { ShownOutput } from '../output/block-output.ts';
import type { StepPages } from './step-page.ts';

/** Everything that a screen is made of. */
export interface ScreenModel {
  readonly ui: UiState;
  readonly state: RunState;
  readonly question: Question | undefined;
  readonly current: Address | undefined;
  readonly runbook: Runbook;
  readonly pages: StepPages;
  /** What the operator should know of the runbook before it begins. */
  readonly remarks: readonly string[];
  readonly size: Size;
  readonly palette: Palette;
  readonly elapsedMs: number | undefined;
  readonly output: ShownOutput | undefined;
  readonly ended: Extract<RunEvent, { type: 'RunEnded' }> | undefined;
  /** What happened last. */
  readonly happened: EventLine | undefined;
  readonly context: UiContext;
}

/** How far the texts of a screen scroll, for the keys that do it. */
export interface ScrollMetrics {
  readonly page: UiContext['page'];
  readonly pager: { readonly length: number; readonly height: number };
}
