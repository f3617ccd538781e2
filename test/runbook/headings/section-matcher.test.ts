import { describe, expect, test } from 'vitest';
import { makeSectionMatcher } from '../../../src/runbook/headings/section-matcher.ts';

const match = makeSectionMatcher();

describe('makeSectionMatcher', () => {
  test.each([
    ['Prerequisites', 'preconditions'],
    ['Before you begin', 'preconditions'],
    ['Pre-flight checks', 'preconditions'],
    ['Pre-Deployment Checklist', 'preconditions'],
    ['Prerequisites for the upgrade', 'preconditions'],
    ['前置条件', 'preconditions'],
    ['開始前に', 'preconditions'],
    ['Diagnosis', 'diagnosis'],
    ['Verify the issue', 'diagnosis'],
    ['Possible checks', 'diagnosis'],
    ['Troubleshooting', 'diagnosis'],
    ['故障排查', 'diagnosis'],
    ['Procedure', 'steps'],
    ['Step-by-step execution', 'steps'],
    ['Mitigation', 'steps'],
    ['Deployment steps', 'steps'],
    ['Steps for the scribe', 'steps'],
    ['Environment setup', 'steps'],
    ['操作步骤', 'steps'],
    ['対応手順', 'steps'],
    ['Verify the deployment', 'validation'],
    ['Post-upgrade checks', 'validation'],
    ['Verifying installation', 'validation'],
    ['Success Criteria', 'validation'],
    ['動作確認', 'validation'],
    ['Did it work?', 'validation'],
    ['How do I know it worked?', 'validation'],
    ['Definition of done', 'validation'],
    ['Verification & monitoring', 'validation'],
    ['Rollback plan', 'rollback'],
    ['Back-out', 'rollback'],
    ['Contingency Plan', 'rollback'],
    ['Roll back the deployment', 'rollback'],
    ['Undo the change', 'rollback'],
    ['切り戻し手順', 'rollback'],
    ['回滚方案', 'rollback'],
    ['Clean up', 'cleanup'],
    ['Clean up the Azure resources', 'cleanup'],
    ['Tearing down the transfer deployments', 'cleanup'],
    ['Phase 4: Cleanup', 'cleanup'],
    ['Verify cleanup', 'cleanup'],
    ['リソースのクリーンアップ', 'cleanup'],
    ['리소스 정리', 'cleanup'],
    ['IAM & Access Prerequisites', 'preconditions'],
    ['RBAC Requirements', 'preconditions'],
    ['Step 1: check upgrade requirements', 'preconditions'],
    ['Before upgrading', 'preconditions'],
    ['Pre-migration database checks', 'preconditions'],
    ['Prerequisites: Prepare for an ad-hoc backup', 'preconditions'],
    ['升级前检查', 'preconditions'],
    ['사전 점검', 'preconditions'],
    ['2. 升级前准备', 'steps'],
    ['Upgrade Process', 'steps'],
    ['절차', 'steps'],
    ['Troubleshooting DNS', 'diagnosis'],
    ['Rollback triggers', 'context'],
    ['クリーンアップ', 'cleanup'],
    ['Overview', 'context'],
    ['Environment variables', 'context'],
    ['Escalation path', 'context'],
    ['References', 'context'],
    ['Root cause', 'context'],
    ['4. Prevention', 'context'],
    ['Example Manual Backup Log', 'context'],
    ['Sample output', 'context'],
  ])('%j opens %s', (title, kind) => {
    expect(match(title)?.kind).toBe(kind);
  });

  test.each([
    'Verify Connection',
    'Verifying the operator container images',
    'Confirm that users can log in',
    'Ensure all pods are running',
    'Check Azure Policies are in place',
    'Step 6. Re-check service latency',
    'Test rate limiting',
    'Testing the configuration',
    'Testing',
    'E2E Testing',
    'Final verification on standard ports',
    'Post-operation checks',
    'Run automated smoke tests',
    'Log Verification',
    'SSL certificate verification',
    'View the log backup status',
    'Visit Application',
    'Deployment — Verify',
    '验证发布',
    '升级后验证',
    '检查数据是否一致',
    '起動の確認',
    '12. 검증 명령',
    'Monitor the rollout',
    'Monitor it for 30 minutes',
    'Watch the dashboards',
    '确认恢复',
    '검증하기',
  ])('%j opens a validation where work stands before it', (title) => {
    expect(match(title)).toMatchObject({ kind: 'validation', needs: 'work-before' });
  });

  test.each(['Restore the cluster from a backup', 'Restoring the database', '恢复数据'])(
    '%j goes back where a page only backs up',
    (title) => {
      expect(match(title)).toEqual({ kind: 'rollback', needs: 'page-backs-up', word: 'restore …' });
    },
  );

  test.each([
    'Verify the cause',
    'Confirm the root cause',
    'Validating admission webhooks',
    'Create collections with validation',
    'Input validation',
    'Disabling SSL verification',
    'Skip certificate validation',
    'Stricter configuration validation',
    'Regular Verification',
    'Example upgrade',
    'Test environment',
    'Test plan',
    'Check out the repository',
    'Cleanup policy for old images',
    'Delete the stuck pod',
    'Clean up old logs',
    '身份验证',
    'Rollback process type',
    'Rollback posture',
    'Undo and recovery lessons',
    'Validation pipeline',
    'Usage',
    'Process',
    'Stepwise refinement',
    'Install the chart',
    'Step 3',
    'Verify the issue tracker',
    'Cleanup policy',
    'Prerequisite knowledge graph',
  ])('%j opens nothing', (title) => {
    expect(match(title)).toBe(undefined);
  });

  test('says which words are preparation and which collect trouble', () => {
    expect(match('Setup')).toEqual({ kind: 'steps', nature: 'preparation', word: 'setup' });
    expect(match('Debugging')).toEqual({ kind: 'diagnosis', nature: 'trouble', word: 'debugging' });
    expect(match('Post-Migration Checks')).toEqual({ kind: 'validation', word: 'post-… checks' });
  });

  test('takes words of a document and a configuration, which win over the table', () => {
    const extended = makeSectionMatcher([{ rollback: ['Plan C'] }, { steps: ['Overview'] }]);
    expect(extended('2. Plan C:')).toEqual({ kind: 'rollback', word: 'Plan C', own: true });
    expect(extended('Overview')).toEqual({ kind: 'steps', word: 'Overview', own: true });
    expect(extended('Summary')?.kind).toBe('context');
  });
});
