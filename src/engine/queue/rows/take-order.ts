// Owns taking in what a person orders.
import type { RunOrigin } from '../queued-run.ts';
import type { Enqueued } from '../rule-decision.ts';
import type { RunOrder } from '../run-queue.ts';
import { addRun } from './add-run.ts';
import { all, change, type Sql } from './sql.ts';
import { freeId, type MakeRunId, underLimit } from './under-limit.ts';

/** Makes the run that a person ordered, once. */
export function* takeOrder(makeId: MakeRunId, order: RunOrder): Sql<Enqueued> {
  const [before] = yield* all('SELECT answer FROM run_order WHERE key = ?', order.key);
  if (before !== undefined) return JSON.parse(String(before.answer));
  const answer = yield* makeOrdered(makeId, order);
  yield* change(
    'INSERT INTO run_order (key, answer, at) VALUES (?, ?, ?)',
    ...[order.key, JSON.stringify(answer), order.at],
  );
  return answer;
}

function* makeOrdered(makeId: MakeRunId, { request, person, via, at }: RunOrder): Sql<Enqueued> {
  const limited = yield* underLimit(request.concurrency);
  if (limited !== undefined) return limited.enqueued;
  // A person says so once, and at once: what holds back events is not meant.
  const { dedup: _dedup, rate: _rate, ...rest } = request;
  const id = yield* freeId(makeId, at);
  const origin: RunOrigin = { type: 'person', person, via };
  yield* addRun({ id, origin, request: rest, status: 'queued', at, dueAt: at, fires: false });
  return { type: 'queued', run: id };
}
