// Tests the whole way of an incident: a pool that is really exhausted, the alert, the run that it starts, the people who
// answer, and everybody who is told, to the end of the alert.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { mailServer } from '../surfaces/notify/channels/mail-server.ts';
import { serve } from '../surfaces/notify/local-service.ts';
import { KeyboardBrowser } from './keyboard-browser.ts';
import { Rig } from './rig.ts';
import { hiddenFields, Served, serveFile } from './served.ts';
import {
  describeWith,
  endServer,
  findProgram,
  freePort,
  type Postgres,
  serverReady,
  startPostgres,
} from './services.ts';

/** Says in the text format of Prometheus how full the pool is. */
async function startExporter(postgres: Postgres): Promise<string> {
  const used =
    "SELECT round(100.0 * count(*) / current_setting('max_connections')::int) FROM pg_stat_activity WHERE backend_type = 'client backend'";
  const server = createServer(async (_request, response) => {
    const [percent = ''] = await postgres.query(used).catch(() => []);
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(percent === '' ? '' : `postgres_connections_percent ${percent}\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function start(name: string, args: readonly string[]): Promise<void> {
  const server = spawn(findProgram(name) ?? name, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => endServer(server, 'SIGTERM'));
  await serverReady(server, /ready to receive web requests|msg="?Listening on"?/);
}

/** Prometheus and Alertmanager, which look and tell every second. */
async function startMonitoring(rig: Rig, exporter: string, port: string, hook: string): Promise<void> {
  const [own, alerts] = [await freePort(), await freePort()];
  const rules = await rig.write(
    'rules.yml',
    `groups:
  - name: pool
    rules:
      - alert: PostgresConnectionsHigh
        expr: postgres_connections_percent > 80
        labels: { severity: critical, host: 127.0.0.1, port: "${port}" }
        annotations: { summary: "{{ $value }} % of all connections are in use" }
`,
  );
  const prometheus = await rig.write(
    'prometheus.yml',
    `global: { evaluation_interval: 1s, scrape_interval: 1s }
rule_files: [${rules}]
alerting: { alertmanagers: [{ static_configs: [{ targets: ["127.0.0.1:${alerts}"] }] }] }
scrape_configs: [{ job_name: pool, static_configs: [{ targets: ["${exporter}"] }] }]
`,
  );
  const alertmanager = await rig.write(
    'alertmanager.yml',
    `route: { receiver: runsheet, group_wait: 0s, group_interval: 1s, group_by: [alertname, host] }
receivers:
  - name: runsheet
    webhook_configs:
      - url: ${hook}
        http_config: { authorization: { credentials: right } }
`,
  );
  await start('prometheus-alertmanager', [
    `--config.file=${alertmanager}`,
    `--storage.path=${rig.path('alertmanager')}`,
    `--web.listen-address=127.0.0.1:${alerts}`,
    '--cluster.listen-address=',
  ]);
  await start('prometheus', [
    `--config.file=${prometheus}`,
    `--storage.tsdb.path=${rig.path('metrics')}`,
    `--web.listen-address=127.0.0.1:${own}`,
  ]);
}

/** A library with our runbook, which tells a chat and a pager, and the server over it. */
async function startServer(rig: Rig, chat: string, pager: string, smtp: number): Promise<Served> {
  await rig.copy('runbooks/postgres-connection-pool.md', 'library/pool.md');
  const page = await rig.file('library/pool.md');
  const telling = `approvals: { dba: { people: [ann] } }\nnotify: [{ on: [approval, succeeded, failed], to: [chat, pager] }]\n`;
  await rig.write(
    'library/pool.md',
    page
      .replace('env: {', `${telling}env: {`)
      .replace('{name=end-idle-sessions', '{name=end-idle-sessions approve=dba')
      .replace('default: 10 minutes', 'default: 1 second'),
  );
  await rig.write(
    'runsheet.yaml',
    `channels:\n  chat: { slack: "${chat}/services/x" }\n  pager: { pagerduty: key, url: "${pager}" }\n`,
  );
  await rig.write(
    'serve.yaml',
    `${serveFile.replace('ann: { ', 'ann: { mail: ann@example.org, ')}mail: { smtp: 'smtp://127.0.0.1:${smtp}', from: runbooks@example.org }\nendpoints:\n  prod: { type: alertmanager, secret: { env: AM_TOKEN } }\n`,
  );
  return Served.start(rig, [], { AM_TOKEN: 'right' });
}

const programs = ['initdb', 'postgres', 'psql', 'prometheus', 'prometheus-alertmanager', 'chromium'];

describeWith(programs, 'an alert', () => {
  test('starts the runbook of an exhausted pool, which people bring to its end, and is resolved', async () => {
    const rig = await Rig.create();
    const [postgres, chat, pager] = await Promise.all([
      startPostgres({ maxConnections: 20 }),
      serve((response) => response.end('ok')),
      serve((response) => response.writeHead(202).end('{"status":"success"}')),
    ]);
    const { mails, port } = await mailServer();
    const served = await startServer(rig, chat.url, pager.url, port);
    await postgres.query('CREATE ROLE shop LOGIN');
    await postgres.openIdleSessions(17, 'shop');
    const exporter = await startExporter(postgres);
    await startMonitoring(rig, exporter, String(postgres.port), `${served.origin}/hooks/prod`);

    // What the alert may do alone: look.
    const runs = async () => (await served.get('/runs', 'eve')).text;
    await expect.poll(runs, { timeout: 60_000, interval: 500 }).toMatch(/\/runs\/\d{8}-\d{6}-\w+/);
    const [run = ''] = /\/runs\/\d{8}-\d{6}-\w+/.exec(await runs()) ?? [];
    const answer = async (who: 'ann' | 'bob', fields: Readonly<Record<string, string>>) => {
      const { text } = await served.get(run, who);
      return (await served.post(`${run}/answers`, { ...hiddenFields(text), ...fields }, who)).status;
    };
    const looked = await served.until(run, /Waits for an answer/);
    expect(looked).toContain('Because of alertmanager event 1: PostgresConnectionsHigh');
    expect(looked).toMatch(/ 18 \| +20 \| +90/);
    expect(looked).toContain('Write in the incident channel');
    expect(await answer('bob', { word: 'done', note: 'told in #incidents' })).toBe(303);
    const asked = await served.until(run, /Waits for approval/);
    expect(asked).toContain('pg_terminate_backend');
    expect(asked).toContain(`<th scope="row"><code>PGPORT</code></th><td>${postgres.port}</td>`);
    expect(await postgres.query("SELECT count(*) FROM pg_stat_activity WHERE usename = 'shop'")).toEqual([
      '17',
    ]);

    // What people say.
    expect(await answer('bob', { type: 'approve', address: 'end-idle-sessions', digest: '0' })).toBe(403);
    await expect.poll(() => mails.length, { timeout: 30_000 }).toBe(1);
    expect(mails[0]?.to).toEqual(['ann@example.org']);
    const [, link = ''] =
      /http:\S+(\/answer\/[\w-]{43})/.exec(mails[0]?.text.replaceAll('=\n', '') ?? '') ?? [];
    const browser = await KeyboardBrowser.open();
    const shown = await browser.open(`${served.origin}${link}`, /Approve exactly this/);
    expect(shown).toContain('You answer as ann; the link counts once.');
    expect(shown).toContain('pg_terminate_backend');
    await browser.tabTo(/^Comment/);
    await browser.type('they are forgotten');
    await browser.tabTo(/^Approve exactly this$/);
    await browser.enter();
    await browser.until(/^Answered/m);
    expect(await served.until(run, /Waits for an answer/)).toContain('End every session that has been idle');
    expect(await answer('bob', { word: 'yes' })).toBe(303);
    // The gate was of that block; what the alert may not do alone is the rest, too.
    const rest = await served.until(run, /Waits for approval/);
    expect(rest).toContain('approval given: “they are forgotten”, ann (link)');
    expect(await answer('ann', { type: 'approve' })).toBe(303);
    const ended = await served.until(run, /<span class="status">succeeded/);
    expect(ended).toMatch(/\d+ \| healthy/);
    expect(await postgres.query("SELECT count(*) FROM pg_stat_activity WHERE usename = 'shop'")).toEqual([
      '0',
    ]);

    // Who has heard of it.
    expect(chat.received.map(({ body }) => JSON.stringify(JSON.parse(body)))).toEqual([
      expect.stringContaining('1 approval from ann'),
      expect.stringContaining('1 approval of this and all that follows'),
      expect.stringContaining('succeeded'),
    ]);
    const actions = pager.received.map(({ body }) => {
      const { event_action, dedup_key } = JSON.parse(body);
      return [event_action, dedup_key];
    });
    // Each of those who answer acknowledges it.
    expect([...new Set(actions.map(([action]) => action))]).toEqual(['trigger', 'acknowledge', 'resolve']);
    expect([actions[0]?.[0], actions.at(-1)?.[0]]).toEqual(['trigger', 'resolve']);
    expect(new Set(actions.map(([, key]) => key)).size).toBe(1);
    const events = async () => (await served.get('/events', 'eve')).text;
    await expect.poll(events, { timeout: 60_000, interval: 500 }).toContain('resolved');
    expect((await runs()).match(/<a href="\/runs\/\d/g)).toHaveLength(1);
  });
});
