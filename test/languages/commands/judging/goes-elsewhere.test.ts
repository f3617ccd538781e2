import { expect, test } from 'vitest';
import { goesElsewhere } from '../../../../src/languages/commands/judging/goes-elsewhere.ts';

test.each([
  'ssh db1 systemctl restart postgresql',
  'for node in a b; do ssh "$node" reboot; done',
  'sudo kubectl delete pod web',
  'cd k8s\nkubectl apply -f .\nkubectl get pods | grep web',
  'PGPASSWORD=x psql -h db1 -c "vacuum"',
  'psql postgres://db1/shop -c "vacuum"',
  'mysql --host=db1 -e "show processlist"',
  'redis-cli -hdb1 flushall',
  'rsync -a site/ web1:/srv/site/',
  'curl -X POST https://db1/api/restart',
  'docker compose exec db psql -c "vacuum"',
  'ansible all -m service -a "name=nginx state=restarted"',
])('%j goes elsewhere', (code) => {
  expect(goesElsewhere(code)).toBe(true);
});

test.each([
  '',
  'df -h /srv',
  'systemctl restart postgresql',
  'psql -c "vacuum"',
  'psql -h localhost -c "vacuum"',
  'psql -h /var/run/postgresql -c "vacuum"',
  'psql postgres://127.0.0.1/shop -c "vacuum"',
  'rsync -a site/ /srv/site/',
  'docker restart web',
  'curl -sO https://example.com/fix.sh\nsh fix.sh',
  'ping -c 1 db1\nsystemctl restart postgresql',
  'echo ssh db1 uptime',
])('%j works here', (code) => {
  expect(goesElsewhere(code)).toBe(false);
});
