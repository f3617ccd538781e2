// Owns what a screen is made of, and what it is once it is composed.
import type { Address } from '../../../basics/address.ts';
import type { RunEvent } from '../../../run/event.ts';
import type { Question } from '../../../run/question.ts';
import type { RunState } from '../../../run/state.ts';
import type { Runbook } from '../../../runbook/runbook.ts';
import type { Palette } from '../../../view/layout/palette.ts';
import type { UiContext, UiState } from '../keys/ui-state.ts';
import type { Rect, Size } from '../layout.ts';
import type { OutputScreen } from './output-screen.ts';
import type { StepPages } from './step-page.ts';

/** A part of the screen and its lines, with the palette's escapes. */
export interface Pane extends Rect {
  readonly key: string;
  readonly lines: readonly string[];
}

/** The whole screen: its panes, of which later ones cover earlier ones, and the cursor. */
export interface Screen extends Size {
  readonly panes: readonly Pane[];
  readonly cursor?: { readonly column: number; readonly row: number };
}

/** The output that may stand below the text. */
export interface ShownOutput {
  readonly address: Address;
  readonly screen: OutputScreen;
  /** The block still runs. */
  readonly live: boolean;
}

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
  readonly context: UiContext;
}

/** How far the texts of a screen scroll, for the keys that do it. */
export interface ScrollMetrics {
  readonly page: UiContext['page'];
  readonly pager: { readonly length: number; readonly height: number };
}
