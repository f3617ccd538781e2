import { describe, expect, test } from 'vitest';
import {
  makeSectionMatcher,
  normaliseHeading,
  stepLabel,
} from '../../../src/runbook/headings/section-matcher.ts';

const match = makeSectionMatcher();

describe('normaliseHeading', () => {
  test.each([
    ['Prerequisites', 'prerequisites'],
    ['  PRE-REQUISITES: ', 'pre requisites'],
    ['1.2) Roll-back', 'roll back'],
    ['1. Steps', 'steps'],
    ['IV. Validation', 'validation'],
    ['a) Steps', 'steps'],
    ['Step 3: Verification', 'verification'],
    ['Step 4 — Clean up', 'clean up'],
    ['Phase 2 - Rollback', 'rollback'],
    ['✅ Post-Deployment Verification', 'post deployment verification'],
    ['⏮️ Rollback Procedures', 'rollback procedures'],
    ['2️⃣ Verify', 'verify'],
    ['Clean up (optional)', 'clean up'],
    ['What’s next?', 'whats next'],
    ['Access & Information', 'access and information'],
    ['Prerequisites {#before-you-begin}', 'prerequisites'],
    ['第二步：验证', '验证'],
    ['一、前提条件', '前提条件'],
    ['２．ロールバック手順', 'ロールバック手順'],
    ['手順１：作業', '作業'],
    ['', ''],
    ['🎉', ''],
  ])('%j is %j', (title, normal) => {
    expect(normaliseHeading(title)).toBe(normal);
  });
});

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
    ['Rollback plan', 'rollback'],
    ['Back-out', 'rollback'],
    ['Contingency Plan', 'rollback'],
    ['Roll back the deployment', 'rollback'],
    ['Undo the change', 'rollback'],
    ['切り戻し手順', 'rollback'],
    ['回滚方案', 'rollback'],
    ['Clean up', 'cleanup'],
    ['クリーンアップ', 'cleanup'],
    ['Overview', 'context'],
    ['Environment variables', 'context'],
    ['Escalation path', 'context'],
    ['References', 'context'],
    ['Root cause', 'context'],
  ])('%j opens %s', (title, kind) => {
    expect(match(title)?.kind).toBe(kind);
  });

  test.each([
    'Rollback process type',
    'Rollback posture',
    'Undo and recovery lessons',
    'Validation pipeline',
    'Usage',
    'Testing',
    'Process',
    'Stepwise refinement',
    'Install the chart',
    'Step 3',
    'Verify the issue tracker',
    'Recover deleted objects from etcd',
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
    expect(extended('2. Plan C:')).toEqual({ kind: 'rollback', word: 'Plan C' });
    expect(extended('Overview')).toEqual({ kind: 'steps', word: 'Overview' });
    expect(extended('Summary')?.kind).toBe('context');
  });
});

describe('stepLabel', () => {
  test.each([
    ['Step 1: Drain', 'step-heading'],
    ['STEP 2', 'step-heading'],
    ['Step 0.1', 'step-heading'],
    ['🚀 Step 3 - Go', 'step-heading'],
    ['第三步 验证', 'step-heading'],
    ['步骤 2：部署', 'step-heading'],
    ['手順１ 準備', 'step-heading'],
    ['1. Drain', 'numbered-heading'],
    ['2) Drain', 'numbered-heading'],
    ['2.1 Drain', 'numbered-heading'],
    ['3️⃣ Drain', 'numbered-heading'],
    ['四、部署', 'numbered-heading'],
    ['Drain', undefined],
    ['3 ways to drain', undefined],
    ['2021-06-03 outage', undefined],
    ['Steps', undefined],
    ['Stepping down', undefined],
  ])('%j counts as %s', (title, label) => {
    expect(stepLabel(title)).toBe(label);
  });
});
