// Owns which titles beside one another read like alternatives.
import { isPrintableAscii } from '../../text/is-printable-ascii.ts';
import { oppositesIn } from './opposites-in.ts';

/** What is counted of alternatives; "Step 1" and "Phase 1" are counted too, and come one after the other. */
const countedWord = [
  ...['option', 'method', 'variant', 'approach', 'scenario', 'case', 'alternative', 'solution', 'workaround'],
  ...['strategy', 'choice', 'use case', 'opción', 'método', 'variante', 'szenario', 'méthode'],
].join('|');
const counted = new RegExp(
  String.raw`^(${countedWord})\s*#?\s*(?:[a-z]|\d{1,2}|[ivx]{1,4}|one|two|three|four)\b`,
  'i',
);
/** 方法一, 方案 2, 場合A. */
const countedEast =
  /^(方法|方案|方式|选项|選項|场景|場景|情况|情況|情形|途径|做法|パターン|ケース|オプション|案)\s*(?:[一二三四五六七八九十]|[0-9０-９]{1,2}|[a-zａ-ｚ])/i;

/** Only one member of a set is on a machine, or is used for the job. */
const systems: readonly string[] = [
  // Systems and distributions
  `linux|macos|mac os|mac os x|os x|mac|osx|darwin|windows|wsl|wsl2|unix|freebsd|openbsd|netbsd|solaris|android|ios|bsd
  ubuntu|debian|raspbian|raspberry pi os|linux mint|mint|rhel|red hat|red hat enterprise linux|redhat|centos|centos stream
  fedora|rocky|rocky linux|alma|almalinux|alma linux|oracle linux|kali|kali linux|scientific linux|photon os|amazon linux|amazon linux 2|amazon linux 2023|suse|opensuse|sles
  arch|arch linux|manjaro|gentoo|alpine|alpine linux|nixos|nix|void linux|el|ol|deb|rpm|powershell|cmd|command prompt|git bash`,
  // Package managers and forms of a package
  `apt|apt get|aptitude|yum|dnf|zypper|pacman|apk|brew|homebrew|macports|choco|chocolatey|scoop|winget|snap|snapcraft|flatpak
  pip|pip3|pipx|uv|conda|mamba|poetry|npm|yarn|pnpm|bun|cargo|go install|asdf|mise|nix|source|source code|binary|binaries
  docker|docker compose|podman|helm|helm chart|kubectl|kustomize|kubernetes|manual|manually|script|the script|tarball|deb|rpm
  package manager|package|installer|install script|ansible|terraform|systemd|operator|manifests|yaml manifests|docker swarm`,
  // Clouds and kinds of a cluster
  `aws|amazon web services|amazon|gcp|google cloud|google cloud platform|google|azure|microsoft azure|digitalocean|digital ocean
  hetzner|linode|openstack|vsphere|vmware|bare metal|on premises|on premise|on prem|oracle cloud|oci|ibm cloud|alibaba cloud
  eks|gke|aks|doks|minikube|kind|k3s|k3d|microk8s|openshift|docker desktop|rancher|heroku|fly.io|vagrant|virtualbox`,
  'mysql|mariadb|postgresql|postgres|sqlite|oracle|sql server|mssql|mongodb',
  'x8664|x86 64|x86|amd64|i386|arm64|aarch64|arm|armv7|armhf|ppc64le|s390x|riscv64|intel|intel mac|apple silicon|apple silicon mac',
  'docker|container|containers|bare metal|vm|vms|virtual machine|virtual machines|kubernetes|podman|native|physical|linux|windows|macos|swarm|docker swarm|docker compose',
  'nginx|apache|apache httpd|httpd|caddy|traefik|haproxy|iis',
  'systemd|sysvinit|upstart|init.d|openrc|launchd|supervisor|supervisord|pm2',
  // What there is already
  'fresh install|fresh installation|clean install|clean installation|new install|new installation|first install|first installation|existing install|existing installation|upgrade|upgrade from an older version',
  'single node|single instance|single server|standalone|cluster|clustered|replica set|sharded cluster|high availability|ha',
  'self hosted|self managed|saas|cloud|managed|managed service|hosted|on premises|on premise|on prem',
  'public cloud|private cloud|hybrid cloud',
];

/** Ways to the same screen, and what commands are typed into. */
const surfaces: readonly string[] = [
  'cli|command line|the command line|the cli|gui|ui|web ui|the ui|console|web console|dashboard|portal|azure portal|api|rest api|the api|cloud console',
  'bash|zsh|fish|csh|tcsh|powershell',
];

const sets: readonly ReadonlySet<string>[] = [...systems, ...surfaces].map(
  (words) => new Set(words.split(/[|\n]/).map((word) => word.trim())),
);

/** All in ASCII; few titles have one of these. */
const wordsOfMembers: ReadonlySet<string> = new Set(
  sets.flatMap((set) => [...set].flatMap((name) => name.split(' '))),
);

/** What stands around the member of a set, in lower case: "installing on ubuntu 22.04 lts". */
const lead =
  /^(?:(?:how to|to)\s+)?(?:(?:install(?:ing|ation)?|set(?:ting)? ?up|upgrad(?:e|ing)|updat(?:e|ing)|deploy(?:ing|ment)?|build(?:ing)?|run(?:ning)?|start(?:ing)?|restor(?:e|ing)|back(?:ing)? ?up|configur(?:e|ing)|restart(?:ing)?)\s+)?(?:.{0,40}\s)??(?:on|for|in|with|using|via|from|by|through|under|auf|mit|für|sur|avec|sous|en|con)\s+(?:an?\s+|the\s+)?/;
const tail =
  /\s*(?:\b(?:users?|hosts?|servers?|systems?|based|installation|install|setup|clusters?|nodes?|method|way|only|package|packages|deployment|lts|and (?:later|newer|above)|or (?:later|newer|above)|recommended|preferred|default|easiest|\d[\w.]*|x)\b\.?)\s*$/;

/** What stands before the words of a title; the classes of Unicode are slow to set up, and most titles are ASCII. */
export const number = /^[\s\p{P}\p{S}]*(?:\d+(?:\.\d+)*[.):]?\s+)?/u;
/** The same of ASCII. */
export const asciiNumber = /^[^A-Za-z\d]*(?:\d+(?:\.\d+)*[.):]?\s+)?/;

/** What sites draw as an icon: `:penguin:`, `:fontawesome-brands-ubuntu:`. */
const icons = /^(?:\s*:[a-z\d][a-z\d_+-]{0,60}:)+(?=\s)/;

/** How titles are compared: no icons and numbers before them, no remark in brackets, no marks around words. */
export function plainTitle(title: string): string {
  return title
    .replace(icons, '')
    .replace(isPrintableAscii(title) ? asciiNumber : number, '')
    .replace(/[（(][^)）]*[)）]/g, ' ')
    .replace(/[`*_"'“”]/g, '')
    .replace(/-/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/[\s:：.]+$/, '')
    .trim();
}

/** The sets that a title, plain and in lower case, names a member of, and nothing else. */
function setsOf(whole: string): readonly number[] {
  if (!whole.split(/[^a-z\d.]+/).some((word) => wordsOfMembers.has(word))) return [];
  const isMember = (set: ReadonlySet<string>, name: string): boolean => {
    for (let rest = name; ; ) {
      if (set.has(rest)) return true;
      const shorter = rest.replace(tail, '').trim();
      if (shorter === rest || shorter === '') return false;
      rest = shorter;
    }
  };
  const names = (text: string): readonly string[] =>
    text.split(/\s*(?:[/,|&+]|\band\b|\bor\b)\s*/).map((name) => name.trim());
  const candidates = [
    whole,
    whole.replace(lead, ''),
    whole.replace(/^(?:install|installing|installation|setup|deploy)\s+/, ''),
  ];
  return [...sets.entries()].flatMap(([index, set]) =>
    candidates.some((candidate) => {
      const members = names(candidate).filter((name) => name !== '');
      return members.length > 0 && members.every((name) => isMember(set, name));
    })
      ? [index]
      : [],
  );
}

/** Whether words name nothing but a system, a cloud, a way to install: something that not every reader has. */
export function namesSystem(words: string): boolean {
  return setsOf(plainTitle(words).toLowerCase()).some((index) => index < systems.length);
}

/** "Install with apt" is `install` by other means than "Install with yum". */
const means = /^(.*?)\b(?:with|using|via|by using|through|mit|avec|con)\s+\S/i;

/** What tells two ways of one job apart, in lower case: "automatic upgrade" and "semi automatic upgrade". */
export const modes =
  /\b(?:semi ?automatic(?:ally)?|automatic(?:ally)?|automated|manual(?:ly)?|online|offline|classic|legacy|rolling|in place|blue green|canary|full|incremental|quick|slow|fast|safe|thorough|graceful|forced|easy|hard|soft|simple|small|large|zero downtime|(?:with(?:out)?|no) downtime|interactive|non interactive|single node|multi node|high availability|ha|standalone|clustered)\b|\bautomatique(?:ment)?\b|\bmanuel(?:le|lement)?\b|\bautomatisch(?:e[nrs]?)?\b|\bmanuell(?:e[nrs]?)?\b|\bautomatic[oa]\b|\bautomátic[oa]\b|\bmanuale\b|автоматическ(?:ая|ое|ий|и)|ручн(?:ая|ое|ой)|вручную|不停机|停机|在线|离线|手动|自动|全量|增量|单机|集群|手動|自動|オンライン|オフライン/g;
/** Words of which each of them has one: most titles have none, and need not wait for the pattern. */
export const wordsOfModes =
  'automat|automát|автомат|manual|manuel|ручн|вручную|line|classic|legacy|rolling|in place|blue green|canary|full|incremental|quick|slow|fast|safe|thorough|graceful|forced|easy|hard|soft|simple|small|large|downtime|interactive|node|high availability|ha|standalone|clustered|停机|在线|离线|手动|自动|全量|增量|单机|集群|手動|自動|オンライン|オフライン'.split(
    '|',
  );
/** "Halted due to A", "Diagnosis for B": one symptom, several causes. */
const cause =
  /^(.*?)\b(?:due to|caused by|because of)\s+\S|^((?:diagnos\w+|troubleshoot\w*|fix\w*|resolution|recovery|steps|procedure|instructions)) (?:for|of)\s+\S/i;

/** "With Docker" and "Without Docker". */
const withOrWithout = /^(.*?)\b(?:with|without|mit|ohne)\s+(\S.*)$/;

/** "From 1.x" and "From 2.x", "Version 7" and "Version 8"; what goes on to another version may be the next hop. */
const ofVersion =
  /^(.*?)\b(?:from|version|before|after|prior to|up to|older than|newer than) v?\d[\w.]*(?: (?:and|or) (?:later|newer|above|earlier|older|below))?$/;

/** "For staging" and "For production"; "Staging" and "Production" come one after the other. */
const forStage =
  /^(?:for|if (?:you(?:'re| are) )?(?:in|on)|when (?:in|on)|in case of) (?:the |a |your )?(?:staging|stage|prod|production|dev|development|test|testing|qa|uat|sandbox|pre ?prod|pre ?production|integration|demo|live|local)(?: (?:environments?|systems?|clusters?|servers?|deployments?|use|only))?$/;

/** "For new installations" and "For existing installations". */
const ofAge =
  /^(?:for|on|in|with) (?:an? |the |your )?(?:new|fresh|clean|existing|old|older|newer|brand new)(?: (\S+))?/;

/** "Scenario: a node is lost" and "Scenario: the network is split". */
const labelled =
  /^(scenario|case|symptom|situation|variant|option|alternative|possibility|场景|情况|症状|ケース)\s*[:：–—]\s*\S/;

/** "One node lost" and "Majority lost". */
const extent =
  /^(?:the )?(?:one|single|minority|majority|quorum|two|several|multiple|all|most|both|half)\b(?: \S+){0,3} (?:lost|down|failed|gone|unavailable|unreachable|intact|dead)$/;

/** "The replica is lagging" and "The replica is healthy"; who is told to look at it looks at both. */
const state =
  /^(?:the |an? |your )?(?!(?:check|verify|ensure|make|confirm|validate|wait|watch|see|test|show|tell|note|if|when|once|until|after|before|while|where|what|why|how|which|who|it|this|that|these|those|there|here|everything|all|nothing|is|are|does|do)\b)((?:\S+ ){1,2})(?:is|are) (?:not )?\S/;

/** "First approach" and "Second approach". */
const ordinal = new RegExp(`^(?:the )?(?:first|second|third|fourth|1st|2nd|3rd|other) (${countedWord}|way)$`);

/** A title as it is compared; patterns and `plainTitle` are much of what a long page costs. */
interface ReadTitle {
  readonly title: string;
  /** By `plainTitle`. */
  readonly text: string;
  readonly lower: string;
}

function readTitle(title: string): ReadTitle {
  const text = plainTitle(title);
  return { title, text, lower: text.toLowerCase() };
}

/** What makes titles alternatives of one another: those that share one of these. */
export function kindsOfAlternative(title: string): readonly string[] {
  return alternativesIn(readTitle(title));
}

function alternativesIn({ title, text, lower }: ReadTitle): string[] {
  const number = counted.exec(text) ?? countedEast.exec(text);
  const kinds = number?.[1] === undefined ? [] : [`counted ${number[1].toLowerCase()}`];
  kinds.push(...setsOf(lower).map((index) => `set ${index}`));
  // "If it is down" and "When it is back" come one after the other.
  const condition = /^(?:if|when|wenn|si|falls)\b/i.exec(text) ?? /^(?:如果|若|当|もし)/.exec(text);
  if (condition !== null) kinds.push(`condition ${condition[0].toLowerCase()}`);
  const either = withOrWithout.exec(lower);
  if (either !== null) kinds.push(`with ${either[1]}${either[2]}`);
  const version = ofVersion.exec(lower);
  if (version !== null) kinds.push(`version ${version[1]}`);
  const label = labelled.exec(title.trim().toLowerCase()) ?? ordinal.exec(lower);
  if (label !== null) kinds.push(`counted ${label[1]}`);
  if (forStage.test(lower)) kinds.push('stage');
  const age = ofAge.exec(lower);
  if (age !== null) kinds.push(`age ${age[1] ?? ''}`);
  const by = means.exec(text);
  if (by?.[1] !== undefined) kinds.push(`means ${by[1].trim().toLowerCase()}`);
  return kinds;
}

/** The same of words that lead to a block, and of list items: these may be opposites, too. */
export function kindsOfWords(title: string): readonly string[] {
  return wordsIn(readTitle(title));
}

function wordsIn(read: ReadTitle): string[] {
  const { lower } = read;
  const kinds = [...alternativesIn(read), ...oppositesIn(lower).map(({ kind }) => kind)];
  if (extent.test(lower)) kinds.push('extent');
  const is = state.exec(lower);
  if (is !== null) kinds.push(`state ${is[1]}`);
  return kinds;
}

/** The same of the title of a heading, of which one is enough for one job. */
export function kindsOfHeading(title: string): readonly string[] {
  const read = readTitle(title);
  const { text, lower } = read;
  const kinds = wordsIn(read);
  const symptom = cause.exec(text);
  const shared = symptom?.[1] ?? symptom?.[2];
  if (shared !== undefined) kinds.push(`cause ${shared.trim().toLowerCase()}`);
  const hasMode = wordsOfModes.some((word) => lower.includes(word));
  const job = (hasMode ? lower.replace(modes, ' ') : lower).replace(/\s+/g, ' ').trim();
  // A step of a sequence that comes twice is done twice: "2. Restart it", "6. Restart it".
  const isRepeated = job === lower && /^\s*(?:\d+(?:\.\d+)*[.):]|\d+(?:\.\d+)+)\s/.test(title);
  const isCounted = /^\s*(?:step\b|\d)/i.test(title);
  if (job !== '' && !isRepeated) kinds.push(`job ${job}`);
  // "Automatic" and "Manual" name nothing but the way.
  else if (job === '' && hasMode && !isCounted) kinds.push('mode');
  return kinds;
}

/** "Alternatively", "Alternative: by hand", "Or with Docker": the other way to do what stands before it; by `plainTitle`. */
export function isOtherWay(text: string): boolean {
  return (
    /^(?:alternative(?:ly)?|or|oder|alternativ|alternativement|alternativa(?:mente)?|alternatief|ou bien|o bien|oppure|ofwel|otherwise|another (?:option|way|method|approach))\b/i.test(
      text,
    ) || /^(?:或者|或|または|あるいは|もしくは|替代|备选|代替)/.test(text)
  );
}
