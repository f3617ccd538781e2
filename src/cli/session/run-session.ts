// Owns what is known of a run that is about to go on, new or taken up again.
import type { TakeOutput } from '../../engine/create-performer.ts';
import type { RunbookFile } from '../../engine/disk/read-runbook-file.ts';
import type { BoundedJournal } from '../../engine/journal/bounded-journal.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import type { RunStore } from '../../engine/journal/run-store.ts';
import type { RunSummary } from '../../engine/journal/run-summary.ts';
import type { Actor, RecordedEvent } from '../../run/event.ts';
import type { FailOnPurpose } from '../../run/expectations/fail-on-purpose.ts';
import type { Plan } from '../../run/plan.ts';
import type { RunOptions } from '../../run/run-options.ts';
import type { RunState } from '../../run/state.ts';
import type { Surface } from '../../run/surface.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { ChosenSurface } from '../choose-surface.ts';
import type { SettledInputs } from '../inputs/settle-inputs.ts';
import type { ReportRequest } from './write-reports.ts';

/** What is another way in the run of a test: who answers, what fails, and that nobody else hears of it. */
export interface TrialRun {
  readonly surface: Surface;
  readonly failOnPurpose: FailOnPurpose;
  /** What is called in place of ssh. */
  readonly ssh: string;
}

/** A run that is about to go on, new or taken up again. */
export interface RunSession {
  readonly store: RunStore;
  readonly folder: RunFolder;
  readonly summary: RunSummary;
  readonly journal: BoundedJournal;
  readonly plan: Plan;
  /** The document to fill in, as it stands now. */
  readonly file: RunbookFile;
  readonly runbook: Runbook;
  /** The linked runbooks, by their file, as they stand now. */
  readonly linked?: ReadonlyMap<string, Runbook>;
  readonly state: RunState;
  /** What the journal already holds, for views that are made of events. */
  readonly history: readonly RecordedEvent[];
  readonly options: RunOptions;
  readonly surface: ChosenSurface;
  readonly inputs: SettledInputs;
  readonly by: Actor;
  readonly cwd: string;
  readonly wait: boolean;
  readonly takeOutput?: TakeOutput;
  /** Reports to write when the run rests. */
  readonly reports: readonly ReportRequest[];
  /** What the operator should know of the runbook before it begins, for surfaces that show an opening. */
  readonly remarks?: readonly string[];
  /** Set where the run is that of a test. */
  readonly trial?: TrialRun;
  /** Whether the pages say what is to be run, where that was kept of them. */
  readonly confirm?: () => boolean;
}
