// Owns the layout of one run's folder.
import { join } from 'node:path';
import type { RunId } from '../../basics/address.ts';

/** Absolute paths of what belongs to one run. */
export interface RunFolder {
  readonly id: RunId;
  readonly path: string;
  readonly journal: string;
  /** The plan as it was made when the run started. */
  readonly plan: string;
  /** The document as it was read when the run started, byte for byte. */
  readonly runbook: string;
  /** What lists show of the run; the journal is the truth. */
  readonly summary: string;
  /** What the blocks printed. */
  readonly outputs: string;
  /** What is carried from block to block. */
  readonly state: string;
}

/** Where run `id` lives below the folder of all runs. */
export function runFolder(runs: string, id: RunId): RunFolder {
  const path = join(runs, id);
  return {
    id,
    path,
    journal: join(path, 'journal.ndjson'),
    plan: join(path, 'plan.json'),
    runbook: join(path, 'runbook.md'),
    summary: join(path, 'meta.json'),
    outputs: join(path, 'outputs'),
    state: join(path, 'state'),
  };
}
