// Owns an event and a request that tests vary.
import type { RunRequest } from '../../../src/engine/queue/run-request.ts';
import type { ReceivedEvent } from '../../../src/run/triggers/received-event.ts';

/** An alert of a full disk. */
export function alert(of: Partial<ReceivedEvent> = {}): ReceivedEvent {
  return {
    source: 'alertmanager',
    endpoint: 'prod',
    key: 'disk:1',
    subject: 'disk',
    state: 'firing',
    title: 'Disk is full',
    labels: { host: 'db1' },
    fields: { labels: { host: 'db1' } },
    ...of,
  };
}

/** The runbook for it. */
export const runbook = { path: 'disk.md' };

/** A run of the runbook for it. */
export function request(of: Partial<RunRequest> = {}): RunRequest {
  return { runbook, inputs: { HOST: 'db1' }, may: 'read', whenResolved: 'ignore', ...of };
}
