import { describe, expect, test } from 'vitest';
import { normaliseHeading, segmentsOf, stepLabel } from '../../../src/runbook/headings/normalise-heading.ts';

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

describe('segmentsOf', () => {
  test.each([
    ['Rollback Plan: Blue/Green', ['rollback plan: blue/green', 'rollback plan', 'blue/green']],
    ['Deployment — Verify', ['deployment — verify', 'deployment', 'verify']],
    ['Step 7: Roll back', ['roll back']],
    ['Appendix C: Rollback Procedures', ['rollback procedures', 'c']],
    ['Roll-back', ['roll back']],
    ['🎉', []],
  ])('%j has the parts %j', (title, segments) => {
    expect(segmentsOf(title)).toEqual(segments);
  });
});
