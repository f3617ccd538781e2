// Owns reading a whole run from its folder, as the commands that tell of one need it.
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import type { RecordedEvent } from '../../run/event.ts';
import { evolve, initialState } from '../../run/evolve.ts';
import type { RunState } from '../../run/state.ts';
import { planOfRun } from '../load/plan-of-run.ts';
import { tellDamage } from '../load/tell-damage.ts';
import { StoredOutputs } from '../session/stored-outputs.ts';

/** A run as its journal has it. */
export interface ReadRun {
  readonly state: RunState;
  readonly history: readonly RecordedEvent[];
  readonly outputs: StoredOutputs;
  /** Tells what is wrong with its record; gives the exit code. */
  readonly tellDamage: () => number;
}

/** The run of a folder; undefined where what it ran cannot be read, which has been said then. */
export function readRun(folder: RunFolder): ReadRun | undefined {
  const content = readJournal(folder.journal);
  const { events } = content;
  const plan = planOfRun(folder, events);
  return (
    plan && {
      state: events.reduce(evolve, initialState(plan)),
      history: events,
      outputs: new StoredOutputs(folder.path, events),
      tellDamage: () => tellDamage(folder, content),
    }
  );
}
