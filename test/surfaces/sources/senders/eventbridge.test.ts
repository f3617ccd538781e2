// Tests reading API destinations of EventBridge.
import { expect, test } from 'vitest';
import { eventbridge } from '../../../../src/surfaces/sources/senders/eventbridge.ts';
import { endpointOf, noNetwork, sent } from '../sent.ts';

const endpoint = endpointOf(['correct-horse'], { header: 'x-api-key' });
const labels = {
  alarmName: 'ServerCpuTooHigh',
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  account: '123456789012',
  region: 'eu-central-1',
  state: 'ALARM',
};

test('an event of the bus is an event, and an alarm fires', async () => {
  const delivery = sent('eventbridge/alarm');
  expect(await eventbridge.read(delivery, endpoint, noNetwork)).toEqual({
    type: 'events',
    events: [
      {
        source: 'eventbridge',
        endpoint: 'prod',
        key: 'c4c1c1c9-6542-e61b-6ef0-8c4d36933a92',
        subject: 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:ServerCpuTooHigh',
        state: 'firing',
        title:
          'CloudWatch Alarm State Change: ServerCpuTooHigh: Threshold Crossed: 1 out of the last 1 datapoints ' +
          '[99.5 (29/11/26 09:57:00)] was greater than the threshold (50.0).',
        at: '2026-11-29T09:58:14.000Z',
        labels,
        fields: { ...JSON.parse(delivery.body.toString()), labels },
      },
    ],
  });
});

test('what is no alarm just happens, about its first resource or about what it is', async () => {
  const body = (resources: readonly string[]) =>
    Buffer.from(
      JSON.stringify({
        id: '1',
        source: 'aws.ec2',
        'detail-type': 'EC2 Instance State-change Notification',
        resources,
        detail: { 'instance-id': 'i-1', state: 'stopped' },
      }),
    );
  const read = async (resources: readonly string[]) => {
    const reading = await eventbridge.read(
      sent('eventbridge/alarm', { body: body(resources) }),
      endpoint,
      noNetwork,
    );
    const [event] = reading.type === 'events' ? reading.events : [];
    return { subject: event?.subject, state: event?.state, labels: event?.labels };
  };
  const expected = {
    state: 'occurred',
    labels: {
      'instance-id': 'i-1',
      source: 'aws.ec2',
      'detail-type': 'EC2 Instance State-change Notification',
      state: 'stopped',
    },
  };
  expect(await read(['arn:aws:ec2:eu-central-1:1:instance/i-1'])).toEqual({
    ...expected,
    subject: 'arn:aws:ec2:eu-central-1:1:instance/i-1',
  });
  expect(await read([])).toEqual({
    ...expected,
    subject: 'aws.ec2 EC2 Instance State-change Notification',
  });
});

test('a body of another form is kept as unreadable', async () => {
  const told = sent('eventbridge/alarm', { body: Buffer.from('{"id":"1","source":"a"}') });
  expect(await eventbridge.read(told, endpoint, noNetwork)).toEqual({
    type: 'unreadable',
    reason: 'the body holds no `id`, `source` and `detail-type`',
  });
});
