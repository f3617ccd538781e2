// Owns reading the events that a file holds, as if their sender had told them.
import { readFileSync } from 'node:fs';
import { errorMessage } from '../../basics/coded-error.ts';
import { namedValues } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import type { EventValue, ReceivedEvent } from '../../run/triggers/received-event.ts';
import {
  isSenderType,
  isSourceType,
  type SenderType,
  senderTypes,
  sourceTypes,
} from '../../runbook/front-matter/triggers/source-types.ts';
import { linkOf } from '../../surfaces/sources/payload/link-of.ts';
import { readJson } from '../../surfaces/sources/payload/read-json.ts';
import { timeOf } from '../../surfaces/sources/payload/time-of.ts';
import type { Reading } from '../../surfaces/sources/source.ts';
import { sourceOf } from '../../surfaces/sources/source-of.ts';
import { visibleText } from '../../text/visible-text.ts';
import type { Complaint } from '../refusal.ts';
import { type FileDelivery, readFileDelivery, senderOf, withProof } from './file-delivery.ts';

/** The events, and what they were taken for. */
export interface ReadPayload {
  readonly takenFor: string;
  readonly events: readonly ReceivedEvent[];
}

/** A proof that is a token is made up for a file; it stands for nothing. */
const token = 'of-a-file';

const tried = senderTypes.join(', ');

/**
 * Reads a payload of a sender, with its headers where those matter, or an event in the form in which `runsheet` keeps it.
 * Without `source` its headers or its form have to say whose it is: nothing is guessed.
 */
export async function readPayload(
  path: string,
  { source, header = [] }: { readonly source?: string; readonly header?: readonly string[] },
  receivedAt: number,
): Promise<Result<ReadPayload, Complaint>> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    return fail({ message: `the event cannot be read: ${errorMessage(error)}` });
  }
  const delivery = readFileDelivery(bytes, header);
  if (!delivery.ok)
    return fail({
      message: `\`${visibleText(delivery.error)}\` is no header`,
      help: 'write it as `Name: value`',
    });
  const named = source ?? senderOf(delivery.value.headers);
  const read = readJson(delivery.value.body);
  // What Slack sends is a form.
  if (!read.ok && named !== 'slack') return fail({ message: `\`${path}\` holds no event: ${read.error}` });
  if (read.ok && named === undefined && looksLikeEvent(read.value)) {
    const event = toEvent(read.value);
    return event.ok
      ? ok({ takenFor: 'an event', events: [event.value] })
      : fail({ message: `\`${path}\` holds no whole event: ${event.error}` });
  }
  const type = named ?? (read.ok ? formOf(read.value) : undefined);
  if (type === undefined)
    return fail({
      message: `it is not clear which sender tells what \`${path}\` holds`,
      help: `say it: \`--source\` with one of ${tried}`,
    });
  if (!isSenderType(type))
    return fail({ message: `\`${type}\` is no kind of sender`, help: `known are ${tried}` });
  return eventsOf(path, type, await readingOf(type, delivery.value, receivedAt));
}

async function readingOf(type: SenderType, delivery: FileDelivery, receivedAt: number): Promise<Reading> {
  // Its proof is a signature of Amazon's, which nobody can make up.
  if (type === 'sns')
    return (await import('../../surfaces/sources/senders/sns.ts')).readUnproven(delivery.body);
  const headers = withProof(delivery, token, receivedAt);
  return (await sourceOf(type)).read(
    { method: 'POST', headers, body: delivery.body, receivedAt, query: '' },
    { name: '', secrets: [token], settings: {} },
    () => Promise.reject(new Error('nothing is fetched for a file')),
  );
}

function eventsOf(path: string, type: SenderType, reading: Reading): Result<ReadPayload, Complaint> {
  if (reading.type === 'events') return ok({ takenFor: `a delivery of \`${type}\``, events: reading.events });
  if (reading.type === 'unreadable')
    return fail({
      message: `\`${path}\` is no delivery of \`${type}\`: ${reading.reason}`,
      help: 'what its headers say is given with `--header`, or by a file that begins with `POST / HTTP/1.1`',
    });
  return fail({
    message:
      reading.type === 'answers'
        ? `\`${path}\` is the answer to a question, which starts nothing`
        : `\`${path}\` tells of no event`,
  });
}

type Fields = { readonly [name: string]: EventValue };

function isFields(value: EventValue | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it is meant as an event as the tool has it: no sender's own form has all of these. */
function looksLikeEvent(value: EventValue): value is Fields {
  return (
    isFields(value) && ['source', 'subject', 'state', 'labels'].every((name) => Object.hasOwn(value, name))
  );
}

const textForms = ['key', 'subject', 'title', 'endpoint', 'person', 'at', 'link'];

/** The event as the tool has it, or what it lacks. What nothing is said of its endpoint came by none. */
function toEvent(value: Fields): Result<ReceivedEvent, string> {
  const texts = textsOf({ endpoint: '', ...value }, textForms);
  const { source, state, labels: given, fields } = value;
  if (typeof source !== 'string' || !isSourceType(source))
    return fail(`\`source\` has to be one of ${sourceTypes.join(', ')}`);
  if (state !== 'firing' && state !== 'resolved' && state !== 'occurred')
    return fail('`state` has to be `firing`, `resolved` or `occurred`');
  if (!texts.ok) return texts;
  const { key, subject, title, endpoint, person, at, link } = texts.value;
  if (key === undefined || subject === undefined || title === undefined || endpoint === undefined)
    return fail('it has to have `key`, `subject` and `title`');
  if (at !== undefined && timeOf(at) === undefined)
    return fail('`at` has to be a time such as `2026-11-29T22:30:00Z`');
  if (link !== undefined && linkOf(link) === undefined) return fail('`link` has to be an address of the web');
  const labels = isFields(given) ? textsOf(given, Object.keys(given)) : undefined;
  if (!labels?.ok) return fail('`labels` has to be a mapping of names to texts');
  if (!isFields(fields)) return fail('`fields` has to be a mapping');
  return ok({
    ...{ source, endpoint, key, subject, state, title },
    ...(at !== undefined && { at }),
    ...(link !== undefined && { link }),
    ...(person !== undefined && { person }),
    labels: labels.value,
    fields,
  });
}

/** Those of the names that are there; each has to be a text. */
function textsOf(value: Fields, names: readonly string[]): Result<Readonly<Record<string, string>>, string> {
  const texts = namedValues<string>();
  for (const name of names) {
    const text = Object.hasOwn(value, name) ? value[name] : undefined;
    if (text === undefined) continue;
    if (typeof text !== 'string') return fail(`\`${name}\` has to be a text`);
    texts[name] = text;
  }
  return ok(texts);
}

/** Whose form it is, where only one sender has it. */
function formOf(value: EventValue): SenderType | undefined {
  if (!isFields(value) || !Array.isArray(value.alerts)) return undefined;
  if ('orgId' in value) return 'grafana';
  return value.version === '4' && 'groupKey' in value ? 'alertmanager' : undefined;
}
