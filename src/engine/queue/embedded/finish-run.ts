// Owns what a worker says of the run that it has.
import type { Claim } from '../run-queue.ts';
import { dropMessages } from './cancel-run.ts';
import type { SqlFile, SqlValue } from './sql-file.ts';

/** Changes a run that is in somebody's hands, unless another one has taken it since. */
function changeClaimed(
  file: SqlFile,
  { run, epoch }: Claim,
  change: Readonly<Record<string, SqlValue>>,
  machineMs: number | undefined,
): 'done' | 'lost' {
  const [row] = file.all(
    `SELECT number FROM run WHERE id = ? AND epoch = ? AND status = 'running'`,
    run,
    epoch,
  );
  if (row === undefined) return 'lost';
  const set = Object.keys(change).map((name) => `${name} = ?`);
  file.run(`UPDATE run SET ${set.join(', ')} WHERE number = ?`, ...Object.values(change), Number(row.number));
  if (machineMs !== undefined)
    file.run(
      'UPDATE run SET machine_ms = coalesce(machine_ms, 0) + ? WHERE number = ?',
      ...[Math.round(machineMs), Number(row.number)],
    );
  if (change.status === 'ended') dropMessages(file, Number(row.number));
  return 'done';
}

export function finishRun(
  file: SqlFile,
  claim: Claim,
  { exit, outcome, at, machineMs }: { exit: number; outcome?: string; at: number; machineMs?: number },
): 'done' | 'lost' {
  const change = { status: 'ended', exit, outcome: outcome ?? null, ended_at: at };
  return changeClaimed(file, claim, change, machineMs);
}

export function restRun(
  file: SqlFile,
  claim: Claim,
  { reason, dueAt, machineMs }: { reason: string; dueAt?: number; machineMs?: number },
): 'done' | 'lost' {
  return changeClaimed(file, claim, { status: 'resting', reason, due_at: dueAt ?? null }, machineMs);
}

export function putRunBack(
  file: SqlFile,
  claim: Claim,
  { reason, dueAt, machineMs }: { reason?: string; dueAt: number; machineMs?: number },
): 'done' | 'lost' {
  const change = { status: 'queued', reason: reason ?? null, due_at: dueAt };
  return changeClaimed(file, claim, change, machineMs);
}
