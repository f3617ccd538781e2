import { expect, test } from 'vitest';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { ofText } from '../../runbook/regions/result-laws.ts';

/** Written without looking at the table of commands: what nobody wants run before a gate, or in a rehearsal. */
const destructive = `
sudo rm -rf /srv/data
ssh web1 rm -rf /var/lib/mysql
ssh web1 "sudo systemctl stop nginx && rm -rf /opt/app"
ls /tmp/x | xargs rm -f
find /var/log -name '*.gz' -print0 | xargs -0 sudo rm
sh -c 'dropdb prod'
bash -c "mkfs.ext4 /dev/sdb1"
sudo sh -c 'echo > /etc/passwd'
kubectl exec -it web-0 -- sh -c 'rm -rf /data'
kubectl delete ns prod
kubectl --context prod -n x delete pvc --all
helm uninstall app -n prod
docker system prune -af
docker compose down -v
sudo docker volume rm pgdata
psql -c 'DROP TABLE users'
psql "$DB" <<< 'TRUNCATE orders;'
mysql -e 'drop database shop'
mongosh --eval 'db.dropDatabase()'
redis-cli FLUSHALL
ssh db1 'redis-cli -n 3 flushdb'
aws s3 rm s3://bucket --recursive
aws ec2 terminate-instances --instance-ids i-1
gcloud compute instances delete web --quiet
az group delete -n rg --yes
terraform destroy -auto-approve
env TF_LOG=1 terraform apply -destroy -auto-approve
git push --force origin main
git clean -fdx
git reset --hard HEAD~3
dd if=/dev/zero of=/dev/sda bs=1M
wipefs -a /dev/sdb
sudo shutdown -h now
nohup reboot &
etcdctl del --prefix /registry
kubeadm reset -f
zfs destroy -r tank/home
lvremove -f vg/lv
crontab -r
truncate -s 0 /var/log/app.db
curl -X DELETE http://es:9200/logs
userdel -r bob
iptables -F
find /data -mtime +3 -delete
echo rm -rf /x | ssh web1 bash
timeout 30 rm -rf /a
nice -n 5 rm -r /a
parallel rm -rf ::: a b
for i in 1 2; do ssh web$i "rm -rf /a"; done
x() { rm -rf /a; }; x
su - postgres -c "dropdb prod"
runuser -u postgres -- psql -c 'drop schema public cascade'
doas pkill -9 postgres
kill -9 1234
vault kv delete secret/x
rabbitmqctl delete_queue jobs
pg_restore --clean -d prod x.dump
openssl rand 3 > /etc/ssl/key
eksctl delete cluster x
kubectl drain node1 --force
systemctl stop postgresql
nomad job stop -purge web
consul kv delete -recurse app/
swapoff -a && sgdisk --zap-all /dev/sdc
python3 -c "import shutil; shutil.rmtree('/data')"
perl -e 'unlink glob "/data/*"'
node -e "require('fs').rmSync('/data',{recursive:true})"
watch -n1 rm -rf /a
eval "rm -rf /a"
cat list | while read f; do rm -f "$f"; done
`;

const page = (heading: string, command: string) =>
  `# Page\n\n## ${heading}\n\n\`\`\`sh\n${command}\n\`\`\`\n\n## Steps\n\n\`\`\`sh\necho work\n\`\`\`\n`;

test.each(destructive.trim().split('\n'))('%s only looks nowhere', (command) => {
  for (const heading of ['Prerequisites', 'Diagnosis']) {
    const { plan } = compilePlan(ofText(page(heading, command)));
    const risks = plan.items.flatMap((item) =>
      item.kind === 'block' && item.code.includes(command) ? [[heading, item.risk, item.phase]] : [],
    );
    expect(risks.length).toBe(1);
    expect(risks.filter(([, risk]) => risk === 'read')).toEqual([]);
  }
});
