// Owns looking at the events that are kept.
import type { RunId } from '../../../basics/address.ts';
import type { KeptEvent, WholeEvent } from '../kept-event.ts';
import type { EventId } from '../queued-run.ts';
import { type EventFilter, type Page, type Part, queueLimits } from '../run-queue.ts';
import { bounded, pageOf, whereOf } from './page-of.ts';
import { all, type Sql, type SqlRow } from './sql.ts';

const eventColumns = 'event.id AS id, told, times, received_at, last_told_at, rounds';

function eventOfRow(row: SqlRow): KeptEvent {
  return {
    id: Number(row.id),
    told: JSON.parse(String(row.told)),
    times: Number(row.times),
    receivedAt: Number(row.received_at),
    lastToldAt: Number(row.last_told_at),
    rounds: JSON.parse(String(row.rounds)),
  };
}

export function* listEvents(filter: EventFilter, part: Part): Sql<Page<KeptEvent>> {
  const { endpoint, source, subject, led } = filter;
  const limit = bounded(part.limit);
  const [where, ...values] = whereOf([
    ...(part.from === undefined ? [] : [['id <= ?', part.from] as const]),
    ...(endpoint === undefined ? [] : [['endpoint = ?', endpoint] as const]),
    ...(source === undefined ? [] : [['source = ?', source] as const]),
    ...(subject === undefined ? [] : [['subject = ?', subject] as const]),
    ...(led === undefined ? [] : [['led = ?', Number(led)] as const]),
  ]);
  const rows = yield* all(
    `SELECT ${eventColumns} FROM event ${where} ORDER BY id DESC LIMIT ?`,
    ...values,
    limit + 1,
  );
  return pageOf(rows, limit, 'id', eventOfRow);
}

export function* findEvent(id: EventId): Sql<WholeEvent | undefined> {
  const [row] = yield* all(
    `SELECT ${eventColumns}, raw, bytes FROM event JOIN delivery ON delivery.id = event.delivery WHERE event.id = ?`,
    id,
  );
  if (row === undefined) return undefined;
  return {
    ...eventOfRow(row),
    raw: new Uint8Array(row.raw as ArrayBuffer),
    rawBytes: Number(row.bytes),
  };
}

/** Events that one run has to do with, oldest first; the newest of them where they are too many. */
export function* listEventsOf(run: RunId): Sql<readonly KeptEvent[]> {
  const rows = yield* all(
    `SELECT ${eventColumns} FROM event JOIN run_event ON run_event.event = event.id
       JOIN run ON run.number = run_event.run WHERE run.id = ? ORDER BY event.id DESC LIMIT ?`,
    ...[run, queueLimits.page],
  );
  return rows.map(eventOfRow).reverse();
}
