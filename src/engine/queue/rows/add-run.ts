// Owns making the row of a run.
import type { RunId } from '../../../basics/address.ts';
import type { EventId, RunOrigin } from '../queued-run.ts';
import { defaultQueue, type RunRequest } from '../run-request.ts';
import { all, change, type Sql } from './sql.ts';

/** What a row of a run is made of beside its request. */
export interface NewRow {
  readonly id: RunId;
  readonly origin: RunOrigin;
  readonly request: RunRequest;
  /** The rule, told apart from those of other runbooks; undefined for a person's order. */
  readonly rule?: string | undefined;
  readonly status: 'asking' | 'queued';
  readonly reason?: string;
  readonly at: number;
  readonly dueAt?: number;
  /** Whether what started it goes on until it is said to be over. */
  readonly fires: boolean;
}

/** Gives the number of the new row. */
export function* addRun(row: NewRow): Sql<number> {
  const { origin, request, at } = row;
  const { concurrency, rate, dedup } = request;
  const ofEvent = origin.type === 'event' ? origin : undefined;
  const span = dedup?.span;
  const values = {
    id: row.id,
    origin: JSON.stringify(origin),
    runbook: JSON.stringify(request.runbook),
    path: request.runbook.path,
    rule: row.rule ?? null,
    inputs: JSON.stringify(request.inputs),
    may: request.may,
    when_resolved: request.whenResolved,
    run_on: request.runOn ?? defaultQueue,
    concurrency_key: concurrency?.key ?? null,
    concurrency_limit: concurrency?.limit ?? null,
    when_full: concurrency?.whenFull ?? null,
    counts_resting: concurrency ? Number(concurrency.countsResting) : null,
    rate_count: rate?.count ?? null,
    rate_per: rate?.perMs ?? null,
    dedup_key: dedup?.key ?? null,
    dedup_until: typeof span === 'object' ? at + span.forMs : null,
    endpoint: ofEvent?.endpoint ?? null,
    source: ofEvent?.source ?? null,
    subject: ofEvent?.subject ?? null,
    firing: Number(span === 'while-firing' && row.fires),
    status: row.status,
    reason: row.reason ?? null,
    queued_at: at,
    due_at: row.dueAt ?? null,
    epoch: 0,
    deaths: 0,
  };
  const names = Object.keys(values);
  const [added] = yield* all(
    `INSERT INTO run (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')}) RETURNING number`,
    ...Object.values(values),
  );
  return Number(added?.number);
}

/** An event has something to do with a run. */
export function* joinEvent(number: number, event: EventId): Sql<void> {
  yield* change('INSERT INTO run_event (run, event) VALUES (?, ?) ON CONFLICT DO NOTHING', number, event);
}
