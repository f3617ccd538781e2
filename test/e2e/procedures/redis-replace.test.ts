// Tests runbooks/redis-replace.md with two real Redis servers on loopback, and an application that reads its address.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { pageOf } from '../plain-pages.ts';
import { freePort } from '../services.ts';
import { Machine } from './machine.ts';
import { filesOf, type Procedure, tryProcedure } from './try-procedure.ts';

/** Takes up its file when it is told to, and says what it has taken up. */
const application = `take_up() { cat "$1" >"$2"; }
trap 'take_up "$1" "$2"' HUP
take_up "$1" "$2"
echo ready >&2
while :; do sleep 1 & wait; done
`;

async function layOut(): Promise<Procedure> {
  const machine = await Machine.create();
  const [oldPort, newPort] = await Promise.all([freePort(), freePort()]);
  const [oldFolder, newFolder] = [await machine.own('redis', 'old'), await machine.own('redis', 'new')];
  const oldConf = `port ${oldPort}\nbind 127.0.0.1\ndir ${oldFolder}\nappendonly yes\nrepl-diskless-sync-delay 0\n`;
  const appConf = await machine.write(
    'app.env',
    `# Of the shop.\nREDIS_HOST=127.0.0.1\nREDIS_PORT=${oldPort}\n`,
  );
  const takenUp = await machine.write('taken-up', '');
  const confs = {
    'redis-server': await machine.write('redis.conf', oldConf),
    'redis-server@new': machine.path('redis-new.conf'),
  };
  for (const [name, conf] of Object.entries(confs))
    machine.define(name, {
      user: 'redis',
      command: () => ['redis-server', conf, '--daemonize', 'no'],
      ready: /Ready to accept connections/,
    });
  machine.define('app', {
    user: 'root',
    command: () => ['sh', '-c', application, 'sh', appConf, takenUp],
    ready: /ready/,
  });
  await Promise.all([machine.start('redis-server'), machine.start('app')]);
  const redis = (port: number, ...args: string[]): string =>
    execFileSync('redis-cli', ['-p', String(port), ...args], { encoding: 'utf8' }).trimEnd();
  for (let n = 0; n < 20; n++) redis(oldPort, 'SET', `order:${n}`, `shoes, size ${n}`);
  const told = (name: string, port: number) =>
    machine.isActive(name) && {
      role: redis(port, 'ROLE').split('\n')[0],
      followers: /connected_slaves:\d+/.exec(redis(port, 'INFO', 'replication'))?.[0],
      orders: redis(port, 'KEYS', 'order:*').split('\n').length,
      order: redis(port, 'GET', 'order:7'),
    };
  return {
    page: pageOf('redis-replace'),
    machine,
    inputs: {
      OLD_PORT: oldPort,
      NEW_PORT: newPort,
      NEW_CONF: confs['redis-server@new'],
      NEW_DIR: newFolder,
      APP_CONF: appConf,
    },
    state: async () => {
      await expect.poll(() => readFileSync(takenUp, 'utf8')).toBe(readFileSync(appConf, 'utf8'));
      return {
        old: told('redis-server', oldPort),
        new: told('redis-server@new', newPort),
        clients: readFileSync(takenUp, 'utf8').replace(`REDIS_PORT=${newPort}`, 'REDIS_PORT=new'),
        active: machine.activeUnits(),
        files: filesOf([machine.folder, newFolder]).replace(
          /^.*(?:\/|\/trace)(?:marks|init|taken-up).*\n/gm,
          '',
        ),
      };
    },
  };
}

tryProcedure('redis-replace.md', ['redis-server', 'redis-cli'], layOut, (after, before) => {
  const orders = { role: 'master', followers: 'connected_slaves:0', orders: 20, order: 'shoes, size 7' };
  expect(before).toMatchObject({ old: orders, new: false });
  expect(after).toMatchObject({
    old: false,
    new: orders,
    clients: '# Of the shop.\nREDIS_HOST=127.0.0.1\nREDIS_PORT=new\n',
    active: ['app', 'redis-server@new'],
    files: expect.stringMatching(/\/redis-new\.conf -rw-r----- redis redis/),
  });
});
