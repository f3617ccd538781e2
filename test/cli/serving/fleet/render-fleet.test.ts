// Tests what `runsheet fleet` says, and what it tells monitors.
import { expect, test } from 'vitest';
import { runId } from '../../../../src/basics/address.ts';
import { fleetMetrics, renderFleet } from '../../../../src/cli/serving/fleet/render-fleet.ts';
import type { FleetState, WhyWaiting } from '../../../../src/engine/queue/postgres/fleet-state.ts';

const at = Date.parse('2026-11-29T12:00:00Z');
const worker = { queues: ['default', 'dmz'], slots: 4, version: '0.2.0', since: at - 60_000, isAlive: true };
const whys: readonly WhyWaiting[] = [
  { type: 'permission', reason: 'it is\u001b[31m quiet' },
  { type: 'time', at: at + 3_600_000 },
  { type: 'limit', key: 'pool.md db1', limit: 2 },
  { type: 'rate' },
  { type: 'no-worker' },
  { type: 'no-slot', slots: 4 },
  { type: 'turn' },
];
const state: FleetState = {
  at,
  workers: [
    { ...worker, worker: 'web1-12-a1b2c3d4', busy: 3, beatAt: at - 1_200 },
    { ...worker, worker: 'web2-9-00ff00ff', busy: 1, beatAt: at - 90_000, isAlive: false },
  ],
  queues: [
    { queue: 'default', waiting: 6, running: 4, resting: 12, slots: 4, oldestAt: at - 240_000 },
    { queue: 'lab', waiting: 1, running: 0, resting: 0, slots: 0 },
  ],
  waiting: whys.map((why, index) => ({
    run: runId(`20261129-11550${index}-k3f9`),
    path: 'pool.md',
    queue: why.type === 'no-worker' ? 'lab' : 'default',
    since: at - 300_000 + index * 1_000,
    why,
  })),
};

test('a fleet is told in three tables', () => {
  expect(renderFleet(state, undefined)).toBe(`\
worker            queues       busy  slots  last seen             version
web1-12-a1b2c3d4  default,dmz     3      4  1.2 s                 0.2.0
web2-9-00ff00ff   default,dmz     1      4  1 min 30 s, has died  0.2.0

queue    waiting  running  resting  slots  oldest
default        6        4       12      4   4 min
lab            1        0        0      0

run                   runbook  queue           for  waits for
20261129-115500-k3f9  pool.md  default       5 min  somebody to let it begin: it is␛[31m quiet
20261129-115501-k3f9  pool.md  default  4 min 59 s  its time, 2026-11-29 13:00:00 UTC
20261129-115502-k3f9  pool.md  default  4 min 58 s  others of pool.md db1, of which 2 may go on at once
20261129-115503-k3f9  pool.md  default  4 min 57 s  the rate of its rule
20261129-115504-k3f9  pool.md  lab      4 min 56 s  a worker: none takes the runs of lab
20261129-115505-k3f9  pool.md  default  4 min 55 s  one of 4 slots
20261129-115506-k3f9  pool.md  default  4 min 54 s  its turn
`);
});

test('on a narrow terminal, what may be cut is cut', () => {
  expect(renderFleet({ ...state, queues: [], waiting: state.waiting.slice(2, 3) }, 70)).toBe(`\
worker            queues    busy  slots  last seen             version
web1-12-a1b2c3d4  default…     3      4  1.2 s                 0.2.0
web2-9-00ff00ff   default…     1      4  1 min 30 s, has died  0.2.0

no queues

run                   runbook  queue           for  waits for
20261129-115502-k3f9  pool.md  default  4 min 58 s  others of pool.md…
`);
});

test('a fleet of which nothing is there says so', () => {
  expect(renderFleet({ at, workers: [], queues: [], waiting: [] }, 80)).toBe(
    'no workers\n\nno queues\n\nnothing waits\n',
  );
});

test('monitors are told of workers and queues', () => {
  expect(fleetMetrics(state).filter((line) => !line.startsWith('#'))).toEqual([
    'runsheet_fleet_workers{state="alive"} 1',
    'runsheet_fleet_workers{state="dead"} 1',
    'runsheet_fleet_waiting{queue="default"} 6',
    'runsheet_fleet_waiting{queue="lab"} 1',
    'runsheet_fleet_running{queue="default"} 4',
    'runsheet_fleet_running{queue="lab"} 0',
    'runsheet_fleet_slots{queue="default"} 4',
    'runsheet_fleet_slots{queue="lab"} 0',
    'runsheet_fleet_oldest_seconds{queue="default"} 240',
    'runsheet_fleet_oldest_seconds{queue="lab"} 0',
  ]);
});
