// Owns `runsheet events`: what was told to the server of this machine, and what came of it.
import { EmbeddedQueue } from '../../engine/queue/embedded-queue.ts';
import { type EventFilter, QueueUnavailable, type RunQueue } from '../../engine/queue/run-queue.ts';
import { exitCode } from '../exit-code.ts';
import { chosenStateFolder } from '../load/open-run-store.ts';
import { outputColumns } from '../output-columns.ts';
import { databaseAddress } from '../queues/database-address.ts';
import { openFleetQueue } from '../queues/open-fleet-queue.ts';
import { refuse } from '../refusal.ts';
import { writeMessage, writeResult } from '../write-result.ts';
import { renderEvent, renderEvents } from './render-event.ts';

/** What `runsheet events` was given beside what to do and with which event. */
export interface EventsOptions {
  readonly json?: boolean;
  readonly limit: number;
  readonly source?: string;
  readonly endpoint?: string;
  readonly led?: boolean;
  readonly stateDir?: string;
}

/** Lists events, newest first, or shows one; gives the exit code. */
export async function events(
  what: string,
  event: string | undefined,
  options: EventsOptions,
): Promise<number> {
  if (what === 'show' && event === undefined)
    return refuse({
      message: '`events show` needs the number of an event',
      help: '`runsheet events list` lists them',
    });
  const url = databaseAddress(undefined);
  let queue: RunQueue;
  try {
    queue =
      url === undefined
        ? await EmbeddedQueue.openToRead(chosenStateFolder(options.stateDir))
        : await openFleetQueue(url, 0);
  } catch (error) {
    if (!(error instanceof QueueUnavailable)) throw error;
    return refuse({
      message: error.message,
      help: '`runsheet serve` takes in events, and keeps them in the state folder; `--state-dir` names another one',
    });
  }
  try {
    return event === undefined ? await list(queue, options) : await show(queue, event, options);
  } finally {
    await queue.close();
  }
}

async function list(queue: RunQueue, { json, limit, source, endpoint, led }: EventsOptions): Promise<number> {
  const filter: EventFilter = {
    ...(source !== undefined && { source }),
    ...(endpoint !== undefined && { endpoint }),
    ...(led && { led }),
  };
  const { entries } = await queue.events(filter, { limit });
  if (json) writeResult(`${JSON.stringify(entries, null, 2)}\n`);
  else if (entries.length === 0) writeMessage('no such events\n');
  else writeResult(renderEvents(entries, outputColumns()));
  return exitCode.succeeded;
}

async function show(queue: RunQueue, number: string, { json }: EventsOptions): Promise<number> {
  const event = /^[1-9]\d{0,14}$/.test(number) ? await queue.event(Number(number)) : undefined;
  if (event === undefined)
    return refuse({ message: `there is no event \`${number}\``, help: '`runsheet events list` lists them' });
  const { raw, ...rest } = event;
  const text = new TextDecoder().decode(raw);
  writeResult(json ? `${JSON.stringify({ ...rest, raw: text }, null, 2)}\n` : renderEvent(rest, text));
  return exitCode.succeeded;
}
