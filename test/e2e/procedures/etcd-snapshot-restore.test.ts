// Tests runbooks/etcd-snapshot-restore.md with a real etcd on loopback.
import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import { pageOf } from '../plain-pages.ts';
import { freePort } from '../services.ts';
import { environmentOf, Machine } from './machine.ts';
import { filesOf, type Procedure, tryProcedure } from './try-procedure.ts';

async function layOut(): Promise<Procedure> {
  const machine = await Machine.create();
  await machine.own('etcd', 'data');
  const [client, peer] = (await Promise.all([freePort(), freePort()])).map(
    (port) => `http://127.0.0.1:${port}`,
  );
  const conf = await machine.write(
    'default-etcd',
    `## etcd daemon options
ETCD_NAME="default"
ETCD_DATA_DIR="${machine.path('data', 'default')}"
ETCD_LISTEN_CLIENT_URLS="${client}"
ETCD_ADVERTISE_CLIENT_URLS="${client}"
ETCD_LISTEN_PEER_URLS="${peer}"
ETCD_INITIAL_ADVERTISE_PEER_URLS="${peer}"
ETCD_INITIAL_CLUSTER="default=${peer}"
ETCD_HEARTBEAT_INTERVAL="10"
ETCD_ELECTION_TIMEOUT="50"
`,
  );
  machine.define('etcd', {
    user: 'etcd',
    command: () => ['etcd'],
    env: () => environmentOf(conf),
    ready: /ready to serve client requests|serving client requests/,
  });
  await machine.start('etcd');
  const etcdctl = (...args: string[]): string =>
    execFileSync('etcdctl', args, {
      env: { PATH: process.env.PATH ?? '', ETCDCTL_API: '3', ETCDCTL_ENDPOINTS: client ?? '' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  etcdctl('put', 'colour', 'blue');
  etcdctl('put', 'size', 'small');
  etcdctl('snapshot', 'save', machine.path('nightly.db'));
  execFileSync('chmod', ['644', machine.path('nightly.db')]);
  etcdctl('put', 'colour', 'a mistake');
  etcdctl('del', 'size');
  return {
    page: pageOf('etcd-snapshot-restore'),
    machine,
    inputs: {
      SNAPSHOT: machine.path('nightly.db'),
      DATA_DIR: machine.path('data', 'restored'),
      BEFORE: machine.path('before.db'),
      ETCD_CONF: conf,
      ETCDCTL_ENDPOINTS: client ?? '',
      PEER_URL: peer ?? '',
    },
    state: async () => ({
      keys: etcdctl('get', '', '--prefix'),
      active: machine.activeUnits(),
      conf: filesOf([conf]),
      data: filesOf([machine.path('data')]),
      backups: filesOf([machine.folder]).match(/\/before\.db/)?.[0],
    }),
  };
}

tryProcedure('etcd-snapshot-restore.md', ['etcd', 'etcdctl'], layOut, (after, before) => {
  expect(before).toMatchObject({ keys: 'colour\na mistake\n' });
  expect(after).toMatchObject({
    keys: 'colour\nblue\nsize\nsmall\n',
    active: ['etcd'],
    conf: expect.stringContaining(' -rw-r--r-- root root'),
    data: expect.stringMatching(/\/data\/default drwx.*\n.*\/data\/restored drwx/),
  });
});
