// Tests runbooks/prometheus-rule-change.md with a real Prometheus and a real Alertmanager on loopback.
import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import { pageOf } from '../plain-pages.ts';
import { freePort } from '../services.ts';
import { Machine } from './machine.ts';
import { filesOf, type Procedure, tryProcedure } from './try-procedure.ts';

async function layOut(): Promise<Procedure> {
  const machine = await Machine.create();
  const [port, alertPort] = await Promise.all([freePort(), freePort()]);
  const [url, alertUrl] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${alertPort}`];
  const [data, rules] = [await machine.own('prometheus', 'data'), await machine.own('root', 'rules')];
  const conf = await machine.write(
    'prometheus.yml',
    `global: { evaluation_interval: 1s }
alerting:
  alertmanagers:
    - static_configs: [{ targets: ["127.0.0.1:${alertPort}"] }]
rule_files:
scrape_configs: []
`,
  );
  const alertConf = await machine.write(
    'alertmanager.yml',
    `route:
  receiver: everybody
  routes:
    - match: { service: shop }
      receiver: shop
receivers:
  - name: everybody
  - name: shop
  - name: storage
`,
  );
  const ready = { user: 'prometheus', ready: /ready to receive web requests|msg="Listening on"/ };
  machine.define('prometheus', {
    ...ready,
    command: () => [
      'prometheus',
      `--config.file=${conf}`,
      `--storage.tsdb.path=${data}/metrics`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-lifecycle',
    ],
  });
  machine.define('prometheus-alertmanager', {
    ...ready,
    command: () => [
      'prometheus-alertmanager',
      `--config.file=${alertConf}`,
      `--storage.path=${data}/alerts`,
      `--web.listen-address=127.0.0.1:${alertPort}`,
      '--cluster.listen-address=',
    ],
  });
  await Promise.all([machine.start('prometheus'), machine.start('prometheus-alertmanager')]);
  const command = (program: string, ...args: string[]): string =>
    execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const amtool = (...args: string[]): string => command('amtool', `--alertmanager.url=${alertUrl}`, ...args);
  return {
    page: pageOf('prometheus-rule-change'),
    machine,
    inputs: {
      FREE_PERCENT: 5,
      RECEIVER: 'storage',
      RULES_DIR: rules,
      PROMETHEUS_CONF: conf,
      ALERTMANAGER_CONF: alertConf,
      PROMETHEUS_URL: url,
      ALERTMANAGER_URL: alertUrl,
    },
    state: async () => ({
      rules: /"query":"[^"]*"/.exec(command('curl', '-fsS', `${url}/api/v1/rules`))?.[0],
      isReloaded: /^prometheus_config_last_reload_successful .*/m.exec(
        command('curl', '-fsS', `${url}/metrics`),
      )?.[0],
      receiver: amtool('config', 'routes', 'test', 'alertname=DiskAlmostFull'),
      silences: amtool('silence', 'query', '-q').trimEnd().split('\n').filter(Boolean).length,
      files: filesOf([conf, alertConf, rules]),
    }),
  };
}

const programs = ['prometheus', 'promtool', 'prometheus-alertmanager', 'amtool'];

tryProcedure('prometheus-rule-change.md', programs, layOut, (after, before) => {
  expect(before).toMatchObject({ rules: undefined, receiver: 'everybody\n', silences: 0 });
  expect(after).toMatchObject({
    rules: '"query":"100 * node_filesystem_avail_bytes / node_filesystem_size_bytes \\u003c 5"',
    isReloaded: 'prometheus_config_last_reload_successful 1',
    receiver: 'storage\n',
    silences: 1,
  });
});
