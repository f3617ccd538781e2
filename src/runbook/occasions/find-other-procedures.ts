// Owns which headings of a document are likely to be procedures of their own, of which a run is to do one.
import { isPrintableAscii } from '../../text/is-printable-ascii.ts';
import { kindsOfAlternative } from '../choices/kinds-of-alternative.ts';
import type { HeadingRules } from '../headings/heading-rules.ts';
import { normaliseHeading } from '../headings/normalise-heading.ts';
import type { Heading, Outline } from '../headings/outline.ts';
import type { OtherOccasion } from './find-teardowns.ts';
import { nounsOf } from './takes-away.ts';

/** Titles above collections: what stands below them is looked up, one at a time. */
const collection =
  /\b(?:troubleshoot(?:ing)?|faqs?|frequently asked|common (?:tasks|issues|problems|errors|operations|scenarios)|known issues|miscellaneous|reference|recipes|cookbook|cheat ?sheet|tips|how ?tos|useful commands|handy commands|scenarios|examples)\b|常见|よくある|トラブル|문제 해결|참고/;

/** Sections of remedies: what stands below one is tried until something helps. */
const remedies =
  /^(?:(?:possible|suggested|immediate|recommended) )?(?:mitigations?|remediations?|resolutions?|solutions?|workarounds?|fixes|how to (?:fix|resolve|mitigate)(?: it)?)(?: steps)?$|^(?:缓解(?:措施)?|解决(?:方案|方法|办法)|处理方法|対処(?:方法)?|解決(?:方法|策)|해결(?: ?방법)?)$/;

/** Verbs of keeping something in order; three of them beside one another are a manual, and no procedure. */
const upkeep: Readonly<Record<string, string>> = Object.fromEntries(
  `list get view show update modify edit change rotate scale resize pause resume stop start restart delete remove add
   create rename mount extract fetch restore reset revoke import export enable disable renew search query share schedule
   bind unbind upgrade downgrade back`
    .split(/\s+/)
    .flatMap((verb) => [
      [verb, verb],
      [`${verb}ing`, verb],
      [`${verb.replace(/e$/, '')}ing`, verb],
      [`${verb}${verb.slice(-1)}ing`, verb],
    ]),
);

/** What happens to a thing now and then, each time for another reason. */
const oneAtATime = new Set([
  'restore',
  'recover',
  'restoring',
  'recovering',
  'fix',
  'fixing',
  'resolve',
  'rotate',
  'rotating',
  'upgrade',
  'upgrading',
  'migrate',
  'migrating',
  'reset',
  'resetting',
  'renew',
  'renewing',
]);

/** Nouns of procedures: "Snapshot backup" and "Log backup" are two. */
const kindsOf = new Set(
  'backup upgrade update installation restore failover recovery migration rotation scenario mode procedure maintenance restart scaling'.split(
    ' ',
  ),
);

/** In Chinese, Japanese and Korean the noun stands at the end of its word. */
const kindsOfEast =
  /(升级|备份|安装|部署|恢复|迁移|重启|アップグレード|バックアップ|インストール|移行|復旧|업그레이드|백업|설치|복구)$/;

/** What stands between what headings share and what tells their occasions apart. */
const distinguishing =
  /^(?:by|on|with|using|via|for|from|in|due|because|through|without|to|when|if|after|manually|automatically|locally|remotely|[-–—])$/;

/** Verbs that begin a procedure; a title without one is the name of a thing. */
const verbs = new Set(
  `access accept activate add adjust adopt allocate allow analyze annotate append apply approve assign attach authenticate
   author back backup bind boot bootstrap bring browse build bump bundle change check choose clean clear clone commit compile
   complete configure confirm connect continue convert copy create customize debug declare define delete deploy describe
   destroy detach determine disable disconnect distribute download drain edit enable ensure enter evaluate evict execute
   expand export expose extend extract fetch fill filter find finish fix flush force forward generate get give grant identify
   import increase initialize inject inspect install invoke join label launch link list load locate lock log login look make
   manage map mark measure merge migrate modify monitor mount move name notify obtain open optimize override patch pause
   perform pin place plan point populate prepare promote provide provision publish pull purge push put query read rebalance
   rebuild recover recreate redeploy register reindex release reload remove rename renew repair replace request reset resize
   resolve restart restore resume retrieve review revoke rotate route run save scale schedule secure select send serve set
   setup share show sign simulate specify split start stop store submit switch sync tag tail take test train transfer trigger
   troubleshoot tune turn uncordon understand uninstall unlock unmount unpack update upgrade upload use validate verify view
   wait watch write how optional option step phase`.split(/\s+/),
);

/** Headings of what is seldom meant when the page is followed. */
const aside =
  /^(?:troubleshoot(?:ing)?|debug(?:ging)?|legacy|deprecated|obsolete|advanced|optional|experimental|examples?|sample|demo|tune|tuning|customi[sz](?:e|ing)|known issues?|faqs?|tips?|(?:local )?development|for developers|(?:useful|handy|helpful|other|more|common|additional) commands|(?:old|previous|former) (?:procedure|process|method|way|instructions|steps)|performance tuning|workarounds? (?:for|if|when))\b|\((?:optional|legacy|deprecated|advanced)\)$|^(?:可选|任意|参考|选做)/;

const question =
  /[?？]$|^(?:how (?:do|can|to|should)|what (?:if|do|to)|can i|why|where)\b|^(?:如何|怎么|怎样)/;

/** Headings that are procedures of their own beside the one that the page is about. */
export function findOtherProcedures(outline: Outline, rules: HeadingRules): readonly OtherOccasion[] {
  const found: OtherOccasion[] = [];
  const holdsWork = (heading: Heading) =>
    rules.hasWork(heading.content) || rules.holdsWorkBehind(heading, heading.start);
  const isOrdinary = (heading: Heading): boolean => {
    const area = rules.areaOf(heading);
    const isTrouble = rules.isTrouble(heading) && rules.matchOf(heading)?.nature !== 'trouble';
    return isTrouble || (rules.matchOf(heading) === undefined && (area === 'free' || area === 'steps'));
  };
  const doubt = (heading: Heading, text: string) => {
    found.push({ start: heading.start, end: heading.end, from: [heading.start, heading.headingEnd], text });
  };
  const visit = (parent: Heading): void => {
    const inside = parent.children.filter((child) => isOrdinary(child) && holdsWork(child));
    // The title holds all of them, and is none.
    const free = inside.filter((child) => rules.labelOf(child) === undefined && child !== rules.titleHeading);
    const own = new Set(isEachOfItsOwn(parent, inside, free, rules));
    const ordinary = new Set(inside);
    for (const [index, child] of parent.children.entries()) {
      if (own.has(child)) doubt(child, `\`${child.title}\` reads like a procedure of its own`);
      else if (index > 0 && ordinary.has(child) && aside.test(withBrackets(child)))
        doubt(child, `\`${child.title}\` reads as if it were for another occasion`);
      else visit(child);
    }
  };
  visit(outline.document);
  return found;
}

/** A short title that is nothing but a system, a cloud, a way to install: "AWS EKS". */
function namesSystem({ title, depth }: Heading): boolean {
  const words = normaliseHeading(title).split(' ');
  const isShort = depth > 1 && words.length < 4 && !verbs.has(words[0] ?? '');
  return isShort && kindsOfAlternative(title).length > 0;
}

/** The title in lower case with its brackets, which say "optional". */
function withBrackets({ title }: Heading): string {
  const normal = normaliseHeading(title);
  return /\((?:optional|legacy|deprecated|advanced)\)\s*$/i.test(title) ? `${normal} (optional)` : normal;
}

/** Those of some headings beside one another that are procedures of their own. */
function isEachOfItsOwn(
  parent: Heading,
  inside: readonly Heading[],
  free: readonly Heading[],
  rules: HeadingRules,
): readonly Heading[] {
  const { subject } = rules;
  const title = parent.depth === 0 ? subject.title : normaliseHeading(parent.title);
  if (collection.test(title) || (remedies.test(title) && parent.children.length > 1)) return free;
  if (remedies.test(title)) return free.filter(namesSystem);
  // Their author has said that they are the steps of one procedure.
  if (parent.depth > 0 && rules.areaOf(parent) === 'steps') return [];
  const shared = variantsIn(inside);
  if (shared.length > 1) return shared;
  if (free.length < 2 || inside.length > free.length + 1) return [];
  const titles = free.map((sibling) => normaliseHeading(sibling.title));
  const isQuestion = ({ title: written }: Heading) => question.test(written.trim().toLowerCase());
  if (free.filter(isQuestion).length > 1) return free.filter(isQuestion);
  if (titles.length > 3 && isReference(titles, parent, rules)) return free;
  const first = titles.map((one) => one.split(' ')[0] ?? '');
  const kept = new Set(first.flatMap((verb) => upkeep[verb] ?? []));
  const isManual =
    (!subject.builds && kept.size > 2) ||
    (parent.depth < 2 && /\S (?:and|&) \S/.test(subject.title) && isTwofold(subject.title));
  if (isManual) return free.slice(1);
  // Where the title has the verb, too, they are parts of what it says.
  const again = free.filter((_, at) => {
    const verb = first[at] ?? '';
    return oneAtATime.has(verb) && first.indexOf(verb) < at && !title.includes(verb);
  });
  if (again.length > 0) return again;
  const kinds = titles.map((one) => {
    const last = / /.test(one) ? (nounsOf(one).at(-1) ?? '') : '';
    const east = kindsOfEast.exec(one)?.[1] ?? '';
    // With an object before it, it is the verb.
    const isPart = one.endsWith(`を${east}`) && title.includes(east);
    return kindsOf.has(last) ? last : isPart ? '' : east;
  });
  return free.filter((_, at) => kinds[at] !== '' && kinds.indexOf(kinds[at] ?? '') < at);
}

/** "Installation and upgrade": two procedures, by the title of the page. */
function isTwofold(title: string): boolean {
  const parts = title.split(/ and | & /);
  return (
    parts.length === 2 &&
    parts.every((part) =>
      /(?:ation|ations|upgrades?|updates?|backups?|restore|recovery|removal|ing)$/.test(part.trim()),
    )
  );
}

/** More headings that begin with the same word are a list of things, and would take long to compare. */
const mostOfAWord = 60;

function variantsIn(headings: readonly Heading[]): readonly Heading[] {
  const byWord = new Map<string, { readonly heading: Heading; readonly words: readonly string[] }[]>();
  for (const heading of headings) {
    const words = normaliseHeading(heading.title).split(' ');
    const [first = ''] = words;
    const group = byWord.get(first) ?? [];
    group.push({ heading, words });
    byWord.set(first, group);
  }
  const found = new Set<Heading>();
  for (const group of byWord.values())
    if (group.length <= mostOfAWord)
      for (const one of group)
        if (group.some((other) => other !== one && areVariants(one.words, other.words)))
          found.add(one.heading);
  return headings.filter((heading) => found.has(heading));
}

/** "Enable it with Helm" and "Enable it on an existing cluster", "Halted due to …" twice, "Rotation" and "Rotation Classic". */
function areVariants(one: readonly string[], other: readonly string[]): boolean {
  let same = 0;
  while (same < one.length && same < other.length && one[same] === other[same]) same += 1;
  if (same === 0) return false;
  const isQualified = (words: readonly string[]) =>
    distinguishing.test(words[same] ?? '') || distinguishing.test(words[same - 1] ?? '');
  if (same === one.length || same === other.length) return same > 1 && one.length !== other.length;
  return isQualified(one) && isQualified(other) && (same > 1 || distinguishing.test(one[0] ?? ''));
}

/** Names of things beside one another, on a page whose title names one too: they are looked up. */
function isReference(titles: readonly string[], parent: Heading, rules: HeadingRules): boolean {
  const { subject, saysWhereStepsAre } = rules;
  const names = (title: string) => {
    const [first = ''] = title.split(' ');
    return (
      !verbs.has(first) && !/(?:ing|tion|tions|ment|ments|up|upgrade|upgrades|update|updates)$/.test(first)
    );
  };
  const isLatin = titles.every(isPrintableAscii);
  const isPage =
    rules.areaOf(parent) === 'free' && !saysWhereStepsAre && !subject.builds && names(subject.title);
  return isLatin && isPage && subject.title !== '' && titles.every((title) => names(title));
}
