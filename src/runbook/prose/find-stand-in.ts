// Owns finding words in shell code that stand for a value, though nothing marks them as placeholders.
import { shellCommands } from '../../languages/commands/find-effect.ts';

/** A word that stands for a value, and the line that it stands in, from 0. */
export interface StandIn {
  readonly word: string;
  readonly line: number;
}

/** What no machine has: `/dev/sdX`, `10.0.x.x`, `YYYY-MM-DD`, `X.Y.Z`, `token=xxxxxxxx`. */
const impossible = new RegExp(
  [
    '/dev/(?:(?:sd|vd|xvd|hd)X\\d?|nvmeXn\\d\\w*|nvme\\dnX)\\b',
    '(?<![\\w.])(?=[\\d.]*[xXyY])(?:\\d{1,3}|[xXyY])(?:\\.(?:\\d{1,3}|[xXyY])){3}(?![\\w.-])',
    '\\bYYYY-?MM-?DD\\b',
    '(?<![\\w.])v?X\\.Y(?:\\.Z)?(?!\\w)',
    '(?<==["\']?)(?:x{4,}|X{4,})(?![\\w.])',
    // What the cell before has printed, in Runme.
    '(?<!\\\\)\\$(?:__(?!\\w)|\\{__\\})',
  ].join('|'),
);

/** Where such letters are a format. */
const isFormat = /\bto_(?:char|date|timestamp)\b|\bstr[fp]time\b|date.?format|--(?:\w+-)?format|mktemp/i;

const endings =
  'NAME|ID|IP|ADDRESS|HOST|HOSTNAME|USER|USERNAME|PASSWORD|PATH|FILE|FILENAME|DIR|URL|SHA|HASH|VERSION|PORT|TOKEN|TAG|BRANCH|NUMBER|DATE|ARN|DOMAIN|REGION|ZONE|UUID|PROJECT|NAMESPACE|SNAPSHOT|REVISION|(?:FROM_)?(?:ABOVE|BELOW)|HERE';
const names =
  'HOST|HOSTNAME|USERNAME|PASSWORD|NAMESPACE|CONTAINER|BUCKET|PID|SERVICE|PORT|BRANCH|REGION|CLUSTER|NODE|NODENAME|DOMAIN|FILENAME|DBNAME|PODNAME|POD|COMMIT|IP|RELEASE|REVISION|RESOURCE|SNAPSHOT|DEPLOYMENT|WORKSPACE|INSTANCE|VOLUME';
const standsForValue = new RegExp(`^(?:[A-Z][A-Z0-9_-]{0,60}[_-](?:${endings})|${names})$`);
/** The same anywhere in code; it begins at the beginning of a word, so that a long one is looked through once. */
const mayStand = new RegExp(
  `(?:(?<![\\w-])|-p)(?:[A-Z][A-Z0-9_-]{0,60}[_-](?:${endings})|${names})(?![A-Za-z0-9_])`,
);

/** Programs whose arguments name things, and never variables; others may well be given a name in capitals. */
const programs = new Set(
  `kubectl oc helm docker podman nerdctl crictl systemctl service kill pkill ssh scp sftp rsync ping curl wget nc telnet
   dig nslookup mysql mysqldump psql pg_dump pg_restore pg_basebackup rm mv cp mkdir chown tail less vi vim nano zfs zpool
   lvremove lvextend lvcreate lvresize vgextend pvcreate mount umount dd fdisk parted userdel usermod su virsh nomad
   rabbitmqctl journalctl tcpdump lsof nmap openssl git useradd passwd id chage iptables ip6tables mkfs mkswap fsck aws gsutil
   redis-cli etcdctl terraform tofu vault consul ceph velero cockroach nodetool argocd flux cscli`.split(
    /\s+/,
  ),
);
/** Words of their own are in capitals, too: `CLUSTER`, `GET-MASTER-ADDR-BY-NAME`, `DOCKER-USER`. */
const speaksCapitals = /^(?:redis-cli|ip6?tables)$/;
/** What of them takes names of variables, or words of its own. */
const takesNames =
  /^(?:kubectl|oc) (?:set env|create|config)\b|^(?:docker|podman|nerdctl) (?:build|buildx|config|secret)\b|^systemctl \S*environment\b|^git (?!checkout|switch|revert|cherry-pick|reset|merge|push|pull|show|rebase)/;
const beforeName = /^(?:-e|--env|--build-arg|-o|--set|--set-string|--from-literal|-H|--header|-d|--data)$/;

/** What a mark is set around: `__TENANT__`, `%TENANT%`, `#{tenant}`, `«tenant»`. */
const marked =
  /(?<![\w$])__[A-Z][A-Z0-9_]*[A-Z0-9]__(?!\w)|%[A-Z][A-Z0-9_]{2,60}%|(?<=[\w/.=-])#\{[a-zA-Z][\w.-]*\}|«[^\s»][^»\n]{0,60}»/;
/** Whole values that say themselves that they are none, and what ends in such letters as stand for some. */
const blank = /^(?:PLACEHOLDER|TBD|TODO|XXX+|(?:[\w.-]*[-_])?x{3,})$/;
/** What is the reader's own, `yourdomain.com`, `www.your-app.com`; `your-app` alone is a placeholder, which is asked for. */
const yours =
  /^(?:www\.your[-_][a-z]|(?:www\.)?your(?:domain|site|host|server|bucket|user|password|cluster|app|project|company|org|namespace|registry|email|token|db|database)\b)[\w.-]*$/;
const secret =
  /(?:^|\s)(?:Bearer|Basic|Token|ApiKey) ([A-Z][A-Z0-9_]{2,60})$|: ([A-Z][A-Z0-9_]{0,60}(?:KEY|TOKEN|SECRET))$/;
const mayBeMarked =
  /__[A-Z]|%[A-Z]{3}|#\{|«|\byour[-_a-z]|PLACEHOLDER|TBD|TODO|XXX|xxx|(?:Bearer|Basic|Token|ApiKey|:) [A-Z]/;
/** What only shows such words, looks for them or puts something in their place, and what fills them in itself. */
const takesMarks =
  /^(?:echo|printf|print|log|[efz]?grep|rg|ag|sed|[gm]?awk|perl|python3?|ruby|jq|yq|envsubst|tmux|mktemp|date|git|cmake|gcc|cc|g\+\+|clang|find|test|\[|\[\[)$/;

/** The first such word; comments are passed over. */
export function findStandIn(code: string): StandIn | undefined {
  const lines = code.split('\n');
  for (const [line, written] of lines.entries()) {
    if (/^\s*#/.test(written) || isFormat.test(written)) continue;
    const found = impossible.exec(written);
    if (found !== null) return { word: found[0], line };
  }
  if (!mayStand.test(code) && !mayBeMarked.test(code)) return undefined;
  for (const { words, start } of shellCommands(code).commands) {
    const word = standInOf(words) ?? markedIn(words);
    if (word !== undefined) return { word, line: code.slice(0, start).split('\n').length - 1 };
  }
  return undefined;
}

function standInOf(words: readonly string[]): string | undefined {
  const [name = ''] = words;
  if (!programs.has(name.replace(/^(mkfs|fsck)\..*/, '$1')) || takesNames.test(words.join(' ')))
    return undefined;
  for (const [index, word] of words.entries()) {
    // What else clouds are asked for has names of all kinds.
    if (/^(?:aws|gsutil)$/.test(name) && !/^(?:s3|gs):/.test(word)) continue;
    if (index === 0 || /[$\s]/.test(word) || beforeName.test(words[index - 1] ?? '')) continue;
    const value = word.startsWith('-p') ? word.slice(2) : (word.split('=').at(-1) ?? '');
    const isOwn = (part: string) => speaksCapitals.test(name) && !/^[A-Z0-9]+_[A-Z0-9_]+$/.test(part);
    const found = value.split(/[@:/,.]/).find((part) => standsForValue.test(part) && !isOwn(part));
    if (found !== undefined) return found;
  }
  return undefined;
}

function markedIn([name = '', ...words]: readonly string[]): string | undefined {
  if (takesMarks.test(name)) return undefined;
  for (const word of words) {
    const [mark] = marked.exec(word) ?? [];
    if (mark !== undefined) return mark;
    const [, token, key] = secret.exec(word) ?? [];
    const found = token ?? key ?? word.split(/[@:/,=]/).find((part) => blank.test(part) || yours.test(part));
    if (found !== undefined) return found;
  }
  return undefined;
}
