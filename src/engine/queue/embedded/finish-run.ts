// Owns what a worker says of the run that it has.
import type { Claim } from '../run-queue.ts';
import { dropMessages } from './cancel-run.ts';
import type { SqlFile, SqlValue } from './sql-file.ts';

/** Changes a run that is in somebody's hands, unless another one has taken it since. */
function changeClaimed(
  file: SqlFile,
  { run, epoch }: Claim,
  change: Readonly<Record<string, SqlValue>>,
): 'done' | 'lost' {
  const [row] = file.all(
    `SELECT number FROM run WHERE id = ? AND epoch = ? AND status = 'running'`,
    run,
    epoch,
  );
  if (row === undefined) return 'lost';
  const set = Object.keys(change).map((name) => `${name} = ?`);
  file.run(`UPDATE run SET ${set.join(', ')} WHERE number = ?`, ...Object.values(change), Number(row.number));
  if (change.status === 'ended') dropMessages(file, Number(row.number));
  return 'done';
}

export function finishRun(
  file: SqlFile,
  claim: Claim,
  { exit, outcome, at }: { readonly exit: number; readonly outcome?: string; readonly at: number },
): 'done' | 'lost' {
  return changeClaimed(file, claim, { status: 'ended', exit, outcome: outcome ?? null, ended_at: at });
}

export function restRun(
  file: SqlFile,
  claim: Claim,
  { reason, dueAt }: { readonly reason: string; readonly dueAt?: number },
): 'done' | 'lost' {
  return changeClaimed(file, claim, { status: 'resting', reason, due_at: dueAt ?? null });
}

export function putRunBack(
  file: SqlFile,
  claim: Claim,
  { reason, dueAt }: { readonly reason?: string; readonly dueAt: number },
): 'done' | 'lost' {
  return changeClaimed(file, claim, { status: 'queued', reason: reason ?? null, due_at: dueAt });
}
