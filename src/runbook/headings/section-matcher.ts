// Owns which heading words open which section.
import type { SectionKind } from '../runbook.ts';

/** What a heading's words say of its section. */
export interface SectionMatch {
  readonly kind: SectionKind;
  /** The word or pattern of the table that matched. */
  readonly word: string;
  /**
   * `preparation` is work that precedes the work: it is part of the steps, but does not say that all steps
   * stand below such headings. `trouble` is a collection of problems, whose solutions are no steps of a run.
   */
  readonly nature?: 'preparation' | 'trouble';
}

/*
 * The words, grown from the headings of 15,297 public Markdown files: those that stand in several repositories
 * and mean the section in nearly all of them. Left out on purpose:
 * - "environment variables", "variables", "parameters", "inputs", "credentials", "tools", "configuration": a
 *   precondition is something that can hold or be checked, and these describe. They are context.
 * - "usage", "process", "run", "test", "testing", "tests", "checks": too often a chapter of a manual.
 * - "uninstall": in an installation guide it undoes what the run is for, so it is no tidying up after it.
 * All are compared in the form that `normaliseHeading` gives: lower case, no hyphens, no numbering.
 */
const words: Readonly<Record<SectionKind, string>> = {
  preconditions: `
    prerequisites|prerequisite|pre requisites|pre requisite|prereqs|prerequisites and assumptions|requirements
    system requirements|requirement|pre requirements|preconditions|precondition|pre conditions|before you begin
    before you start|before starting|before beginning|before we start|pre flight|preflight|pre flight check
    pre flight checks|pre flight checklist|preflight check|preflight checks|preflight checklist|pre check
    pre checks|precheck|prechecks|pre checklist|pre change|entry criteria|assumptions|required tools
    tools required|tools needed|required access|access required|access needed|access requirements
    access and information|access and permissions|access and tools|required permissions|permissions required
    permissions|permissions needed|what you need|what you will need|you will need|what youll need|checks before
    safety checks|go/no go|go / no go|go no go
    前提条件|前置条件|先决条件|前置要求|前提|先決条件|必要条件|环境要求|系统要求|開始前に|開始する前に|始める前に|开始之前|准备条件
    前置检查|预检查|事前確認|事前チェック|システム要件|動作要件|前提知識と準備|事前条件`,
  diagnosis: `
    diagnosis|diagnose|diagnostics|diagnostic steps|diagnosis steps|investigation|investigate|investigation steps
    initial investigation|triage|triage steps|initial triage|symptoms|symptom|detection|detect
    detection and analysis|identification|identify|root cause analysis|initial assessment|assessment
    verify the issue|verify the problem|verify the alert|verify the incident|verify issue|verify alert
    confirm the issue|confirm the problem|confirm the alert|confirm the incident|validate the alert
    诊断|诊断步骤|症状|故障现象|问题现象|原因分析|診断|調査|調査手順|原因調査|切り分け|事象の確認`,
  steps: `
    steps|step|procedure|procedures|step by step|step by step guide|step by step instructions
    step by step execution|step by step procedure|instructions|mitigation|mitigations|mitigate|mitigation steps
    remediation|remediate|remediation steps|resolution|resolution steps|resolve|recovery|recover|fix|the fix
    how to fix|how to fix it|how to resolve|solution|solutions|workaround|workarounds|actions|action
    immediate action|immediate actions|actions to take|response|response steps|response actions|execution|execute
    implementation|implementation plan|change|contain|containment|eradicate|eradication|runbook steps|task steps
    what to do|operations to perform
    步骤|操作步骤|操作流程|处理步骤|处理流程|处理方法|解决方法|解决方案|解决办法|恢复步骤|恢复|执行步骤|实施步骤|处置步骤|应急处理|缓解|缓解措施
    修复步骤|部署步骤|升级步骤|安装步骤|迁移步骤|手順|作業手順|操作手順|実施手順|対応手順|復旧手順|復旧|復旧方法|対処|対処方法|対処手順|対応|対応方法
    解決方法|解決策|実行手順|変更手順`,
  validation: `
    verification|verify|verification steps|verification points|verification checklist|verifications|validation
    validate|validations|validation steps|validation checks|post check|post checks|postchecks|post flight checks
    post checklist|health check|health checks|healthcheck|healthchecks|success criteria|acceptance criteria
    exit criteria|smoke test|smoke tests|sanity check|sanity checks|final check|final checks|final verification
    confirm success|verify success|check the result|check the results|verify the result|verify the results
    verify results|verify it works|verify that it works|verify everything works|confirm it works|expected results
    验证|验证步骤|验证安装|验证部署|验证结果|验证升级|结果验证|检查结果|校验|健康检查|验收标准|確認手順|動作確認|検証|検証手順|事後確認|正常性確認
    ヘルスチェック|完了条件`,
  rollback: `
    rollback|roll back|rollbacks|rolling back|rollback procedure|rollback procedures|rollback plan|rollback plans
    rollback steps|rollback instructions|rollback process|rollback strategy|rollback actions|rollback and recovery
    database rollback|application rollback|emergency rollback|manual rollback|full rollback|quick rollback
    how to roll back|how to rollback|back out|backout|back out plan|backout plan|back out procedure
    backout procedure|back out steps|backout steps|backing out|contingency|contingency plan|contingency plans
    contingency procedure|fallback|fall back|fallback plan|fall back plan|fallback procedure|revert|reverting
    revert steps|revert plan|revert procedure|how to revert|undo|undo steps|how to undo|failback|fail back
    failback procedure|failback procedures|failback steps|downgrade|downgrading|downgrade steps
    downgrade procedure|how to downgrade|if something goes wrong|plan b
    回滚|回滚步骤|回滚方案|回滚计划|回滚操作|回退|回退步骤|回退方案|回退计划|回退操作|降级|降级步骤|撤销|ロールバック|ロールバック手順|ロールバック計画|切り戻し
    切り戻し手順|切戻し|切戻し手順|戻し手順|ダウングレード|ダウングレード手順|フェイルバック`,
  cleanup: `
    cleanup|clean up|cleaning up|teardown|tear down|tearing down|clean up resources|cleanup resources
    clean up the resources|delete resources|delete the resources|delete all resources|remove resources
    clean up steps|cleanup steps|clean up the environment|tidy up|tidying up
    清理|清理资源|清理环境|清理工作|删除资源|クリーンアップ|後片付け|後始末|リソースの削除`,
  context: `
    overview|introduction|intro|summary|background|purpose|scope|description|goal|goals|objective|objectives
    context|about|about this guide|about this document|about this runbook|abstract|executive summary|definition
    definitions|terminology|glossary|what this is|what it is|what is it|what it does|what this does|task description
    desired outcome|what is this for|who is this for|audience|architecture|architecture overview|project overview
    high level overview|technical overview|business overview|meaning|impact|severity|severity levels
    severity classification|cause|causes|possible causes|root cause|root causes|problem|the problem|triggers
    alerts|related alerts|failure modes|escalation|escalate|escalation path|escalation procedure
    escalation procedures|escalation policy|escalation policies|escalation contacts|contact|contacts
    contact information|emergency contacts|points of contact|support|getting help|help|communication
    communications|communicate|communication channels|communication plan|communication templates|ownership|owner
    owners|on call|responsibilities|roles|roles and responsibilities|designated responders|responders|stakeholders
    links|useful links|related links|actionable links|references|reference|resources|additional resources
    related resources|other resources|documentation|detailed documentation|related documentation
    related documents|related runbooks|further reading|further information|see also|more information|more info
    additional information|learn more|related|next step|next steps|whats next|what is next|where to go next|notes
    note|additional notes|caveats|limitations|known limitations|faq|faqs|frequently asked questions|appendix
    appendices|changelog|change log|change history|revision history|version history|history|run log|lessons learned
    post mortem|postmortem|metadata|table of contents|contents|toc|examples|example|environment variables
    variables|parameters|inputs|input|outputs|output|configuration reference|command reference|quick reference
    cheat sheet|monitoring|tools|uninstall|uninstalling|license|timeline|estimated time|known issues
    common issues|common errors|common problems
    概述|概要|简介|介绍|背景|目的|目标|适用范围|说明|影响|含义|原因|参考|参考资料|相关文档|相关链接|链接|附录|注意事项|备注|联系方式|联系人|升级策略
    常见问题|下一步|环境变量|参数|目录|限制|はじめに|目標|対象|対象者|影響|原因|参考情報|参考資料|関連資料|関連リンク|リンク|付録|注意事項|備考|連絡先
    エスカレーション|よくある質問|次のステップ|環境変数|パラメータ|用語|変更履歴`,
};

const preparation = `
  preparation|preparations|prepare|preparation steps|setup|set up|initial setup|environment setup
  environment preparation|setup steps|准备|准备工作|环境准备|準備|事前準備|環境構築|初期設定`;

const trouble = `
  troubleshooting|troubleshoot|troubleshooting steps|troubleshooting guide|debugging|debug|analysis
  故障排查|故障排除|问题排查|排查|排查步骤|排查方法|トラブルシューティング`;

const change =
  '(?:deployment|deploy|upgrade|update|release|migration|maintenance|installation|install|change|failover|launch|rollout|cutover|restore|restoration|recovery|reboot|restart|switchover|patch|patching|flight|implementation)';

const startsWith =
  (...words: readonly string[]) =>
  (title: string): boolean =>
    words.some((word) => title.startsWith(word));

const endsWith =
  (...words: readonly string[]) =>
  (title: string): boolean =>
    words.some((word) => title.endsWith(word));

/**
 * Forms that many headings vary, each exact enough to be right. Tried in order after the words, and only where a
 * heading has what it cannot match without: patterns take long to compile.
 */
const patterns: readonly (SectionMatch & {
  readonly needs: (title: string) => boolean;
  readonly pattern: RegExp;
})[] = [
  {
    kind: 'preconditions',
    word: 'pre-… checks',
    needs: startsWith('pre'),
    pattern: new RegExp(
      `^pre ?${change} (?:check|checks|checklist|checklists|validation|verification|requirements|conditions)$`,
    ),
  },
  {
    kind: 'preconditions',
    word: 'prerequisites for …',
    needs: startsWith('pre'),
    pattern: /^(?:prerequisites|pre requisites) (?:for|to) \S/,
  },
  {
    kind: 'validation',
    word: 'post-… checks',
    needs: startsWith('post'),
    pattern: new RegExp(
      `^post ?${change} (?:check|checks|checklist|checklists|validation|validations|verification|tests?)$`,
    ),
  },
  {
    kind: 'validation',
    word: '… verification',
    needs: endsWith('ation', 'ation checklist'),
    pattern: new RegExp(`^${change} (?:verification|validation|verification checklist)$`),
  },
  {
    kind: 'validation',
    word: 'verify the …',
    needs: startsWith('verif', 'valid', 'confirm', 'test', 'check'),
    pattern: new RegExp(
      `^(?:verify|verifying|validate|validating|confirm|confirming|test|testing|check) (?:that )?(?:the |your )?(?:${change}|application|app|changes|new version|fix|backup)(?: (?:locally|succeeded|was successful|worked|is complete|completed))?$`,
    ),
  },
  {
    kind: 'rollback',
    word: 'rollback of …',
    needs: startsWith('roll', 'revert', 'undo', 'back'),
    pattern: new RegExp(
      `^(?:roll ?back|rolling back|revert|reverting|undo|undoing|back out|backing out)(?: of| from)? (?:the |a |an |your |this )?(?:\\S+ )?(?:${change}|changes|version|configuration|config|previous version|to the previous version)$`,
    ),
  },
  {
    kind: 'rollback',
    word: '… rollback',
    needs: (title) => title.includes('rollback') || title.includes('roll back'),
    pattern: new RegExp(`^${change} roll ?back(?: plan| steps| procedure)?$`),
  },
  {
    kind: 'steps',
    word: 'steps for …',
    needs: startsWith('steps', 'procedure', 'instructions'),
    pattern: /^(?:steps|procedure|instructions) (?:for|to) \S/,
  },
  {
    kind: 'steps',
    word: '… steps',
    needs: endsWith('step', 'steps', 'procedure', 'procedures', 'instruction', 'instructions'),
    pattern: new RegExp(
      `^(?:the |manual |detailed |general |standard |emergency |main )?(?:${change}|manual|detailed|general|standard|emergency|main|execution|remediation|resolution|mitigation|backup|scaling|provisioning|onboarding|rotation|renewal) (?:steps?|procedures?|instructions)$`,
    ),
  },
];

const table = makeTable();

type Meaning = Omit<SectionMatch, 'word'>;

function makeTable(): ReadonlyMap<string, Meaning> {
  const made = new Map<string, Meaning>();
  const add = (list: string, meaning: Meaning) => {
    for (const word of list.trim().split(/\s*[|\n]\s*/)) if (!made.has(word)) made.set(word, meaning);
  };
  add(preparation, { kind: 'steps', nature: 'preparation' });
  add(trouble, { kind: 'diagnosis', nature: 'trouble' });
  for (const [kind, list] of Object.entries(words)) add(list, { kind: kind as SectionKind });
  return made;
}

/** Words that a user or a document adds to the table. */
export type ExtraSectionWords = Readonly<Partial<Record<SectionKind, readonly string[]>>>;

/** Tells which section a heading opens, if any. Extra words win over the table. */
export type SectionMatcher = (title: string) => SectionMatch | undefined;

export function makeSectionMatcher(extra: readonly ExtraSectionWords[] = []): SectionMatcher {
  const added = new Map<string, SectionMatch>();
  for (const sections of extra) {
    for (const [kind, list] of Object.entries(sections)) {
      for (const word of list) added.set(normaliseHeading(word), { kind: kind as SectionKind, word });
    }
  }
  return (title) => {
    const normal = normaliseHeading(title);
    if (normal === '') return undefined;
    const meaning = table.get(normal);
    const known = added.get(normal) ?? (meaning && { ...meaning, word: normal });
    if (known !== undefined) return known;
    const found = patterns.find(({ needs, pattern }) => needs(normal) && pattern.test(normal));
    return found === undefined ? undefined : { kind: found.kind, word: found.word };
  };
}

const longestWords = 200;

/**
 * A heading without what does not tell it from others: letter case, numbering, "Step N:", emoji, punctuation
 * at its ends, a trailing "(optional)", an anchor in braces, hyphens.
 */
export function normaliseHeading(title: string): string {
  // No word of the table is nearly as long, and some of these patterns are slow on what is.
  if (title.length > longestWords) return '';
  const words = withoutNumbering(withoutDecoration(title))
    .replace(/\s*[(（](?:optional|required|recommended|if needed|as needed|可选|任意|必須)[)）]\s*$/, '')
    .replace(/['’‘]/g, '')
    .replace(/&/g, ' and ')
    .replace(/(?<=\S)[-‐‑–—](?=\S)/g, ' ');
  return trimToWords(words).replace(/\s+/g, ' ');
}

/** Most headings are ASCII, and the classes of Unicode are slow to set up: only others pay for them. */
function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

function trimToWords(text: string): string {
  if (isAscii(text)) return text.replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

/** The shapes of counted headings in lower case, for ASCII and for all writing; see `stepLabel`. */
const asciiLabels = {
  step: /^step\s*#?\d+(?:[.-]\d+)*[a-z]?(?![a-z0-9])/,
  number: /^(?:\d+(?:\.\d+)+[.):]?(?=\s)|\(?\d+[.):](?=\s|[a-z]|$))\s*/,
  lead: /^[^a-z0-9(]+/,
};

const labels = {
  step: /^(?:step\s*#?\d+(?:[.-]\d+)*[a-z]?|第\s*[\d０-９一二三四五六七八九十]+\s*步|步骤\s*[\d一二三四五六七八九十]+|(?:手順|ステップ)\s*[\d０-９]+)(?![\p{L}\p{N}])/u,
  number:
    /^(?:\d+(?:\.\d+)+[.):、]?(?=\s)|[(（]?\d+[.)）:、．](?=\s|\p{L}|$)|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）])\s*/u,
  lead: /^[^\p{L}\p{N}(（]+/u,
};

function labelsFor(text: string): typeof labels {
  return isAscii(text) ? asciiLabels : labels;
}

function withoutNumbering(text: string): string {
  const { step, number } = labelsFor(text);
  return text
    .replace(step, '')
    .replace(/^[\s.:)、：\-–—|]+/, '')
    .replace(number, '')
    .replace(/^(?:phase|part|stage)\s*\d+\s*[.:\-–—]\s*/, '')
    .replace(/^(?:[a-z]|[ivx]{1,4})[.)]\s+/, '');
}

/** Lower case, one kind of space, no emoji, no anchor. */
function withoutDecoration(title: string): string {
  return (isAscii(title) ? title : withoutSymbols(title))
    .toLowerCase()
    .replace(/\{[^{}]*\}\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function withoutSymbols(title: string): string {
  return title
    .normalize('NFKC')
    .replace(/(\d)\ufe0f?\u20e3/g, '$1. ')
    .replace(/\p{Extended_Pictographic}|[\u{1f1e6}-\u{1f1ff}]|[\u{1f3fb}-\u{1f3ff}]/gu, ' ')
    .replace(/\u200d|[\ufe0e\ufe0f\u200b\ufeff]/g, '');
}

/** Whether a heading counts its step: "Step 3: …" or "3. …"; `undefined` for headings that do not count. */
export function stepLabel(title: string): 'step-heading' | 'numbered-heading' | undefined {
  const plain = withoutDecoration(title.slice(0, longestWords));
  const { step, number, lead } = labelsFor(plain);
  const text = plain.replace(lead, '');
  if (step.test(text)) return 'step-heading';
  return number.test(text) ? 'numbered-heading' : undefined;
}

/** How much of a title is its count, as "Step 2: " and "2. " are; 0 where it has none. */
export function behindLabel(written: string): number {
  const text = written.toLowerCase();
  if (text.length !== written.length) return 0;
  const { step, number } = labelsFor(text);
  const label = (step.exec(text) ?? number.exec(text))?.[0];
  if (label === undefined) return 0;
  return label.length + (/^[\s.:)、：\-–—|]+/.exec(text.slice(label.length))?.[0].length ?? 0);
}
