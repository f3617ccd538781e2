// Owns which headings are for a failure of what the page itself does: "Recovery" behind the steps of an upgrade.
import type { HeadingRules } from '../headings/heading-rules.ts';
import { normaliseHeading } from '../headings/normalise-heading.ts';
import type { Heading, Outline } from '../headings/outline.ts';
import { isAboutTrouble } from '../headings/speaks-of-condition.ts';

/** On a page about a failure, these are its steps. */
const remedy =
  /^(?:(?:manual|quick|immediate|possible|suggested|failure|error|emergency) )?(?:recovery|recover|workarounds?|fix|fixes|the fix|how to (?:fix|resolve|recover)(?: it)?|solutions?|mitigations?|mitigate|remediations?|remediate|resolutions?|resolve|containment|contain|eradication|eradicate)(?: (?:steps?|procedures?|plans?|actions?|instructions|process))?$|^emergency (?:procedures?|steps|actions?|plan|instructions)$|^(?:恢复|恢复步骤|缓解|缓解措施|修复步骤|解决方法|解决方案|解决办法|应急处理|処置|復旧|復旧手順|復旧方法|対処|対処方法|対処手順|해결 ?방법|복구 절차)$/;

const change =
  /\b(?:upgrad|updat|patch|deploy|releas|install|migrat|chang|configur|rotat|renew|resiz|scal|mov(?:e|ing)|switch|cut ?over|roll ?out|replac|convert|reboot|restart)|升级|部署|迁移|变更|アップグレード|デプロイ|移行|変更|업그레이드|배포/;

/** Remedies behind work of the page, where the page has work of its own and does not begin with a failure. */
export function findRemedies({ headings }: Outline, rules: HeadingRules): ReadonlySet<Heading> {
  const found = new Set<Heading>();
  const { subject } = rules;
  if (isAboutTrouble(subject.title)) return found;
  const isChange = subject.builds || change.test(subject.title);
  let hasSteps = false;
  let hasWork = false;
  let until = 0;
  for (const heading of headings) {
    const match = rules.matchOf(heading);
    // What is wrong is looked for before it is mended.
    if (match?.kind === 'diagnosis' && match.nature === undefined && !hasWork) return found;
    const area = rules.areaOf(heading);
    if ((area !== 'steps' && area !== 'free') || rules.isTrouble(heading) || heading.start < until) continue;
    if (remedy.test(normaliseHeading(heading.title))) {
      until = heading.end;
      const isSection = match?.kind === 'steps';
      if (isChange ? hasWork : isSection && hasSteps) found.add(heading);
      continue;
    }
    const isWork = heading !== rules.titleHeading && rules.hasWork(heading.content);
    hasWork ||= isWork;
    hasSteps ||= match?.kind === 'steps' && match.nature === undefined && holdsWork(heading, rules);
  }
  return found;
}

function holdsWork(heading: Heading, rules: HeadingRules): boolean {
  return rules.hasWork(heading.content) || rules.holdsWorkBehind(heading, heading.start);
}
