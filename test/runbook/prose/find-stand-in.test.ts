import { expect, test } from 'vitest';
import { findStandIn } from '../../../src/runbook/prose/find-stand-in.ts';

test.each([
  ['kubectl delete pod POD_NAME', 'POD_NAME'],
  ['kubectl -n NAMESPACE delete pod x', 'NAMESPACE'],
  ['sudo systemctl restart SERVICE', 'SERVICE'],
  ['rm -rf /data/CLUSTER_ID', 'CLUSTER_ID'],
  ['curl -s http://HOST:PORT/reset', 'HOST'],
  ["ssh root@web1 'kill PID'", 'PID'],
  ['psql -h DB_HOST -c "select 1"', 'DB_HOST'],
  ['mysql -pPASSWORD -e "select 1"', 'PASSWORD'],
  ['aws s3 rm s3://BUCKET_NAME/key', 'BUCKET_NAME'],
  ['git revert COMMIT_SHA', 'COMMIT_SHA'],
  ['mkfs.ext4 /dev/sdX1', '/dev/sdX1'],
  ['dd if=a.img of=/dev/sdX', '/dev/sdX'],
  ['nvme format /dev/nvmeXn1', '/dev/nvmeXn1'],
  ['ping x.x.x.x', 'x.x.x.x'],
  ['ssh root@192.168.X.Y uptime', '192.168.X.Y'],
  ['restore --date YYYY-MM-DD', 'YYYY-MM-DD'],
  ['tar xf app-X.Y.Z.tgz', 'X.Y.Z'],
  ['export TOKEN=xxxxxxxx', 'xxxxxxxx'],
  ['rm -rf "$__/cache"', '$__'],
  ['echo ${__}', '${__}'],
  ['rm -rf /srv/none/__TENANT__/cache/*', '__TENANT__'],
  ['kubectl delete ns %NAMESPACE%', '%NAMESPACE%'],
  ['kubectl delete ns x-#{namespace}', '#{namespace}'],
  ['kubectl delete ns «namespace»', '«namespace»'],
  ['systemctl restart PLACEHOLDER', 'PLACEHOLDER'],
  ['certbot certonly -d www.your-app.com', 'www.your-app.com'],
  ['certbot certonly -d yourdomain.com', 'yourdomain.com'],
  ['deploy --ticket=TBD', 'TBD'],
  ['aws ec2 stop-instances --instance-ids i-xxxxxxxx', 'i-xxxxxxxx'],
  ['kubectl delete pod myapp-xxxxx', 'myapp-xxxxx'],
  ['curl -H "Authorization: Bearer TOKEN" https://a.example', 'TOKEN'],
  ['curl -H "X-Api-Key: API_KEY" https://a.example', 'API_KEY'],
  ['kill PID_FROM_ABOVE', 'PID_FROM_ABOVE'],
  ['redis-cli CLUSTER FORGET NODE_ID', 'NODE_ID'],
  ['etcdctl member remove MEMBER_ID', 'MEMBER_ID'],
  ['helm rollback RELEASE REVISION', 'RELEASE'],
  ['terraform apply -target=RESOURCE', 'RESOURCE'],
  ['zfs rollback tank/data@SNAPSHOT', 'SNAPSHOT'],
])('%s: `%s`', (code, word) => {
  expect(findStandIn(`true\n${code}\n`)).toEqual({ word, line: 1 });
});

test.each([
  'export DB_HOST=web1; printenv DB_HOST; echo HOST; grep DB_PASSWORD .env',
  'psql -h "$DB_HOST" -c "select 1"',
  'docker run -e DB_HOST nginx',
  // Placeholders, which are asked for.
  'kubectl delete pod your-pod -n your-namespace; cp /path/to/file s3://your-bucket/; curl https://your-app.com',
  'docker build --build-arg APP_VERSION .',
  'kubectl set env deploy/x API_TOKEN-',
  'kubectl create secret generic x --from-literal=DB_PASSWORD=abc',
  'kubectl get pods -o custom-columns=POD:.metadata.name,NODE:.spec.nodeName',
  'aws ssm get-parameter --name DB_PASSWORD',
  'systemctl set-environment JAVA_PATH=/opt',
  'kill -s TERM 1',
  'mktemp /tmp/x.XXXXXX',
  `psql -c "select to_char(now(), 'YYYY-MM-DD')"`,
  'ping 10.0.0.1',
  '# kubectl delete pod POD_NAME',
  'systemctl restart <SERVICE>',
  'sed -i "s/__VERSION__/1/" a; grep -r TODO src; echo "%DONE%"',
  'redis-cli SENTINEL GET-MASTER-ADDR-BY-NAME x',
  'iptables -I DOCKER-USER -j ACCEPT',
  'tmux list-panes -F "a-#{pane_id}"',
  'curl -X DELETE -H "Accept: JSON" https://a.example/a%20b%2F',
  'd=$(mktemp -d /tmp/XXXXXX); date +%H%M%S',
  'tar xzf a.xxz; set -x',
])('%s: nothing', (code) => {
  expect(findStandIn(code)).toBeUndefined();
});

test('a long word is looked through once', () => {
  for (const piece of ['A', 'A_', 'A-', 'POD_', 'X.', '1.', 'x'])
    expect(findStandIn(`echo ${piece.repeat(200_000)}`)).toBeUndefined();
});
