// Owns taking in what a person orders.
import type { RunOrigin } from '../queued-run.ts';
import type { Enqueued } from '../rule-decision.ts';
import type { RunOrder } from '../run-queue.ts';
import { addRun } from './add-run.ts';
import type { SqlFile } from './sql-file.ts';
import { freeId, type MakeRunId, underLimit } from './under-limit.ts';

/** Makes the run that a person ordered, once. */
export function takeOrder(file: SqlFile, makeId: MakeRunId, order: RunOrder): Enqueued {
  const [before] = file.all('SELECT answer FROM run_order WHERE key = ?', order.key);
  if (before !== undefined) return JSON.parse(String(before.answer));
  const answer = makeOrdered(file, makeId, order);
  file.run(
    'INSERT INTO run_order (key, answer, at) VALUES (?, ?, ?)',
    ...[order.key, JSON.stringify(answer), order.at],
  );
  return answer;
}

function makeOrdered(file: SqlFile, makeId: MakeRunId, { request, person, via, at }: RunOrder): Enqueued {
  const limited = underLimit(file, request.concurrency);
  if (limited !== undefined) return limited.enqueued;
  // A person says so once, and at once: what holds back events is not meant.
  const { dedup: _dedup, rate: _rate, ...rest } = request;
  const id = freeId(file, makeId, at);
  const origin: RunOrigin = { type: 'person', person, via };
  addRun(file, { id, origin, request: rest, status: 'queued', at, dueAt: at, fires: false });
  return { type: 'queued', run: id };
}
