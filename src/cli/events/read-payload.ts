// Owns reading the events that a file holds, as if their sender had told them.
import { readFileSync } from 'node:fs';
import { errorMessage } from '../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import type { EventValue, ReceivedEvent } from '../../run/triggers/received-event.ts';
import {
  isSenderType,
  type SenderType,
  senderTypes,
} from '../../runbook/front-matter/triggers/source-types.ts';
import { readJson } from '../../surfaces/sources/payload/read-json.ts';
import { sourceOf } from '../../surfaces/sources/source-of.ts';
import type { Complaint } from '../refusal.ts';

/** The events, and what they were taken for. */
export interface ReadPayload {
  readonly takenFor: string;
  readonly events: readonly ReceivedEvent[];
}

/** A proof that is a token is made up for a file; it stands for nothing. */
const token = 'of-a-file';

/**
 * Reads a payload of a sender, or an event in the form in which `runsheet` keeps it. Without `source` its form has to
 * say whose it is: nothing is guessed.
 */
export async function readPayload(
  path: string,
  source: string | undefined,
  receivedAt: number,
): Promise<Result<ReadPayload, Complaint>> {
  let body: Buffer;
  try {
    body = readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    return fail({ message: `the event cannot be read: ${errorMessage(error)}` });
  }
  const read = readJson(body);
  if (!read.ok) return fail({ message: `\`${path}\` holds no event: ${read.error}` });
  if (source === undefined && isEvent(read.value)) return ok({ takenFor: 'an event', events: [read.value] });
  const type = source ?? formOf(read.value);
  if (type === undefined)
    return fail({
      message: `it is not clear which sender tells what \`${path}\` holds`,
      help: `say it: \`--source\` with one of ${senderTypes.join(', ')}`,
    });
  if (!isSenderType(type))
    return fail({
      message: `\`${type}\` is no kind of sender`,
      help: `known are ${senderTypes.join(', ')}`,
    });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const reading = await (await sourceOf(type)).read(
    { method: 'POST', headers, body, receivedAt, query: '' },
    { name: '', secrets: [token], settings: {} },
    () => Promise.reject(new Error('nothing is fetched for a file')),
  );
  if (reading.type === 'events') return ok({ takenFor: `a delivery of \`${type}\``, events: reading.events });
  return fail({
    message:
      reading.type === 'unreadable'
        ? `\`${path}\` is no delivery of \`${type}\`: ${reading.reason}`
        : `what \`${type}\` sends cannot be tried from a file: its proof is more than the body`,
    ...(reading.type !== 'unreadable' && {
      help: 'try the event that it leads to, with `source`, `key`, `subject`, `state`, `title`, `labels` and `fields`',
    }),
  });
}

type Fields = { readonly [name: string]: EventValue };

function isFields(value: EventValue | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it is an event as the tool has it, whole. */
function isEvent(value: EventValue): value is EventValue & ReceivedEvent {
  if (!isFields(value)) return false;
  const texts = ['source', 'endpoint', 'key', 'subject', 'state', 'title'].every(
    (name) => typeof value[name] === 'string',
  );
  const { state, labels, fields } = value;
  const isState = state === 'firing' || state === 'resolved' || state === 'occurred';
  return (
    texts &&
    isState &&
    isFields(fields) &&
    isFields(labels) &&
    Object.values(labels).every((label) => typeof label === 'string')
  );
}

/** Whose form it is, where only one sender has it. */
function formOf(value: EventValue): SenderType | undefined {
  if (!isFields(value) || !Array.isArray(value.alerts)) return undefined;
  if ('orgId' in value) return 'grafana';
  return value.version === '4' && 'groupKey' in value ? 'alertmanager' : undefined;
}
