// Tests reading GitLab's webhooks.
import { expect, test } from 'vitest';
import { gitlab } from '../../../../src/surfaces/sources/senders/gitlab.ts';
import { endpointOf, noNetwork, sent } from '../sent.ts';
import { signed } from '../signed.ts';

const good = sent('gitlab/deployment');
const withToken = { ...good, headers: { ...good.headers, 'x-gitlab-token': 'correct-horse' } };
const endpoint = endpointOf(['correct-horse']);
const labels = {
  event: 'deployment',
  status: 'failed',
  project: 'acme/shop',
  ref: 'main',
  environment: 'staging',
  sender: 'root',
};
const event = {
  source: 'gitlab',
  endpoint: 'prod',
  key: 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f',
  subject: 'acme/shop deployment 15',
  state: 'occurred',
  title: 'acme/shop: deployment failed staging main',
  at: '2026-11-29T09:57:50.000Z',
  link: 'https://gitlab.example.org/acme/shop/-/jobs/796',
  person: 'root',
  labels,
  fields: { ...JSON.parse(good.body.toString()), event: 'deployment', labels },
};

test('a deployment with the secret token is an event', async () => {
  expect(await gitlab.read(withToken, endpoint, noNetwork)).toEqual({ type: 'events', events: [event] });
});

test('so is one that a signing token signs, by the id that is signed', async () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const told = signed.standard(good, secret, 'f5e5f430');
  expect(await gitlab.read(told, endpointOf([secret]), noNetwork)).toEqual({
    type: 'events',
    events: [{ ...event, key: 'f5e5f430' }],
  });
});

test('a pipeline is told by its attributes; without a key of its sender, its bytes are its key', async () => {
  const payload = {
    object_kind: 'pipeline',
    object_attributes: {
      id: 31,
      iid: 3,
      ref: 'main',
      status: 'failed',
      url: 'https://gitlab.example.org/acme/shop/-/pipelines/31',
      finished_at: '2026-11-29 09:58:26 UTC',
      name: 'Pipeline for main',
    },
    user: { username: 'root' },
    project: { path_with_namespace: 'acme/shop' },
  };
  const headers = { 'x-gitlab-token': 'correct-horse' };
  const body = Buffer.from(JSON.stringify(payload));
  const told = { event: 'pipeline', status: 'failed', project: 'acme/shop', ref: 'main', sender: 'root' };
  expect(await gitlab.read({ ...withToken, headers, body }, endpoint, noNetwork)).toEqual({
    type: 'events',
    events: [
      {
        source: 'gitlab',
        endpoint: 'prod',
        key: '0492153b9cf781c81ae44799557a7ea5',
        subject: 'acme/shop pipeline 3',
        state: 'occurred',
        title: 'acme/shop: pipeline failed main: Pipeline for main',
        at: '2026-11-29T09:58:26.000Z',
        link: 'https://gitlab.example.org/acme/shop/-/pipelines/31',
        person: 'root',
        labels: told,
        fields: { ...payload, event: 'pipeline', labels: told },
      },
    ],
  });
});

test('a body of another form is kept as unreadable', async () => {
  expect(await gitlab.read({ ...withToken, body: Buffer.from('{}') }, endpoint, noNetwork)).toEqual({
    type: 'unreadable',
    reason: 'the body holds no `object_kind` or `event_name`',
  });
});
