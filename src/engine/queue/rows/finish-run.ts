// Owns what a worker says of the run that it has.
import type { Claim } from '../run-queue.ts';
import { dropMessages } from './cancel-run.ts';
import { all, change, type Sql, type SqlValue } from './sql.ts';

/** Changes a run that is in somebody's hands, unless another one has taken it since. */
function* changeClaimed(
  { run, epoch }: Claim,
  to: Readonly<Record<string, SqlValue>>,
  machineMs: number | undefined,
): Sql<'done' | 'lost'> {
  const [row] = yield* all(
    `SELECT number FROM run WHERE id = ? AND epoch = ? AND status = 'running'`,
    run,
    epoch,
  );
  if (row === undefined) return 'lost';
  const set = Object.keys(to).map((name) => `${name} = ?`);
  yield* change(
    `UPDATE run SET ${set.join(', ')} WHERE number = ?`,
    ...Object.values(to),
    Number(row.number),
  );
  if (machineMs !== undefined)
    yield* change(
      'UPDATE run SET machine_ms = coalesce(machine_ms, 0) + ? WHERE number = ?',
      ...[Math.round(machineMs), Number(row.number)],
    );
  if (to.status === 'ended') yield* dropMessages(Number(row.number));
  return 'done';
}

export function* finishRun(
  claim: Claim,
  { exit, outcome, at, machineMs }: { exit: number; outcome?: string; at: number; machineMs?: number },
): Sql<'done' | 'lost'> {
  const to = { status: 'ended', exit, outcome: outcome ?? null, ended_at: at };
  return yield* changeClaimed(claim, to, machineMs);
}

export function* restRun(
  claim: Claim,
  { reason, dueAt, machineMs }: { reason: string; dueAt?: number; machineMs?: number },
): Sql<'done' | 'lost'> {
  return yield* changeClaimed(claim, { status: 'resting', reason, due_at: dueAt ?? null }, machineMs);
}

export function* putRunBack(
  claim: Claim,
  { reason, dueAt, machineMs }: { reason?: string; dueAt: number; machineMs?: number },
): Sql<'done' | 'lost'> {
  const to = { status: 'queued', reason: reason ?? null, due_at: dueAt };
  return yield* changeClaimed(claim, to, machineMs);
}
