import { describe, expect, test } from 'vitest';
import type { Step } from '../../src/runbook/runbook.ts';
import { readCorpus } from '../corpus.ts';
import { parse, sectionsOf } from './runbook-of.ts';

/** Steps as one line each: what they are, and how many blocks run, lists are ticked and runbooks are linked. */
function shape(steps: readonly Step[], indent = ''): string[] {
  return steps.flatMap((step) => {
    const active = step.parts.filter(
      (part) => part.type !== 'prose' && !(part.type === 'block' && !part.block.runnable),
    );
    const work = step.manual ? 'manual' : String(active.length);
    return [
      `${indent}${step.section} ${step.rule} ${step.name}: ${work}`,
      ...shape(step.validation, `${indent}  validates: `),
      ...shape(step.rollback, `${indent}  undoes: `),
    ];
  });
}

const corpus = new Map(readCorpus().map(({ path, text }) => [path, text]));

/** Real runbooks, read and judged by eye: what a reader would call their sections and steps. */
const expected: Readonly<
  Record<string, { readonly sections: readonly string[]; readonly steps: readonly string[] }>
> = {
  'openshift__runbooks/RuncDeprecated.md': {
    sections: [
      '## Meaning: context by "meaning"',
      '## Impact: context by "impact"',
      '## Diagnosis: diagnosis by "diagnosis"',
      '## Mitigation: steps by "mitigation"',
      '#### Verification: validation by "verification" of for-any-openshift-container-platform-418-or-greater-cluster',
      '### Additional Resources: context by "additional resources"',
    ],
    steps: [
      'diagnosis code-heading diagnosis: 2',
      'steps sub-heading for-clusters-upgraded-from-openshift-container-platform-417: 2',
      'steps sub-heading for-any-openshift-container-platform-418-or-greater-cluster: 4',
      '  validates: validation list-item open-an-oc-debug-session-to: 1',
      '  validates: validation list-item set-host-as-the-root-directory: 1',
      '  validates: validation list-item check-the-container-runtime: 1',
    ],
  },
  'prometheus-operator__runbooks/etcdMembersDown.md': {
    sections: [
      '## Meaning: context by "meaning"',
      '## Impact: context by "impact"',
      '## Diagnosis: diagnosis by "diagnosis"',
      '## Mitigation: steps by "mitigation"',
    ],
    steps: [
      'diagnosis code-heading diagnosis: 2',
      'diagnosis sub-heading general-etcd-health: 3',
      'steps section mitigation: manual',
    ],
  },
  'prometheus-operator__runbooks/KubePersistentVolumeFillingUp.md': {
    sections: [
      '## Meaning: context by "meaning"',
      '## Impact: context by "impact"',
      '## Diagnosis: diagnosis by "diagnosis"',
      '## Mitigation: steps by "mitigation"',
    ],
    steps: [
      'steps sub-heading data-retention: manual',
      'steps sub-heading data-export: manual',
      'steps sub-heading data-rebalance-in-the-cluster: manual',
      'steps sub-heading direct-volume-resizing: 4',
      'steps sub-heading migrate-data-to-a-new-larger-volume: manual',
      'steps sub-heading purge-volume: manual',
      'steps sub-heading migrate-data-to-new-larger-instance-pool-in-the-same-cluster: manual',
      'steps sub-heading migrate-data-to-new-larger-cluster: manual',
    ],
  },
  'nikolaospapagiannis__OpenMeet/DEPLOYMENT_RUNBOOK.md': {
    sections: [
      '## 📋 Table of Contents: context by "table of contents"',
      '## 🔒 Pre-Deployment Checklist: preconditions by "pre-… checks"',
      '## 🌍 Environment Setup: steps by "environment setup"',
      '### Prerequisites: preconditions by "prerequisites"',
      '### 3. Verify Database State: validation by "verify …"',
      '## ✅ Post-Deployment Verification: validation by "post-… checks"',
      '## ⏮️ Rollback Procedures: rollback by "rollback procedures"',
      '## 🔧 Troubleshooting: diagnosis by "troubleshooting"',
      '### Common Issues: context by "common issues"',
      '### Emergency Contacts: context by "emergency contacts"',
      '## 📚 Additional Resources: context by "additional resources"',
    ],
    steps: [
      'preconditions sub-heading code-quality: 1',
      'preconditions sub-heading security: 1',
      'preconditions sub-heading infrastructure: 1',
      'preconditions sub-heading communication: 1',
      'preconditions section prerequisites: manual',
      'steps sub-heading configure-kubectl: 1',
      'steps sub-heading set-environment-variables: 1',
      'steps numbered-heading 1-backup-current-database: 1',
      'steps numbered-heading 2-run-migrations: 1',
      'validation code-heading 3-verify-database-state: 1',
      'steps code-heading option-a-rolling-update-zero-downtime: 1',
      'steps code-heading option-b-blue-green-deployment: 1',
      'steps code-heading option-c-canary-deployment: 1',
      'validation numbered-heading 1-health-checks: 1',
      'validation numbered-heading 2-smoke-tests: 1',
      'validation numbered-heading 3-performance-checks: 1',
      'validation numbered-heading 4-log-verification: 1',
      'validation numbered-heading 5-metrics-verification: 1',
      'rollback sub-heading emergency-rollback: 1',
      'rollback sub-heading database-rollback: 1',
      'rollback sub-heading full-environment-rollback: 1',
      'steps code-heading access-monitoring-tools: 1',
      'context code-heading 1-pods-not-starting: 1',
      'context code-heading 2-database-connection-errors: 1',
      'context code-heading 3-high-memory-usage: 1',
      'context code-heading 4-ssl-certificate-issues: 1',
    ],
  },
  'mattrussi__gitlab-com-runbooks/k8s-pvc-resize.md': {
    sections: [
      '## Procedure: steps by "procedure"',
      '### Step 1: Preflight checks: preconditions by "preflight checks"',
      '# Step 5: Post-operation checks: validation by "verification of …"',
      '## Rollback: rollback by "rollback"',
    ],
    steps: [
      'preconditions section step-1-preflight-checks: 1',
      'steps step-heading step-2-check-the-current-state: 1',
      'steps step-heading step-3-delete-the-stateful-set: 2',
      'steps step-heading step-4-resize-the-persistent-volumes: 3',
      'validation code-heading step-5-post-operation-checks: 3',
      'rollback code-heading rollback: 2',
    ],
  },
  'mattrussi__gitlab-com-runbooks/chef-troubleshooting.md': {
    sections: [
      '## Symptoms: diagnosis by "symptoms"',
      '## Resolution: steps by "resolution"',
      '## Alerts: context by "alerts"',
    ],
    steps: [
      'diagnosis list-item nodes-are-missing-chef-roles: 1',
      'steps list-item check-if-the-workers-have-the: 3',
      'steps list-item see-resolution-steps-at-point-1: manual',
      'steps list-item check-if-the-ipnumber-is-correct: 1',
    ],
  },
  'goharbor__website/roll-back-upgrade.md': {
    sections: [],
    steps: [
      'steps list-item stop-and-remove-the-current-harbor: 1',
      'steps list-item remove-current-harbor-instance: 1',
      'steps list-item restore-the-older-version-of-harbor: 1',
      'steps list-item to-restore-the-database-copy-the: manual',
      'steps list-item restart-the-harbor-service-using-the: 1',
    ],
  },
  'kubernetes__kops/rotate-secrets.md': {
    sections: [
      '#### Rollback procedure: rollback by "rollback procedure" of 1-create-and-stage-new-keypair',
      '#### Rollback procedure: rollback by "rollback procedure" of 2-export-and-distribute-new-kubeconfig-certificate-authority-data',
      '#### Rollback procedure: rollback by "rollback procedure" of 3-promote-the-new-keypairs',
      '#### Rollback procedure: rollback by "rollback procedure" of 4-export-and-distribute-new-kubeconfig-admin-credentials',
      '#### Rollback procedure: rollback by "rollback procedure" of 5-distrust-the-previous-keypairs',
      '#### Rollback procedure: rollback by "rollback procedure" of 6-export-and-distribute-new-kubeconfig-certificate-authority-data',
      '### 5. Verify the cluster is back up: validation by "verify …"',
    ],
    steps: [
      'steps numbered-heading 1-create-and-stage-new-keypair: 1',
      '  undoes: rollback section rollback-procedure: manual',
      'steps numbered-heading 2-export-and-distribute-new-kubeconfig-certificate-authority-data: 1',
      '  undoes: rollback section rollback-procedure-1: manual',
      'steps numbered-heading 3-promote-the-new-keypairs: 1',
      '  undoes: rollback section rollback-procedure-2: manual',
      'steps numbered-heading 4-export-and-distribute-new-kubeconfig-admin-credentials: 1',
      '  undoes: rollback section rollback-procedure-3: manual',
      'steps numbered-heading 5-distrust-the-previous-keypairs: 1',
      '  undoes: rollback section rollback-procedure-4: manual',
      'steps numbered-heading 6-export-and-distribute-new-kubeconfig-certificate-authority-data: 1',
      '  undoes: rollback section rollback-procedure-5: manual',
      'steps numbered-heading 1-delete-all-secrets: 1',
      'steps numbered-heading 2-recreate-all-secrets: 1',
      'steps numbered-heading 3-force-cluster-to-use-new-secrets: 4',
      'steps numbered-heading 4-recreate-all-service-accounts: 1',
      'validation code-heading 5-verify-the-cluster-is-back-up: 1',
    ],
  },
  'kubernetes__kubernetes.github.io/upgrading-windows-nodes.md': {
    sections: ['## Prerequisites: preconditions by "prerequisites"'],
    steps: [
      'preconditions section prerequisites: manual',
      'steps list-item windowsノードからkubeadmをアップグレードします: 1',
      'steps list-item kubernetes-apiにアクセスできるマシンから-ノードをスケジュール不可としてマークし: 1',
      'steps list-item windowsノードから次のコマンドを呼び出して新しいkubelet構成を同期します: 1',
      'steps list-item windowsノードからkubeletをアップグレードして再起動します: 1',
      'steps list-item kubernetes-apiにアクセスできるマシンから-スケジュール可能としてマークしてノー: 1',
      'steps list-item kubernetes-apiにアクセスできるマシンから次を実行します-もう一度-par: 1',
    ],
  },
  'easzlab__kubeasz/cluster_restore.md': {
    sections: ['## 参考: context by "参考"'],
    steps: ['steps code-heading 备份与恢复操作说明: 3'],
  },
  'cybozu-go__neco/procedure.md': {
    sections: [],
    steps: [
      'steps code-block update-repository-to-the-latest-state: 1',
      'steps code-block or-clone-repository: 1',
      'steps code-block create-branch: 1',
      'steps code-block build-generate-artifacs-and-update-artifactsgo: 1',
      'steps code-block create-a-pr: 1',
      'steps code-block after-ci-is-finished-merge-it: manual',
    ],
  },
  'alphagov__govuk-developer-docs/reindex-elasticsearch.html.erb.md': {
    sections: [
      '### 1. Preflight checks: preconditions by "preflight checks"',
      '### 3. Clean up: cleanup by "clean up"',
      '### Troubleshooting: diagnosis by "troubleshooting"',
      '#### To switch back to the old index: rollback by "roll back …"',
    ],
    steps: [
      'preconditions sub-heading check-for-old-indices: 2',
      'steps numbered-heading 2-run-the-reindex: 1',
      'steps numbered-heading 4-update-index: manual',
      'diagnosis sub-heading to-stop-the-reindexing-job: 2',
      'rollback section to-switch-back-to-the-old-index: manual',
    ],
  },
  'counteractive__incident-response-plan-template/playbook-defacement.md': {
    sections: [
      '### Investigate: diagnosis by "investigate"',
      '### Remediate: steps by "remediate"',
      '### Recover: steps by "recover"',
      '### Communicate: context by "communicate"',
      '### Resources: context by "resources"',
    ],
    steps: [
      'steps sub-heading contain: manual',
      'steps list-item remove-the-hackers-message-and-replace: manual',
      'steps list-item consider-asking-users-to-change-their: manual',
      'steps list-item after-implementing-risk-avoidance-measures-as: manual',
      'steps list-item if-necessary-andor-applicable-prepare-an: manual',
      'steps sub-heading risk-avoidance: manual',
      'steps sub-heading reference-remediation-resources: manual',
    ],
  },
  'Azure__InnovationEngine/deploy-kuberay.md': {
    sections: [
      '## Prerequisites: preconditions by "prerequisites"',
      '## Clean up resources: cleanup by "clean up resources"',
      '## Debugging: diagnosis by "debugging"',
      '## Next steps: context by "next steps"',
    ],
    steps: [
      'preconditions section prerequisites: manual',
      'steps code-heading create-an-aks-cluster: 1',
      'steps code-heading setup-the-environment: 1',
      'steps code-heading create-the-terraform-plan: 1',
      'steps code-heading apply-the-terraform-plan: 1',
      'steps code-heading configure-the-environment: 1',
      'steps code-heading get-aks-credentials-for-the-cluster: 1',
      'steps code-heading create-the-kuberay-namespace: 1',
      'steps code-heading add-the-kuberay-helm-repository: 1',
      'steps code-heading install-or-upgrade-the-kuberay-operator-using-helm: 1',
      'steps code-heading download-the-pytorch-mnist-job-yaml-file: 1',
      'steps code-heading train-a-pytorch-model-on-fashion-mnist: 4',
      'steps code-heading provide-access-to-the-kuberay-dashboard-via-a-browser: 4',
      'cleanup code-heading clean-up-resources: 1',
    ],
  },
};

describe.skipIf(corpus.size === 0)('real runbooks', () => {
  test.each(Object.entries(expected))('%s', (path, { sections, steps }) => {
    const { runbook } = parse(corpus.get(path) ?? '');
    expect(sectionsOf(runbook)).toEqual(sections);
    expect(shape(runbook.steps)).toEqual(steps);
  });
});
