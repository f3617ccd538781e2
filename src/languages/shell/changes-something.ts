// Owns the guess whether a command changes or destroys something.

const changing: readonly RegExp[] = [
  /^(?:rm|rmdir|mv|truncate|dd|mkfs\S*|shred|kill|killall|pkill|reboot|shutdown|halt|poweroff|chmod|chown|useradd|userdel|usermod|lvextend|resize2fs|umount)\s/,
  /^(?:kubectl|oc)\b.*\s(?:delete|apply|patch|scale|drain|cordon|uncordon|replace|edit|annotate|label|taint|create|set|expose)\s/,
  /^(?:kubectl|oc)\b.*\srollout\s+(?:restart|undo|pause|resume)\b/,
  /^helm\s+(?:install|upgrade|uninstall|delete|rollback)\b/,
  /^(?:terraform|tofu|pulumi)\s+(?:apply|destroy|up|import|taint)\b/,
  /^(?:systemctl|service|rc-service)\s+(?:\S+\s+)?(?:restart|stop|start|reload|enable|disable|mask)\b/,
  /^(?:docker|podman|docker-compose)\s+(?:compose\s+)?(?:rm|rmi|stop|kill|restart|run|up|down|prune|start)\b/,
  /^(?:docker|podman)\s+\S+\s+(?:rm|prune|create)\b/,
  /^aws\s+\S+\s+(?:delete|terminate|create|put|modify|update|stop|start|reboot|detach|attach|run|remove|restore)-?\S*/,
  /^(?:gcloud|az)\b.*\s(?:delete|create|update|stop|start|restart|reset|deallocate)\b/,
  /^(?:apt|apt-get|yum|dnf|apk|zypper|brew|pip3?|npm|gem)\s+(?:-\S+\s+)*(?:install|remove|purge|upgrade|uninstall|update|i)\b/,
  /^git\s+(?:push|reset|clean|rebase|merge|commit)\b/,
  /^(?:iptables|ip6tables|nft|ufw|firewall-cmd)\b.*\s(?:-[ADIFPRX]|add|delete|insert|allow|deny|--add\S*|--remove\S*)\b/,
  /^curl\b.*\s(?:-X\s*|--request[ =])["']?(?:POST|PUT|PATCH|DELETE)\b/,
  /^(?:redis-cli|etcdctl|consul|vault)\b.*\s(?:del|flushall|flushdb|put|set|delete|kv put)\b/i,
];

const destroying: readonly RegExp[] = [
  /^rm\s+(?:-\w+\s+)*-\w*(?:r\w*f|f\w*r)\w*\b/i,
  /^(?:mkfs\S*|shred|wipefs)\s/,
  /^dd\b.*\sof=\/dev\//,
  /^(?:terraform|tofu|pulumi)\s+destroy\b/,
  /^(?:kubectl|oc)\b.*\sdelete\s+(?:\S+\s+)*(?:ns|namespaces?|projects?|pv|pvc|persistentvolume(?:claim)?s?|crds?|customresourcedefinitions?)\b/,
  /^(?:kubectl|oc)\b.*\sdelete\b.*\s--all\b/,
  /^aws\s+(?:s3\s+(?:rb|rm)\b.*(?:--force|--recursive)|\S+\s+(?:delete-db-\S+|terminate-instances|delete-stack|delete-table|delete-bucket))/,
  /^az\s+group\s+delete\b/,
  /^gcloud\b.*\sprojects\s+delete\b/,
  /^(?:dropdb|mysqladmin\s+drop)\b/,
  /^(?:redis-cli)\b.*\sflush(?:all|db)\b/i,
  /^git\s+push\b.*\s(?:-f|--force)(?:\s|$)/,
  /^(?:zfs|zpool|lvremove|vgremove|pvremove)\b(?:.*\sdestroy\b)?/,
];

const changingSql =
  /\b(?:insert\s+into|update\s+\S+\s+set|delete\s+from|drop\s+(?:table|database|schema|index|role|user|view)|truncate(?:\s+table)?\s+\w|alter\s+(?:table|database|system|role|user)|create\s+(?:table|database|index|role|user|view|schema)|grant\s|revoke\s|pg_terminate_backend|pg_cancel_backend|reindex\s|vacuum\s+full)/i;
const destroyingSql =
  /\b(?:drop\s+(?:table|database|schema)|truncate(?:\s+table)?\s+\w|delete\s+from\s+\S+\s*(?:;|$))/i;

/** True for a shell command that is known to change something. */
export function changesSomething(command: string): boolean {
  return (
    changing.some((pattern) => pattern.test(command)) ||
    destroysSomething(command) ||
    runsSql(command, changingSql)
  );
}

/** True for a shell command whose effect is hard or impossible to undo. */
export function destroysSomething(command: string): boolean {
  return destroying.some((pattern) => pattern.test(command)) || runsSql(command, destroyingSql);
}

/** The statement of a script in SQL that changes something, if any. */
export function changingStatement(sql: string): string | undefined {
  return changingSql.exec(sql)?.[0];
}

/** The statement of a script in SQL that destroys something, if any. */
export function destroyingStatement(sql: string): string | undefined {
  return destroyingSql.exec(sql)?.[0];
}

function runsSql(command: string, pattern: RegExp): boolean {
  return /^(?:psql|mysql|mariadb|sqlite3?)\b/.test(command) && pattern.test(command);
}
