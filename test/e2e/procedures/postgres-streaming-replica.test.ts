// Tests runbooks/postgres-streaming-replica.md with two real clusters of PostgreSQL on loopback, made by Debian's tools.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { expect } from 'vitest';
import { pageOf } from '../plain-pages.ts';
import { freePort } from '../services.ts';
import { Machine } from './machine.ts';
import { filesOf, type Procedure, tryProcedure } from './try-procedure.ts';

const versions = '/usr/lib/postgresql';
/** The newest that Debian has installed. */
const version = String(Math.max(0, ...(existsSync(versions) ? readdirSync(versions) : []).map(Number)));

async function layOut(): Promise<Procedure> {
  const machine = await Machine.create();
  const [data, sockets] = [await machine.own('postgres', 'data'), await machine.own('postgres', 'sockets')];
  const etc = await machine.own('postgres', 'etc');
  const env = { PG_CLUSTER_CONF_ROOT: etc, REPLICATION_PASSWORD: 'a secret $of "it\'s"' };
  const [port, standbyPort] = await Promise.all([freePort(), freePort()]);
  const postgres = (cluster: string) =>
    machine.define(`postgresql@${version}-${cluster}`, {
      user: 'postgres',
      command: () => [
        'postgres',
        '-c',
        `config_file=${etc}/${version}/${cluster}/postgresql.conf`,
        '-c',
        'fsync=off',
      ],
      ready: /database system is ready to accept (?:read-only )?connections/,
      stop: 'SIGINT',
    });
  postgres('main');
  postgres('standby');
  const places = [
    '-d',
    `${data}/main`,
    '-p',
    String(port),
    '--socketdir',
    sockets,
    '-l',
    machine.path('log'),
  ];
  execFileSync('pg_createcluster', [version, 'main', ...places, '--', '--no-sync'], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  await machine.start(`postgresql@${version}-main`);
  const psql = (at: number, sql: string): string =>
    execFileSync('runuser', ['-u', 'postgres', '--', 'psql', '-XAtc', sql], {
      cwd: '/',
      env: { PATH: process.env.PATH, PGHOST: sockets, PGPORT: String(at) },
      encoding: 'utf8',
    });
  psql(port, 'CREATE TABLE orders AS SELECT generate_series(1, 1000) AS id');
  return {
    page: pageOf('postgres-streaming-replica'),
    machine,
    env,
    inputs: {
      VERSION: version,
      PGHOST: sockets,
      PGPORT: port,
      STANDBY_PORT: standbyPort,
      HBA_FILE: `${etc}/${version}/main/pg_hba.conf`,
      STANDBY_DATA: `${data}/standby`,
      STANDBY_LOG: machine.path('standby.log'),
      PASSFILE: `${data}/.pgpass-standby`,
    },
    state: async () => ({
      roles: psql(port, 'SELECT rolname FROM pg_roles WHERE oid > 16000'),
      slots: psql(port, 'SELECT slot_name, active FROM pg_replication_slots'),
      rules: psql(
        port,
        "SELECT type, user_name, address, auth_method, error FROM pg_hba_file_rules WHERE 'replication' = ANY (database)",
      ),
      standbys: psql(port, 'SELECT application_name, state FROM pg_stat_replication'),
      standby:
        machine.activeUnits().length > 1 &&
        psql(standbyPort, 'SELECT pg_is_in_recovery(), count(*) FROM orders'),
      active: machine.activeUnits(),
      etc: filesOf([etc], 4),
      data: filesOf([data]),
    }),
  };
}

tryProcedure(
  'postgres-streaming-replica.md',
  ['initdb', 'postgres', 'psql', 'pg_createcluster'],
  layOut,
  (after, before) => {
    expect(before).toMatchObject({ roles: '', slots: '', standbys: '', standby: false });
    expect(after).toMatchObject({
      roles: 'replicator\n',
      slots: 'standby|t\n',
      rules: expect.stringMatching(/^host\|\{replicator\}\|127.0.0.1\|scram-sha-256\|$/m),
      standbys: 'standby|streaming\n',
      standby: 't|1000\n',
      active: [`postgresql@${version}-main`, `postgresql@${version}-standby`],
      data: expect.stringMatching(/\/\.pgpass-standby -rw------- postgres postgres/),
    });
  },
);
