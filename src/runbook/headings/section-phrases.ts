// Owns the words that headings of sections are made of: whole phrases, and verbs with what they act on.
import type { SectionKind } from '../runbook.ts';

/*
 * The words, grown from the headings of 15,297 public Markdown files: those that stand in several repositories
 * and mean the section in nearly all of them. Left out on purpose:
 * - "environment variables", "variables", "parameters", "inputs", "credentials", "tools", "configuration": a
 *   precondition is something that can hold or be checked, and these describe. They are context.
 * - "usage", "process", "run", "test", "testing", "tests", "checks": too often a chapter of a manual.
 * - "uninstall": in an installation guide it undoes what the run is for, so it is no tidying up after it.
 * All are compared in the form that `normaliseHeading` gives: lower case, no hyphens, no numbering.
 */
export const sectionPhrases: Readonly<Record<SectionKind, string>> = {
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
    사전 요구 사항|사전 요구사항|사전 조건|전제 조건|전제조건|요구 사항|요구사항|필수 조건|시작하기 전에|사전 점검|사전 확인
    前置检查|预检查|事前確認|事前チェック|システム要件|動作要件|前提知識と準備|事前条件`,
  diagnosis: `
    diagnosis|diagnose|diagnostics|diagnostic steps|diagnosis steps|investigation|investigate|investigation steps
    initial investigation|triage|triage steps|initial triage|symptoms|symptom|detection|detect
    detection and analysis|identification|identify|root cause analysis|initial assessment|assessment
    possible checks|verify the issue|verify the problem|verify the alert|verify the incident|verify issue|verify alert
    confirm the issue|confirm the problem|confirm the alert|confirm the incident|validate the alert
    진단|증상|원인 분석|원인분석
    诊断|诊断步骤|症状|故障现象|问题现象|原因分析|診断|調査|調査手順|原因調査|切り分け|事象の確認`,
  steps: `
    steps|step|procedure|procedures|step by step|step by step guide|step by step instructions
    step by step execution|step by step procedure|instructions|mitigation|mitigations|mitigate|mitigation steps
    remediation|remediate|remediation steps|resolution|resolution steps|resolve|recovery|recover|fix|the fix
    how to fix|how to fix it|how to resolve|solution|solutions|workaround|workarounds|actions|action
    immediate action|immediate actions|actions to take|response|response steps|response actions|execution|execute
    implementation|implementation plan|change|contain|containment|eradicate|eradication|runbook steps|task steps
    what to do|operations to perform
    절차|작업 절차|실행 절차|복구 절차|대응 절차|설치 절차|배포 절차|조치|조치 방법|해결 방법|해결방법
    步骤|操作步骤|操作流程|处理步骤|处理流程|处理方法|解决方法|解决方案|解决办法|恢复步骤|恢复|执行步骤|实施步骤|处置步骤|应急处理|缓解|缓解措施
    修复步骤|部署步骤|升级步骤|安装步骤|迁移步骤|手順|作業手順|操作手順|実施手順|対応手順|復旧手順|復旧|復旧方法|対処|対処方法|対処手順|対応|対応方法
    解決方法|解決策|実行手順|変更手順`,
  validation: `
    verification|verify|verification steps|verification points|verification checklist|verifications|validation
    validate|validations|validation steps|validation checks|post check|post checks|postchecks|post flight checks
    post checklist|health check|health checks|healthcheck|healthchecks|success criteria|acceptance criteria
    exit criteria|smoke test|smoke tests|sanity check|sanity checks|final check|final checks|final verification
    is it working|does it work|did it work|how to know it worked|how to know that it worked|how do i know it worked
    how do you know it worked|success looks like|what success looks like|definition of done|expected outcome
    expected state|expected end state|acceptance|acceptance checks|confirmation|verification and monitoring
    validation and monitoring|confirm success|verify success|check the result|check the results|verify the result|verify the results
    verify results|verify it works|verify that it works|verify everything works|confirm it works|expected results
    검증|확인|검증 절차|확인 절차|검증 방법|확인 방법|상태 확인|동작 확인
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
    downgrade procedure|how to downgrade|if something goes wrong|plan b|exit strategy|exit plan|escape hatch|panic button
    bail out|bailout|bail out plan|bailout plan|abort plan|way back|the way back|how to go back|how to get back|going back
    롤백|롤백 절차|롤백 방법|롤백 계획|복원 절차|원복|되돌리기
    回滚|回滚步骤|回滚方案|回滚计划|回滚操作|回退|回退步骤|回退方案|回退计划|回退操作|降级|降级步骤|撤销|ロールバック|ロールバック手順|ロールバック計画|切り戻し
    切り戻し手順|切戻し|切戻し手順|戻し手順|ダウングレード|ダウングレード手順|フェイルバック`,
  cleanup: `
    cleanup|clean up|cleaning up|teardown|tear down|tearing down|clean up resources|cleanup resources
    clean up the resources|delete resources|delete the resources|delete all resources|remove resources
    clean up steps|cleanup steps|clean up the environment|tidy up|tidying up
    정리|리소스 정리|정리 작업|클린업|뒷정리
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
    additional information|learn more|related|next step|next steps|whats next|what is next|what next|how it works|how this works|how does it work|where to go next|notes
    note|additional notes|caveats|limitations|known limitations|faq|faqs|frequently asked questions|appendix
    appendices|changelog|change log|change history|revision history|version history|history|run log|lessons learned
    post mortem|postmortem|metadata|table of contents|contents|toc|examples|example|environment variables
    variables|parameters|inputs|input|outputs|output|configuration reference|command reference|quick reference
    cheat sheet|monitoring|tools|uninstall|uninstalling|license|timeline|estimated time|known issues
    common issues|common errors|common problems|prevention|preventive measures|preventive actions|preventing recurrence
    rollback criteria|rollback triggers|rollback trigger|rollback conditions|rollback decision
    개요|배경|목적|범위|참고|참고 자료|참조|관련 문서|주의 사항|주의사항|영향|원인|에스컬레이션|연락처|다음 단계
    概述|概要|简介|介绍|背景|目的|目标|适用范围|说明|影响|含义|原因|参考|参考资料|相关文档|相关链接|链接|附录|注意事项|备注|联系方式|联系人|升级策略
    常见问题|下一步|环境变量|参数|目录|限制|はじめに|目標|対象|対象者|影響|原因|参考情報|参考資料|関連資料|関連リンク|リンク|付録|注意事項|備考|連絡先
    エスカレーション|よくある質問|次のステップ|環境変数|パラメータ|用語|変更履歴`,
};

export const preparation = `
  preparation|preparations|prepare|preparation steps|setup|set up|initial setup|environment setup
  environment preparation|setup steps|准备|准备工作|环境准备|準備|事前準備|環境構築|初期設定`;

export const trouble = `
  troubleshooting|troubleshoot|troubleshooting steps|troubleshooting guide|debugging|debug|analysis
  문제 해결|트러블슈팅
  故障排查|故障排除|问题排查|排查|排查步骤|排查方法|トラブルシューティング`;
