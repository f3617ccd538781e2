// Owns what Amazon's services say of themselves: events of EventBridge, and alarms of CloudWatch in either of two forms.
import type { EventValue, ReceivedEvent } from '../../../run/triggers/received-event.ts';
import { linkOf } from '../payload/link-of.ts';
import { listAt, recordAt, recordOf, textAt, textsOf } from '../payload/text-at.ts';
import { timeOf } from '../payload/time-of.ts';
import { titleOf } from '../payload/title-of.ts';

/** Who told it, and of which endpoint it came. */
type From = Pick<ReceivedEvent, 'source' | 'endpoint'>;

/** What a message of Amazon's tells; undefined where it is of neither form. */
export function awsMessage(message: EventValue, from: From): ReceivedEvent | undefined {
  return busEvent(message, from) ?? alarmOf(message, from);
}

function stateOf(word: string | undefined): ReceivedEvent['state'] {
  return word === 'ALARM' ? 'firing' : word === 'OK' ? 'resolved' : 'occurred';
}

function busEvent(message: EventValue, from: From): ReceivedEvent | undefined {
  const [id, type, origin] = ['id', 'detail-type', 'source'].map((name) => textAt(message, name));
  if (id === undefined || type === undefined || origin === undefined) return undefined;
  const detail = recordAt(message, 'detail');
  const state = textAt(detail, 'state', 'value') ?? textAt(detail, 'state');
  const about = textAt(listAt(message, 'resources')[0] ?? null) ?? `${origin} ${type}`;
  const at = timeOf(textAt(message, 'time'));
  const labels = recordOf([
    ...Object.entries(textsOf(detail)),
    ['source', origin],
    ['detail-type', type],
    ['account', textAt(message, 'account')],
    ['region', textAt(message, 'region')],
    ['state', state],
  ]);
  return {
    ...from,
    key: id,
    subject: about,
    state: type === 'CloudWatch Alarm State Change' ? stateOf(state) : 'occurred',
    title: titleOf([type, textAt(detail, 'alarmName') ?? about, textAt(detail, 'state', 'reason')], type),
    ...(at !== undefined && { at }),
    labels,
    fields: recordOf([...Object.entries(recordAt(message)), ['labels', labels]]),
  };
}

function alarmOf(message: EventValue, from: From): ReceivedEvent | undefined {
  const [name, state, changed] = ['AlarmName', 'NewStateValue', 'StateChangeTime'].map((key) =>
    textAt(message, key),
  );
  if (name === undefined || state === undefined || changed === undefined) return undefined;
  const arn = textAt(message, 'AlarmArn') ?? name;
  // The time zone comes without its colon: `2026-11-29T10:00:00.000+0000`.
  const at = timeOf(changed.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  const dimensions = listAt(message, 'Trigger', 'Dimensions').map(
    (one) => [textAt(one, 'name') ?? '', textAt(one, 'value')] as const,
  );
  const labels = recordOf([
    ...dimensions.filter(([dimension]) => dimension !== ''),
    ['alarm', name],
    ['state', state],
    ['account', textAt(message, 'AWSAccountId')],
    ['region', arn.startsWith('arn:') ? arn.split(':')[3] : textAt(message, 'Region')],
    ['namespace', textAt(message, 'Trigger', 'Namespace')],
    ['metric', textAt(message, 'Trigger', 'MetricName')],
  ]);
  const link = linkOf(consoleOf(arn, name));
  return {
    ...from,
    key: `${arn} ${changed}`,
    subject: arn,
    state: stateOf(state),
    title: titleOf([name, textAt(message, 'AlarmDescription') ?? textAt(message, 'NewStateReason')], name),
    ...(at !== undefined && { at }),
    ...(link !== undefined && { link }),
    labels,
    fields: recordOf([...Object.entries(recordAt(message)), ['labels', labels]]),
  };
}

/** Where the alarm is seen in a browser; the console of China has another address. */
function consoleOf(arn: string, name: string): string | undefined {
  const region = /^arn:aws:cloudwatch:([a-z0-9-]+):/.exec(arn)?.[1];
  // Halves of surrogate pairs, which cannot be encoded, are replaced on the way.
  const page = encodeURIComponent(Buffer.from(name).toString());
  return (
    region &&
    `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#alarmsV2:alarm/${page}`
  );
}
