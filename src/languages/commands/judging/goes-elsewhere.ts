// Owns whether all that shell code does, it does on other machines, by programs that reach them.
import { programName } from '../command-table.ts';
import { shellCommands } from '../find-effect.ts';
import type { ReadCommand } from '../read-command.ts';
import { setsTheStage } from './only-looks.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Programs that work on other machines, or inside of containers, whatever they are given. */
const remote = words(
  `ssh autossh mosh scp sftp pssh pdsh clush dsh parallel-ssh kubectl oc k helm helmfile kops eksctl talosctl argocd flux velero
  ansible ansible-playbook salt knife bolt aws gcloud az doctl hcloud oci openstack govc virsh terraform tofu pulumi
  curl wget http https ping dig nslookup nc`,
);

/** Clients that work where an option or an address says, and here without one. */
const clients = words(
  `psql mysql mariadb pg_dump pg_restore pg_isready mysqldump mysqladmin redis-cli valkey-cli mongosh mongo mongodump
  mongorestore ldapsearch ldapmodify influx clickhouse-client cqlsh rabbitmqadmin etcdctl rsync`,
);
/** What works on containers from outside. */
const ofContainers = words('docker podman nerdctl lxc crictl ctr');

const here = /^(?:localhost|127\.\d+\.\d+\.\d+|::1|\/\S*)?$/;

/**
 * True where one command at least reaches another machine, and all others do, only look, or set the stage. What a command
 * runs there is that command's.
 */
export function goesElsewhere(code: string): boolean {
  const { commands } = shellCommands(code);
  const going = commands.filter(reaches);
  const rest = commands.filter(
    (command) => !going.some(({ start, end }) => start <= command.start && command.end <= end),
  );
  return going.length > 0 && rest.every((command) => onlyLooks(command) || setsTheStage(command));
}

const onlyLooks = ({ effects }: ReadCommand): boolean => effects.size === 1 && effects.has('looks');

function reaches({ words: [name = '', ...given] }: ReadCommand): boolean {
  const program = programName(name);
  if (remote.has(program)) return true;
  if (ofContainers.has(program)) return given.includes('exec');
  return clients.has(program) && given.some((word, index) => namesAnother(word, given[index + 1]));
}

/** `-h db1`, `--host=db1`, `-hdb1`, `postgres://db1/shop`, `db1:/srv`. */
function namesAnother(word: string, next: string | undefined): boolean {
  const [, host] = /^(?:--(?:host|endpoints|url)=|-h(?=.))(.*)$/.exec(word) ?? [];
  if (host !== undefined) return !here.test(host);
  if (/^(?:-h|-H|--host|--endpoints|--url)$/.test(word)) return next !== undefined && !here.test(next);
  const [, address] = /^\w+:\/\/(?:[^@/]*@)?([^:/]*)/.exec(word) ?? [];
  return address === undefined ? /^[\w.@-]+:\//.test(word) : !here.test(address);
}
