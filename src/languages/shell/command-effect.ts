// Owns the table of commands and what they do, as far as their words tell.
import { findStatement } from '../sql/find-statement.ts';

/** What a command is known to do. What it destroys, it changes too. */
export type CommandEffect =
  | 'changes'
  /** Hard or impossible to undo. */
  | 'destroys'
  /** Goes on until somebody stops it. */
  | 'never-ends'
  | 'wants-terminal';

interface CommandRule {
  /** Names of programs. */
  readonly programs: string;
  /** What its arguments look like, each behind a blank; any when absent. */
  readonly arguments?: RegExp;
  /** Only where nothing is piped or redirected into it. */
  readonly isUnfed?: true;
}

const changes: readonly CommandRule[] = [
  {
    programs:
      'rm rmdir mv truncate dd mkfs shred kill killall pkill reboot shutdown halt poweroff chmod chown useradd userdel usermod lvextend resize2fs umount',
    arguments: /\s/,
  },
  {
    programs: 'kubectl oc',
    arguments:
      /\s(?:delete|apply|patch|scale|drain|cordon|uncordon|replace|edit|annotate|label|taint|create|set|expose)\s/,
  },
  { programs: 'kubectl oc', arguments: /\srollout\s+(?:restart|undo|pause|resume)\b/ },
  { programs: 'helm', arguments: /^\s(?:install|upgrade|uninstall|delete|rollback)\b/ },
  { programs: 'terraform tofu pulumi', arguments: /^\s(?:apply|destroy|up|import|taint)\b/ },
  {
    programs: 'systemctl service rc-service',
    arguments: /^\s(?:\S+\s+)?(?:restart|stop|start|reload|enable|disable|mask)\b/,
  },
  {
    programs: 'docker podman docker-compose',
    arguments: /^\s(?:compose\s+)?(?:rm|rmi|stop|kill|restart|run|up|down|prune|start)\b/,
  },
  { programs: 'docker podman', arguments: /^\s\S+\s+(?:rm|prune|create)\b/ },
  {
    programs: 'aws',
    arguments:
      /^\s\S+\s+(?:delete|terminate|create|put|modify|update|stop|start|reboot|detach|attach|run|remove|restore)/,
  },
  { programs: 'gcloud az', arguments: /\s(?:delete|create|update|stop|start|restart|reset|deallocate)\b/ },
  {
    programs: 'apt apt-get yum dnf apk zypper brew pip pip3 npm gem',
    arguments: /^\s(?:-\S+\s+)*(?:install|remove|purge|upgrade|uninstall|update|i)\b/,
  },
  { programs: 'git', arguments: /^\s(?:push|reset|clean|rebase|merge|commit)\b/ },
  {
    programs: 'iptables ip6tables nft ufw firewall-cmd',
    arguments: /\s(?:-[ADIFPRX]|add|delete|insert|allow|deny|--add\S*|--remove\S*)\b/,
  },
  { programs: 'curl', arguments: /\s(?:-X\s*|--request[ =])(?:POST|PUT|PATCH|DELETE)\b/ },
  {
    programs: 'redis-cli etcdctl consul vault',
    arguments: /\s(?:del|flushall|flushdb|put|set|delete|kv put)\b/i,
  },
];

const destroys: readonly CommandRule[] = [
  { programs: 'rm', arguments: /^\s(?:-\w+\s+)*-(?=\w*r)(?=\w*f)\w+\b/i },
  { programs: 'mkfs shred wipefs', arguments: /\s/ },
  { programs: 'dd', arguments: /\sof=\/dev\// },
  { programs: 'terraform tofu pulumi', arguments: /^\sdestroy\b/ },
  {
    programs: 'kubectl oc',
    arguments:
      /\sdelete\s+(?:\S+\s+)*(?:ns|namespaces?|projects?|pv|pvc|persistentvolume(?:claim)?s?|crds?|customresourcedefinitions?)\b/,
  },
  { programs: 'kubectl oc', arguments: /\sdelete\b.*\s--all\b/ },
  {
    programs: 'aws',
    arguments:
      /^\s(?:s3\s+(?:rb|rm)\b.*(?:--force|--recursive)|\S+\s+(?:delete-db-\S+|terminate-instances|delete-stack|delete-table|delete-bucket))/,
  },
  { programs: 'az', arguments: /^\sgroup\s+delete\b/ },
  { programs: 'gcloud', arguments: /\sprojects\s+delete\b/ },
  { programs: 'dropdb' },
  { programs: 'mysqladmin', arguments: /^\sdrop\b/ },
  { programs: 'redis-cli', arguments: /\sflush(?:all|db)\b/i },
  { programs: 'git', arguments: /^\spush\b.*\s(?:-f|--force)(?:\s|$)/ },
  { programs: 'zfs zpool lvremove vgremove pvremove' },
];

const neverEnds: readonly CommandRule[] = [
  { programs: 'tail', arguments: /\s(?:-\w*[fF]\w*|--follow)\b/ },
  { programs: 'watch', arguments: /\s/ },
  { programs: 'kubectl oc', arguments: /\sport-forward\b/ },
  { programs: 'kubectl oc', arguments: /\slogs?\b.*\s(?:-f|--follow)\b/ },
  { programs: 'kubectl oc', arguments: /\sget\b.*\s(?:-w|--watch)\b/ },
  { programs: 'docker podman docker-compose', arguments: /\slogs\b.*\s(?:-f|--follow)\b/ },
  { programs: 'journalctl', arguments: /\s(?:-\w*f\w*|--follow)\b/ },
  { programs: 'ping', arguments: /^(?!.*\s-(?:c|w)\s*\d)/ },
  { programs: 'sleep', arguments: /^\sinfinity\b/ },
  { programs: 'yes' },
];

const wantsTerminal: readonly CommandRule[] = [
  {
    programs: 'vi vim nvim nano emacs pico visudo vipw less more most htop top k9s man',
    arguments: /^(?!.*\s-b\b)/,
  },
  { programs: 'kubectl oc', arguments: /\s(?:edit|attach)\b/ },
  {
    programs: 'kubectl oc docker podman',
    arguments: /\s(?:exec|run|debug)\b.*\s(?:-it|-ti|-i\s+-t|-t\s+-i|--tty)\b/,
  },
  { programs: 'crontab', arguments: /^\s-e/ },
  { programs: 'git', arguments: /^\srebase\s+-i/ },
  { programs: 'gcloud', arguments: /^\sauth\s+login/ },
  { programs: 'mysql psql python python3 irb', arguments: /^$/, isUnfed: true },
];

/** Programs that are given statements in SQL as their arguments. */
const runsSql = new Set(['psql', 'mysql', 'mariadb', 'sqlite', 'sqlite3']);

/** Longer arguments than this, in characters, are looked at only so far. */
const longest = 20_000;

const table: ReadonlyMap<string, readonly (CommandRule & { readonly effect: CommandEffect })[]> = byProgram({
  changes,
  destroys,
  'never-ends': neverEnds,
  'wants-terminal': wantsTerminal,
});

function byProgram(rules: Readonly<Record<CommandEffect, readonly CommandRule[]>>): typeof table {
  const found = new Map<string, (CommandRule & { readonly effect: CommandEffect })[]>();
  const effects = ['changes', 'destroys', 'never-ends', 'wants-terminal'] as const;
  for (const effect of effects) {
    for (const rule of rules[effect]) {
      for (const program of rule.programs.split(' '))
        found.set(program, [...(found.get(program) ?? []), { ...rule, effect }]);
    }
  }
  return found;
}

/** False for a program that no command of has an effect that is known. */
export function mayHaveEffect(program: string): boolean {
  return table.has(nameInTable(program)) || runsSql.has(program);
}

/** Programs that make file systems are one, whatever kind they make. */
function nameInTable(program: string): string {
  return program.startsWith('mkfs') ? 'mkfs' : program;
}

/**
 * What a command does, by its words without quotes, the name of the program first. `isFed`: something is piped or
 * redirected into it.
 */
export function effectsOf(words: readonly string[], isFed: boolean): ReadonlySet<CommandEffect> {
  const [program = '', ...rest] = words;
  const written = rest
    .map((word) => ` ${word}`)
    .join('')
    .slice(0, longest);
  const effects = new Set<CommandEffect>();
  for (const { effect, arguments: pattern, isUnfed } of table.get(nameInTable(program)) ?? []) {
    if ((pattern?.test(written) ?? true) && !(isUnfed && isFed)) effects.add(effect);
  }
  if (runsSql.has(program)) {
    if (findStatement(written, 'changes')) effects.add('changes');
    if (findStatement(written, 'destroys')) effects.add('destroys');
  }
  if (effects.has('destroys')) effects.add('changes');
  return effects;
}
