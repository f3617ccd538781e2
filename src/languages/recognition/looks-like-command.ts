// Owns the guess whether a line of text is a shell command. It is never used to run one.

/** First words of the shell blocks of public runbooks, by count, without those that are also English. */
const commandWords = new Set(
  `kubectl echo aws git docker sudo curl oc export terraform cd az cf helm ssh grep psql mkdir systemctl brew dig ls
  sed rm awk gcloud chmod chown cp mv docker-compose bash sh uv ip source python python3 pip pip3 bundle gpg pulumi
  argocd npm npx yarn pnpm node journalctl cargo eksctl ping kill openssl tar knife ansible-playbook ansible etcdctl
  talosctl kubeadm velero tiup openstack osism cockroach service apt apt-get yum dnf rpm dpkg zypper apk cat vi vim
  nano tail head less wget scp rsync nc netstat ss lsof ps df du free mount umount mysql mysqldump pg_dump pg_restore
  redis-cli mongosh rabbitmqctl kafka-topics.sh nginx certbot podman crictl ctr nerdctl consul vault nomad minikube
  kind k9s istioctl linkerd flux vagrant packer crontab useradd usermod iptables nft firewall-cmd ufw sysctl modprobe
  lvextend lvcreate pvcreate vgcreate mkfs.ext4 resize2fs fdisk parted uname hostname whoami env printenv date touch
  ln tee xargs jq yq unzip gunzip zip base64 sha256sum md5sum traceroute nslookup host telnet tcpdump virsh zfs zpool
  pm2 supervisorctl ./gradlew mvn go make rails rake ruby perl php composer exit pwd history crio rpm-ostree chroot promtool
  pveam qm pct ceph rbd rados restic borg pgbackrest patronictl kubectx kubens kustomize sops doctl flyctl heroku
  gh glab hub jenkins-cli`.split(/\s+/),
);

/** Files that nobody runs by their names. */
const isDocument =
  /\.(?:ya?ml|json|toml|ini|conf|cfg|cnf|env|service|txt|md|html?|xml|properties|log|pem|crt|key|csv)$/i;

/** True for a line whose first word is a well-known command, a script by its path, or `$ ` and a command. */
export function looksLikeCommand(line: string): boolean {
  const written = line.trim().replace(/^\$ /, '');
  const [first = '', second] = written.replace(/^(?:[A-Z_][A-Z0-9_]*=\S*\s+)+/, '').split(/\s+/);
  // Nothing is run from `/` itself; a forge takes `/label ~urgent`.
  if (/^(?:(?:\.{1,2}|~)\/[\w./-]+|\/[\w.-]+\/[\w./-]*|\/\w[\w-]*\.)\w+$/.test(first))
    return !isDocument.test(first);
  if (/^[A-Z_][A-Z0-9_]*=/.test(written)) return true;
  return commandWords.has(first) && second !== 'is' && second !== 'are' && !/^\w+ \w+:$/.test(written);
}
