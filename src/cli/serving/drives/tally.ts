// Owns counting what came of events and how runs ended, since a server began.
import type { AcceptedEvent } from '../../../engine/queue/run-queue.ts';
import { outcomes } from '../../../run/outcomes.ts';

/** Under these an event is counted; `repeated` is one that was told before. */
const cameOf = [
  ...['queued', 'held', 'asking', 'joined', 'refused', 'rejected', 'dropped', 'no-match'],
  ...['repeated', 'unreadable'],
] as const;

/** How runs end; `refused` is one that was not begun. */
const ends = [...outcomes, 'refused'] as const;

export class Tally {
  readonly #events = new Map<string, number>(cameOf.map((name) => [name, 0]));
  readonly #runs = new Map<string, number>(ends.map((name) => [name, 0]));

  /** An event is counted once under each thing that its rules made of it; that some did not match is nothing then. */
  accepted({ times, decided }: AcceptedEvent): void {
    const types = new Set<string>(decided.map(({ type }) => type).filter((type) => type !== 'no-match'));
    if (times > 1) add(this.#events, 'repeated');
    else for (const type of types.size === 0 ? ['no-match'] : types) add(this.#events, type);
  }

  unreadable(): void {
    add(this.#events, 'unreadable');
  }

  ended(outcome: string): void {
    add(this.#runs, this.#runs.has(outcome) ? outcome : 'refused');
  }

  /** In the text format of Prometheus. */
  lines(): readonly string[] {
    return [
      '# HELP runsheet_runs_ended_total Runs that have ended at the worker of this server since it began, by outcome.',
      '# TYPE runsheet_runs_ended_total counter',
      ...[...this.#runs].map(([name, count]) => `runsheet_runs_ended_total{outcome="${name}"} ${count}`),
      '# HELP runsheet_events_total Events that this server was told since it began, by what came of them.',
      '# TYPE runsheet_events_total counter',
      ...[...this.#events].map(([name, count]) => `runsheet_events_total{came="${name}"} ${count}`),
    ];
  }
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
