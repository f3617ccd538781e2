// Owns reading the plan of a run, and that it is the one that the run was started with.
import { hash } from 'node:crypto';
import { fail, ok, type Result } from '../../basics/result.ts';
import type { RecordedEvent } from '../../run/event.ts';
import type { Plan, PlanItem } from '../../run/plan.ts';
import { type FileOperations, readFully } from '../files/file-operations.ts';
import { requireSafeFolder } from '../files/require-safe-folder.ts';
import { stateFileOperations } from '../files/write-state-file.ts';
import type { RunFolder } from '../journal/run-folder.ts';

const newline = 0x0a;

/**
 * Fails in words where the file is another; throws the system's errors, and `UnsafeFolder` where others may write to
 * the run's folder.
 */
export function readPlan(
  folder: RunFolder,
  events: readonly RecordedEvent[],
  files: FileOperations = stateFileOperations,
): Result<Plan, string> {
  requireSafeFolder(folder.path);
  const bytes = readFully(files, folder.plan);
  const started = events.find(({ event }) => event.type === 'RunStarted')?.event;
  const text = bytes.subarray(0, -1);
  const isWhole = bytes.at(-1) === newline;
  const isSame = started?.type !== 'RunStarted' || hash('sha256', text, 'hex') === started.planDigest;
  if (!isWhole || !isSame) return fail('`plan.json` is not the plan that the run was started with');
  const plan = JSON.parse(new TextDecoder().decode(text)) as Plan;
  return ok({ ...plan, items: plan.items.map(ofNow) });
}

/** Plans of version 0.1.0 hold the only value that a block could hand on as `capture`, the name of its variable. */
function ofNow(item: PlanItem & { readonly capture?: string }): PlanItem {
  const { capture, ...rest } = item;
  if (capture === undefined || rest.kind !== 'block') return item;
  return { ...rest, captures: [{ name: capture }] };
}
