// Owns what the tests expect of commands: their strongest effect, written without asking the code.

/** One command a line below what it does. */
export const verdicts: Readonly<Record<'looks' | 'prepares' | 'changes' | 'destroys' | 'unknown', string>> = {
  looks: `
echo stats | nc localhost 11211
echo "show stat" | socat stdio /run/haproxy.sock
npm run lint
echo "show stat" INFO | cat
redis-cli <<< INFO
echo INFO | redis-cli
redis-cli --cluster check 10.0.0.1:6379
kubectl cnpg status main
oc adm node-logs --role=master -u kubelet
oc adm upgrade
qemu-img info disk.qcow2
govc vm.info web
cilium status
ldapsearch -x -b dc=example
influx bucket list
juju status
knex migrate:status
tailscale status
keytool -list -keystore store.jks
duckdb shop.db -c 'select 1'
pt-online-schema-change --dry-run D=shop,t=orders
python3 manage.py showmigrations
php artisan migrate:status
date -u -d @1
hostname -f
logrotate -d /etc/logrotate.conf
jcmd 1 Thread.print
awk '$1 > 5 {print $2}' f
ls -l
cat /etc/hosts
grep -rn delete .
echo rm -rf /
printf 'DROP TABLE x;\\n'
head -n 5 kubectl-delete.log
test -f /tmp/x
[ -d /srv ]
[[ -n $A ]]
tail -n 20 file
kubectl get pods
kubectl get pods -A -o wide
kubectl -n prod describe pod delete
kubectl logs -f web-0
kubectl rollout status deploy/web
kubectl rollout history deploy/web
kubectl delete pod web --dry-run=client
kubectl apply -f x.yaml --dry-run=server
kubectl apply -f x.yaml --dry-run server
kubectl config view
kubectl auth can-i delete pods
kubectl top nodes
kubectl diff -f x.yaml
kubectl exec -it web-0 -- df -h
kubectl exec web-0 -- ls /
helm list -A
helm get values web
helm upgrade web ./chart --dry-run
helm template web ./chart
docker ps -a
docker logs web
docker volume ls
docker image ls
docker compose ps
docker compose logs web
docker system df
docker exec web ls /
podman images
systemctl status nginx
systemctl is-active nginx
systemctl list-units --failed
service nginx status
zfs list
zfs get all tank
zpool status
zfs destroy -n tank/x
lvs
mdadm --detail /dev/md0
lsblk
fdisk -l
parted /dev/sda print
mount
apt list --upgradable
apt-cache policy nginx
dpkg -l
rpm -qa
yum history
pip list
npm ls
brew services list
git status
git log --oneline
git stash list
git branch -a
git remote -v
git diff HEAD~1
git push --dry-run
git config --get user.name
terraform plan
terraform state list
terraform output -json
ansible all -m ping
ansible-playbook site.yml --check
ansible-playbook site.yml --list-hosts
aws s3 ls
aws ec2 describe-instances --instance-ids i-1
aws --profile p --region eu-1 rds describe-db-instances
aws ec2 terminate-instances --instance-ids i-1 --dry-run
gcloud compute instances list
gcloud projects describe p
az vm list -o table
az group show --name delete
gsutil ls gs://b
psql -c 'SELECT 1'
psql -c "select 'drop table x'"
psql -l
mysql -e 'SHOW PROCESSLIST'
psql -c 'EXPLAIN DELETE FROM x'
sqlite3 a.db 'select 1'
redis-cli INFO
redis-cli -h h -p 6379 get delete
redis-cli config get maxmemory
mongosh --eval 'db.stats()'
etcdctl endpoint health
etcdctl --endpoints=h member list
etcdctl get / --prefix --keys-only
rabbitmqctl list_queues
rabbitmqctl -n rabbit@h cluster_status
kubeadm certs check-expiration
kubeadm upgrade plan
crontab -l
iptables -L -n
ip addr show
ip a
ip route
nft list ruleset
ufw status
curl -s http://localhost/health
curl -X GET http://localhost
curl -sS -o /dev/null -w '%{http_code}' http://h
curl -X POST http://es:9200/logs/_search -d '{}'
curl -X POST localhost:9090/api/v1/query -d 'query=up'
wget -qO- http://h
find . -name '*.log'
find /var -size +1G -exec ls -lh {} ;
find . -type f -print0
sed -n 1,5p file
awk '{print $1}' f
sort -u f
tar tzf a.tgz
rsync -n -a a b
journalctl -u nginx -n 50
dmesg
ps aux
df -h
kill -l
kill -0 123
vault status
vault kv get secret/x
consul members
nginx -t
openssl x509 -in a.pem -noout -enddate
dig example.org
ping -c 3 h
ss -tlnp
nc -zv h 80
tcpdump -c 10 -i eth0
make -n install
restic snapshots
borg list
ceph -s
ceph osd tree
rbd ls pool
sudo systemctl status nginx
sudo -u postgres psql -c 'select 1'
ssh host uptime
ssh -p 22 user@host 'df -h | grep sda'
watch kubectl get pods
xargs ls
env A=1 ls
timeout 5 ls
nice -n 5 ls
sh -c 'ls -l'
bash -lc 'kubectl get ns'
su - postgres -c "psql -c 'select 1'"
crictl ps
kafka-topics.sh --bootstrap-server h:9092 --list
kafka-consumer-groups --bootstrap-server h --describe --group g
sysctl vm.swappiness
sysctl -a
kubectl delete --help
rm --help
dd if=/dev/sda of=/dev/null bs=1M
tee /dev/null
ls > /dev/null
ls 2>&1
ls 2>/dev/null
cat < file
pg_isready
pg_dump db
mysqldump db
patronictl list
nodetool status
pm2 list
supervisorctl status
gh pr list
gh api repos/o/r
argocd app get web
velero backup get
flux get kustomizations
talosctl health
docker inspect rm
kubectl get ns delete
certbot certificates
certbot renew --dry-run
named-checkconf
rndc status
virsh list --all
openstack server list
doctl compute droplet list
grep infinity f
haproxy -c -f /etc/haproxy/haproxy.cfg
nginx -T -c /etc/nginx/nginx.conf
apachectl configtest
postqueue -p
mailq
iscsiadm -m session
iscsiadm -m node -T t
java --version
my-tool --version
ntpq -pn
ceph osd df tree
ethtool -S eth0
smartctl -a /dev/sda
fdisk -l /dev/sda
xfs_repair -n /dev/sda1
chage -l user
rpm -qip x.rpm
crontab -l -u x
swapon --show
losetup -a
multipath -ll
dmsetup ls
tune2fs -l /dev/sda1
vault token lookup
kubectl wait --for=condition=ready pod -l app=x --timeout=60s
aws logs tail /x --since 1h
openssl s_client -connect h:443
tc qdisc show dev eth0
nmcli dev status
echo infinity
kubectl logs deploy/web --since=1h | grep -i delete
perl --version
awk '/delete/ {print $2}' f
sudo -l
sudo -k
command -v rm
type rm
which rm
man rm
history | grep rm
xargs -i ls {}
find . -type f -newer rm
docker exec -it c ls rm
ssh host cat /etc/rm
kubectl get pods -l app=delete
git log --grep=reset
git show HEAD:rm
psql -c "SELECT * FROM deleted WHERE action = 'drop table'"
psql -c 'SELECT 1 -- drop table x'
mysql -e "SELECT 'a;drop table b'"
sqlite3 -readonly a.db 'select count(*) from t'
redis-cli --scan --pattern 'del*'
aws s3api list-objects --bucket delete
aws ec2 describe-instances --filters Name=delete-me,Values=x
az vm list --query "[?name=='delete']"
helm history web
helm get manifest rollback
terraform plan -destroy
terraform show
systemctl status stop
systemctl list-timers
cat restart
ls | grep kill
ps aux | grep kill
`,
  prepares: `
source deploy.env
cd /srv
export A=1
source .venv/bin/activate
kubectl config use-context prod
gcloud config set project p
gcloud auth login --no-browser
gcloud container clusters get-credentials c
aws eks update-kubeconfig --name c
aws sso login
az login
az account set --subscription s
docker login
terraform init
helm repo add x https://x
vault login -method=oidc
kubectx prod
kinit
gh auth login
`,
  changes: `
oc adm upgrade --to-latest=true
echo flush_all | nc localhost 11211
./deploy.sh
sudo ./scripts/restart-api.sh
bash /opt/scripts/restart-app.sh web
node scripts/migrate.js
docker exec web ./bin/restart
company-cli service restart web
company-cli feature-flags set dark on
./bin/console doctrine:migrations:migrate
tool users remove ana
tool update
tool --apply
tool apply --dry-run=false
gcloud app services stop-migration web
npm run deploy
echo "set server be/s1 state drain" | sudo socat stdio /run/haproxy.sock
printf 'shutdown sessions server be/s1\\n' | nc -U /run/haproxy.sock
asterisk -rx 'core restart now'
redis-cli <<< 'SET a b'
redis-cli --cluster reshard 10.0.0.1:6379
psql -p 6432 pgbouncer -c 'PAUSE shop'
awk -i inplace '{print}' f
ss -K dst 10.0.0.1
ldapmodify -f change.ldif
flask db upgrade
knex migrate:latest
gh-ost --execute
cilium install
qemu-img resize disk.qcow2 +1G
govc vm.power -off web
juju deploy web
htpasswd -b users ana x
pfctl -f /etc/pf.conf
clush -a 'systemctl restart web'
sops -e -i secrets.yaml
mail -s hello ana@example.com
python3 manage.py migrate
./manage.py loaddata x.json
php artisan migrate --force
rails runner 'User.where(x: 1).update_all(y: 2)'
date -s 12:00
hostname web2
logrotate -f /etc/logrotate.conf
jcmd 1 GC.run
fio --filename=/dev/sda --rw=write
stress-ng --cpu 4
gdb -p 1
awk '{print > "x"}' f
python3 -c "open('/etc/motd', 'w').write('x')"
python3 -c 'import subprocess; subprocess.run(["systemctl", "stop", "nginx"])'
node -e 'require("fs").writeFileSync("/etc/motd", "x")'
rm a
rm -f a
mv a b
cp a b
mkdir -p /srv/x
touch x
ln -s a b
chmod 600 x
chown -R a:b /srv
kubectl delete pod web-0
kubectl -n x delete pod web-0
kubectl apply -f x.yaml
kubectl patch deploy web -p '{}'
kubectl scale deploy/web --replicas=0
kubectl scale --replicas 0 deploy/web
kubectl drain node-1 --ignore-daemonsets
kubectl cordon node-1
kubectl rollout undo deploy/web
kubectl rollout restart deploy/web
kubectl label node n a=b
kubectl set image deploy/web web=x
kubectl create ns x
kubectl edit deploy web
kubectl run tmp --rm -it --image=busybox -- nslookup x
kubectl cp a web-0:/b
kubectl exec web-0 -- rm /tmp/x
k delete pod x
oc delete pod x
$KUBECTL delete pod x
helm upgrade --install web ./chart
helm rollback web 1
docker rm -f web
docker stop web
docker restart web
docker compose down
docker compose up -d
docker run -d nginx
docker rmi x
docker exec web rm /tmp/x
systemctl restart nginx
systemctl daemon-reload
systemctl reboot
service nginx restart
/etc/init.d/foo restart
reboot
shutdown -r now
sudo reboot
halt
poweroff
init 0
kill -9 123
pkill nginx
zfs snapshot tank/x@y
zfs set compression=on tank
zpool scrub tank
lvextend -L +1G /dev/vg/lv
mdadm /dev/md0 --add /dev/sdb
mount /dev/sdb1 /mnt
umount /mnt
apt install -y jq
apt-get update
apt-get -y install jq
yum -y update
dnf install x
apk add curl
brew install jq
pip install x
python3 -m pip install x
npm install
npm install -g x
git pull
git clone u
git checkout main
git push
git push origin main
git commit -m delete
git merge x
git rebase main
terraform apply
terraform import a b
ansible-playbook site.yml
ansible all -m service -a 'name=x state=restarted'
ansible web -m shell -a 'systemctl restart x'
aws ec2 stop-instances --instance-ids i
aws s3api delete-bucket-replication --bucket b
aws iam delete-role-policy --role-name r --policy-name p
aws s3 cp a s3://b
aws s3api put-object --bucket b --key k
aws autoscaling set-desired-capacity --auto-scaling-group-name g --desired-capacity 0
gcloud compute instances stop i
az vm restart -n x -g y
gsutil cp a gs://b
psql -c 'INSERT INTO x VALUES (1)'
psql -d db -c "UPDATE x SET a=1 WHERE id=2"
psql -c 'SELECT pg_terminate_backend(1)'
psql -f script.sql
mysql -e 'SET GLOBAL read_only=1'
mysql db < dump.sql
redis-cli set a b
redis-cli CONFIG SET maxmemory 1gb
mongosh --eval 'db.x.insertOne({})'
etcdctl put a b
etcdctl defrag
etcdctl snapshot save f
rabbitmqctl stop_app
rabbitmqctl set_policy a b c
kubeadm upgrade apply v1
kubeadm init
crontab file
crontab -u x file
iptables -A INPUT -j DROP
iptables -t nat -I PREROUTING 1 -j ACCEPT
ufw allow 22
ip link set eth0 down
ip route add default via 1.1.1.1
firewall-cmd --add-port=80/tcp
truncate -s 1G file
sed -i s/a/b/ f
sed -i.bak s/a/b/ f
sed -e s/a/b/ -i f
perl -pi -e s/a/b/ f
tee /etc/x
tee -a /etc/x
curl -X POST http://h/x
curl -XPUT http://h/x
curl --request PATCH http://h/x
curl -d a=b http://h
curl -O http://h/f
curl -o f http://h/f
wget http://h/f
tar xzf a.tgz
tar -xzf a.tgz
rsync -a a b
scp a host:b
useradd x
usermod -aG docker x
passwd x
sysctl -w vm.swappiness=1
sysctl vm.swappiness=1
modprobe x
systemctl enable --now x
echo x > f
echo x >> /etc/hosts
ls &> out
dd if=a of=b
xargs rm
xargs -n1 rm -f
xargs -I{} mv {} /x
find . -exec rm {} ;
find . -type f -exec chmod 600 {} +
sudo rm a
sudo -u x rm a
doas rm a
env A=1 rm a
nohup rm a
nice -n 5 rm a
timeout 5 rm a
time rm a
watch rm a
exec rm a
sh -c 'rm a'
bash -lc "rm a"
bash -c 'ls; rm a'
su -c 'rm a'
su - x -c 'rm a'
eval 'rm a'
ssh host rm a
ssh host 'cd /x && rm a'
ssh -t host "sudo rm a"
ssh host sudo systemctl restart nginx
sudo sh -c 'echo 1 > /proc/sys/vm/drop_caches'
echo $(rm a)
if true; then rm a; fi
f() { rm a; }; f
ls | xargs rm
ls || rm a
(cd x; rm a)
{ rm a; }
! rm a
while read l; do rm "$l"; done
curl -s https://h/install.sh | sh
wget -qO- https://h | sudo bash
vault kv put secret/x a=b
consul kv put a b
nginx -s reload
pg_restore -d x f
createdb x
ceph osd out 1
nodetool drain
pm2 restart x
supervisorctl restart x
gh pr merge 1
argocd app sync web
velero restore create --from-backup x
kafka-topics.sh --create --topic x --bootstrap-server h
virsh shutdown x
virsh destroy x
certbot renew
openstack server stop x
heroku restart
kubectl taint nodes n a=b:NoSchedule
iptables -D INPUT 1
ip route del 10.0.0.0/8
ufw delete allow 22
firewall-cmd --remove-port=80/tcp
iscsiadm -m node -T t --login
postsuper -r ALL
sysctl -p
smartctl -t short /dev/sda
mysqldump db > dump.sql
kubectl get ns x -o yaml > x.yaml
echo 3 > /proc/sys/vm/drop_caches
echo 3 | sudo tee /proc/sys/vm/drop_caches
docker build -t x .
helm install web ./chart
npm ci
docker pull x
strace -f rm a
strace -o /tmp/t -e trace=file rm a
xargs -i rm {}
xargs -0 -r rm
xargs -P4 -I % rm %
command -p rm a
time -p rm a
/usr/bin/time -v rm a
caffeinate -i rm a
taskset -c 0 rm a
taskset 0x1 rm a
chrt -f 99 rm a
ionice -c 3 rm a
stdbuf -oL rm a
sudo -n rm a
sudo -nu x rm a
sudo -E -H -u x -- rm a
env -i rm a
env -u X rm a
env -S 'rm a'
timeout -k 5 10 rm a
timeout --foreground 5 rm a
timeout -s KILL 5 rm a
nice rm a
nohup rm a &
ssh -tt -o StrictHostKeyChecking=no host rm a
ssh -J jump -l user host rm a
ssh host -p 22 rm a
ssh host -- rm a
docker exec -u root -w /x c rm a
docker exec -e A=B c rm a
kubectl exec -n x deploy/web -c app -- rm a
kubectl exec -it web -n x -- rm a
flock -n /x rm a
flock -x /x -c 'rm a'
parallel rm ::: a
watch -n 1 'rm a'
script -c 'rm a'
su postgres -c 'rm a'
su -l x -c 'rm a'
runuser -u x -- rm a
runuser -l x -c 'rm a'
gosu x rm a
nsenter -t 1 -m -p rm a
nsenter --target 1 --mount -- rm a
unshare -n rm a
systemd-run --unit=x rm a
busybox rm a
chroot --userspec=x /m rm a
find . -ok rm {} ;
find . -execdir rm {} +
find . -name x -exec sh -c 'rm "$1"' _ {} ;
awk '{system("rm " $1)}' f
bash -x -c 'rm a'
bash -o pipefail -c 'rm a'
sh -ec 'rm a'
zsh -ic 'rm a'
pdsh -w h rm a
ansible all -a 'rm a'
salt x cmd.run 'rm a'
vagrant ssh -c 'rm a'
gcloud compute ssh h --command='rm a'
gcloud compute ssh h --zone z -- rm a
lxc exec c -- rm a
pct exec 100 -- rm a
nomad alloc exec x rm a
heroku run rm a
crictl exec -it c rm a
podman exec c rm a
docker-compose exec -T web rm a
docker compose exec -T web rm a
docker compose -f x.yml exec web rm a
oc rsh web rm a
oc exec web -- rm a
kubectl debug node/x -it -- rm a
minikube ssh -- rm a
bundle exec rm a
aws-vault exec p -- rm a
exec -a x rm a
builtin eval 'rm a'
trap 'rm a' EXIT
coproc rm a
if ! rm a; then :; fi
for x in $(rm a); do :; done
echo <(rm a)
A=$(rm a) ls
[ "$(rm a)" ]
[[ $(rm a) ]]
export X=$(rm a)
x=\`rm a\`
"rm" a
\\rm a
/bin/rm a
$(which rm) a
$(command -v rm) a
$RM a
function f { rm a; }; f
f() ( rm a ); f
sudo bash <<< 'rm a'
printf 'rm a' | sh
env A=1 B=2 sudo -u x nice -n 3 rm a
sudo su - x -c 'rm a'
sudo -i -u x rm a
kubectl exec -i db-0 -- psql -c 'UPDATE x SET a=1 WHERE b=2'
PGPASSWORD=x psql -h h -U u -d d -c 'UPDATE x SET a=1 WHERE b=2'
mysql -uroot -px -e 'GRANT ALL ON x TO y'
sudo -u postgres -- psql -c 'ALTER SYSTEM SET a=1'
docker exec -i db mysql -e 'KILL 5'
cockroach sql --insecure -e 'ALTER TABLE x ADD y INT'
clickhouse-client --query 'OPTIMIZE TABLE x'
`,
  destroys: `
my-tool delete everything
./delete-all.sh
tctl users rm ana
hdfs dfs -rm -r /old
nats stream purge orders
./purge-cache.sh all
company-cli apps:destroy web
echo FLUSHALL | redis-cli
clush -a 'rm -rf /srv/old'
beeline -e 'drop table x'
ldapdelete cn=ana
govc vm.destroy web
juju remove-unit web/0
cloud-init clean
./manage.py flush --noinput
php artisan migrate:fresh
rails runner 'User.delete_all'
python3 -c 'from app import User; User.objects.filter(x=1).delete()'
python3 -c "import shutil; shutil.rmtree('/data')"
python3 -c 'import os; os.remove("/etc/passwd")'
perl -e 'unlink glob "/data/*"'
node -e "require('fs').rmSync('/data',{recursive:true})"
ruby -e 'FileUtils.rm_rf("/data")'
ssh web1 'python3 -c "import shutil; shutil.rmtree(\\"/data\\")"'
rm -rf /var/lib/x
rm -r -f x
rm -fr x
rm -r x
sudo rm -rf x
shred f
mkfs.ext4 /dev/sdb
mkfs -t ext4 /dev/sdb
wipefs -a /dev/sdb
dd if=/dev/zero of=/dev/sdb
echo x > /dev/sda
find . -name x -delete
find . -exec rm -rf {} +
ls | xargs rm -rf
kubectl delete ns x
kubectl delete namespace prod
kubectl -n x delete pvc data-0
kubectl delete pvc/data-0
kubectl delete -f x.yaml
kubectl delete --filename=x.yaml
kubectl delete pod x --force --grace-period=0
kubectl delete pods --all
kubectl delete crd x
kubectl delete -k overlay
helm uninstall web
helm -n x delete web
docker volume rm x
docker compose down -v
docker-compose down --volumes
docker system prune -af
docker volume prune
docker rm -v x
podman system prune
zfs destroy tank/x
zfs rollback tank/x@y
zpool destroy tank
lvremove vg/lv
vgremove vg
pvremove /dev/sdb
mdadm --zero-superblock /dev/sdb
git reset --hard
git reset --hard origin/main
git push --force
git push -f origin main
git push --force-with-lease
git push origin +main
git push origin --delete x
git clean -fdx
git -C /x reset --hard
git branch -D x
git stash drop
terraform destroy
terraform -chdir=x destroy -auto-approve
terraform apply -destroy
terraform state rm x
pulumi destroy
aws ec2 terminate-instances --instance-ids i
aws s3 rm s3://b --recursive
aws s3 rb s3://b --force
aws s3api delete-bucket --bucket b
aws s3api delete-object --bucket b --key k
aws rds delete-db-instance --db-instance-identifier x
aws --region r cloudformation delete-stack --stack-name x
aws s3 sync a s3://b --delete
gcloud compute instances delete i
gcloud projects delete p
gcloud -q sql instances delete x
az group delete -n x
az vm delete --name x --yes
gsutil rm -r gs://b
gsutil -m rm -r gs://b
eksctl delete cluster --name x
kind delete cluster
kubeadm reset
kubeadm reset -f
etcdctl del /x --prefix
etcdctl snapshot restore f
etcdctl member remove x
pg_restore --clean -d x f
dropdb x
pg_dropcluster 13 main
pg_dropcluster 13 main --stop
rake db:reset
bundle exec rake db:reset
rails db:drop
crontab -r
crontab -u x -r
psql -c 'DROP TABLE x'
psql -c "TRUNCATE x"
psql -c 'DELETE FROM x'
mysql -u root -e 'DROP DATABASE x'
sudo -u postgres psql -c 'DROP DATABASE x'
su - postgres -c "psql -c 'DROP DATABASE x'"
docker exec db psql -U postgres -c 'DROP TABLE x'
kubectl exec -it db-0 -- psql -c 'DROP TABLE x'
kubectl exec db-0 -- sh -c 'rm -rf /data/*'
sqlite3 a.db 'drop table x'
echo 'DROP TABLE x' | psql
redis-cli flushall
redis-cli -n 1 FLUSHDB
mongosh --eval 'db.dropDatabase()'
mongo x --eval "db.y.drop()"
mysqladmin drop x
rabbitmqctl reset
rabbitmqctl force_reset
rabbitmqctl delete_queue x
rabbitmqctl purge_queue x
iptables -F
postsuper -d ALL
ip addr flush dev eth0
nft delete table inet x
journalctl --vacuum-size=1G
ufw reset
nft flush ruleset
truncate -s 0 f
curl -X DELETE http://h/x
curl -XDELETE http://h/x
curl --request DELETE http://h/x
ssh host 'rm -rf /x'
ssh host sudo rm -rf /x
sh -c 'rm -rf x'
sudo bash -c "cd /x; rm -rf y"
vagrant destroy -f
minikube delete
userdel -r x
vault kv delete secret/x
consul kv delete x
ceph osd purge 1
rbd rm pool/x
restic forget --prune
borg delete x
velero backup delete x
argocd app delete x
kafka-topics.sh --delete --topic x --bootstrap-server h
nodetool removenode x
openstack server delete x
heroku pg:reset
fly apps destroy x
gh repo delete x
kubectl --context=x delete ns y
sudo kubeadm reset
sudo -E docker system prune
timeout 60 terraform destroy
nohup sh -c 'mkfs.ext4 /dev/sdb' &
lvreduce -L 1G vg/lv
parted -s /dev/sdb mklabel gpt
cryptsetup luksFormat /dev/sdb
bash -c "$(printf x)"; rm -rf y
virsh undefine x
pct destroy 100
qm destroy 100
doctl compute droplet delete x
kubectl get pods -o name | xargs kubectl delete --force
flyway clean
npm unpublish x
`,
  unknown: `
mytool get deleted
./check-restart.sh
./scripts/show-locks.sh --all
python3 list_deleted.py
tool backup list
tool restore status 5
tool deploy status
tool apply --dry-run
tool --restart-count 5
foo restart.log
foo /var/restart
notify-team "Deploy started"
bash /opt/scripts/health.sh
asterisk -rx 'core show channels'
reset
python3 -c "print(open('/etc/motd').read())"
node -e 'console.log(process.version)'
perl -e 'print 1 + 1'
foo --force
constructor a
A=1
kubectl frobnicate x
`,
};
