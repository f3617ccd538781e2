// Owns how the state of a fleet is told as text, and to monitors.
import type {
  FleetState,
  SeenQueue,
  SeenWaiting,
  SeenWorker,
} from '../../../engine/queue/postgres/fleet-state.ts';
import { formatDuration, formatMoment } from '../../../runbook/regions/format-duration.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { layOutColumns } from '../../../view/layout/lay-out-columns.ts';

/** Tables of the workers, the queues and what waits; `width` is that of the terminal. */
export function renderFleet({ workers, queues, waiting, at }: FleetState, width: number | undefined): string {
  const fit = (cut: readonly number[]) => (width === undefined ? undefined : { width, cut });
  const ago = (time: number): string => formatDuration(Math.max(0, at - time));
  const tables = [
    [
      ['worker', 'queues', 'busy', 'slots', 'last seen', 'version'],
      ...workers.map((one) => workerRow(one, ago)),
    ],
    [
      ['queue', 'waiting', 'running', 'resting', 'slots', 'oldest'],
      ...queues.map((one) => queueRow(one, ago)),
    ],
    [['run', 'runbook', 'queue', 'for', 'waits for'], ...waiting.map((one) => waitingRow(one, ago))],
  ];
  const right = [[2, 3], [1, 2, 3, 4, 5], [3]];
  const cut = [[1, 0], [0], [4, 1]];
  return tables
    .map((rows, index) =>
      rows.length === 1 ? nothing[index] : layOutColumns(rows, right[index], fit(cut[index] ?? [])),
    )
    .join('\n');
}

const nothing = ['no workers\n', 'no queues\n', 'nothing waits\n'];

function workerRow(one: SeenWorker, ago: (time: number) => string): readonly string[] {
  const seen = one.isAlive ? ago(one.beatAt) : `${ago(one.beatAt)}, has died`;
  return [one.worker, one.queues.join(','), String(one.busy), String(one.slots), seen, one.version];
}

function queueRow(one: SeenQueue, ago: (time: number) => string): readonly string[] {
  const { queue, waiting, running, resting, slots, oldestAt } = one;
  const counts = [waiting, running, resting, slots].map(String);
  return [queue, ...counts, oldestAt === undefined ? '' : ago(oldestAt)];
}

function waitingRow(one: SeenWaiting, ago: (time: number) => string): readonly string[] {
  return [one.run, visibleText(one.path), one.queue, ago(one.since), visibleText(whyWords(one))];
}

function whyWords({ why, queue }: SeenWaiting): string {
  switch (why.type) {
    case 'permission':
      return `somebody to let it begin: ${why.reason}`;
    case 'time':
      return `its time, ${formatMoment(new Date(why.at).toISOString())}`;
    case 'limit':
      return `others of ${why.key}, of which ${why.limit} may go on at once`;
    case 'rate':
      return 'the rate of its rule';
    case 'no-worker':
      return `a worker: none takes the runs of ${queue}`;
    case 'no-slot':
      return `one of ${why.slots} slots`;
    case 'turn':
      return 'its turn';
  }
}

/** In the text format of Prometheus. */
export function fleetMetrics({ workers, queues, at }: FleetState): readonly string[] {
  const living = workers.filter(({ isAlive }) => isAlive).length;
  const ofQueues = (name: string, of: (queue: SeenQueue) => number): readonly string[] =>
    queues.map((queue) => `runsheet_fleet_${name}{queue="${queue.queue}"} ${of(queue)}`);
  return [
    '# HELP runsheet_fleet_workers Workers of the fleet, by whether they have said lately that they live.',
    '# TYPE runsheet_fleet_workers gauge',
    `runsheet_fleet_workers{state="alive"} ${living}`,
    `runsheet_fleet_workers{state="dead"} ${workers.length - living}`,
    '# HELP runsheet_fleet_waiting Runs that wait for a worker, by the queue.',
    '# TYPE runsheet_fleet_waiting gauge',
    ...ofQueues('waiting', ({ waiting }) => waiting),
    '# HELP runsheet_fleet_running Runs that a worker has, by the queue.',
    '# TYPE runsheet_fleet_running gauge',
    ...ofQueues('running', ({ running }) => running),
    '# HELP runsheet_fleet_slots Runs that the living workers of the queue take at once.',
    '# TYPE runsheet_fleet_slots gauge',
    ...ofQueues('slots', ({ slots }) => slots),
    '# HELP runsheet_fleet_oldest_seconds How long the run has been due that waits longest; 0 where none does.',
    '# TYPE runsheet_fleet_oldest_seconds gauge',
    ...ofQueues('oldest_seconds', ({ oldestAt = at }) => Math.max(0, at - oldestAt) / 1000),
  ];
}
