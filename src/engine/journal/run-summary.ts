// Owns the little file that lets many runs be listed without reading their journals; it is a convenience and may be
// behind the journal, never the other way round.
import { type RunId, runId } from '../../basics/address.ts';
import type { RunEvent } from '../../run/event.ts';
import { type Outcome, outcomes } from '../../run/outcomes.ts';
import type { RunMode } from '../../run/run-options.ts';
import {
  type FileOperations,
  readFully,
  removeIfPossible,
  systemErrorCode,
  writeNewFile,
} from '../files/file-operations.ts';

/** What a list of runs shows of one. */
export interface RunSummary {
  readonly id: RunId;
  /** Absolute path of the runbook. */
  readonly runbook: string;
  readonly title: string;
  /** Who started it, such as `ada@bastion`. */
  readonly by: string;
  readonly mode: RunMode;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly status: 'open' | 'paused' | 'ended';
  readonly outcome?: Outcome;
  readonly endedAt?: string;
  /** Only what reads was run. */
  readonly rehearsed?: true;
  /** Where the journal ended with the run; absent while it goes on, and in state folders of version 0.1.0. */
  readonly end?: { readonly records: number; readonly hash: string };
}

/** What lists show of a run after an event, where that is something new. */
export function summaryAfter(summary: RunSummary, event: RunEvent, at: string): RunSummary | undefined {
  const { status: _status, outcome: _outcome, endedAt: _endedAt, end: _end, ...run } = summary;
  switch (event.type) {
    case 'RunPaused':
      return { ...run, status: 'paused' };
    case 'RunResumed':
      return { ...run, status: 'open' };
    case 'RunEnded':
      return { ...run, status: 'ended', outcome: event.outcome, endedAt: at };
    default:
      return undefined;
  }
}

/** The text of the file. */
export function renderSummary(summary: RunSummary): string {
  return `${JSON.stringify(summary, null, 2)}\n`;
}

/** What a file says; `undefined` where it is none of ours. */
export function parseSummary(text: string): RunSummary | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const fields: Readonly<Partial<Record<string, unknown>>> = { ...value };
  const { id, runbook, title, by, mode, startedAt, status, outcome, endedAt, rehearsed, end } = fields;
  if (typeof id !== 'string' || typeof runbook !== 'string' || typeof title !== 'string') return undefined;
  if (typeof by !== 'string' || typeof startedAt !== 'string') return undefined;
  if (mode !== 'guided' && mode !== 'unattended') return undefined;
  if (status !== 'open' && status !== 'paused' && status !== 'ended') return undefined;
  return {
    ...{ id: runId(id), runbook, title, by, mode, startedAt, status },
    ...(isOutcome(outcome) && { outcome }),
    ...(typeof endedAt === 'string' && { endedAt }),
    ...(rehearsed === true && { rehearsed }),
    ...(isEnd(end) && { end }),
  };
}

const isEnd = (value: unknown): value is NonNullable<RunSummary['end']> =>
  typeof value === 'object' &&
  value !== null &&
  'records' in value &&
  typeof value.records === 'number' &&
  'hash' in value &&
  typeof value.hash === 'string';

const isOutcome = (value: unknown): value is Outcome => outcomes.some((outcome) => outcome === value);

/** Reads the file; `undefined` where it is not there or says nothing. */
export function readSummary(files: FileOperations, path: string): RunSummary | undefined {
  try {
    return parseSummary(new TextDecoder().decode(readFully(files, path)));
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Puts a new file in the place of the old one at once, so that a reader sees either. */
export function writeSummary(files: FileOperations, path: string, summary: RunSummary): void {
  const draft = `${path}.new`;
  removeIfPossible(files, draft);
  writeNewFile(files, draft, new TextEncoder().encode(renderSummary(summary)), 0o600);
  files.rename(draft, path);
}
