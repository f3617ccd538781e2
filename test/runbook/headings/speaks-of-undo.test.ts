import { describe, expect, test } from 'vitest';
import { segmentsOf } from '../../../src/runbook/headings/normalise-heading.ts';
import { makeSectionMatcher } from '../../../src/runbook/headings/section-matcher.ts';
import { bringsBack, mayUndo, speaksOfUndo } from '../../../src/runbook/headings/speaks-of-undo.ts';

const match = makeSectionMatcher();

describe('speaksOfUndo', () => {
  test.each([
    'Roll back to a previous version',
    'Rolling back the release',
    'Step 7: Roll back',
    '4. Revert the migration',
    'Appendix C: Rollback Procedures',
    'Appendix B - How to undo the upgrade',
    'Complete Rollback (Destroy Everything)',
    'Rollback Procedure (or lack thereof)',
    'Quick Rollback (5 minutes)',
    'Full Environment Rollback',
    'Back out the change',
    'Failback',
    'Back to 1.9',
    'Move back to 1.9',
    'Going back to v2',
    'Reset to version 1.9',
    'Redeploy the previous version',
    'Re-install the old package',
    'Fail back to the primary site',
    'Fall back to the old load balancer',
    'Fallback to the standby',
    'To switch back to the old index',
    'Go back to version 1.2',
    'Downgrade to 2.4',
    'Forcing a channel downgrade',
    'When to roll back',
    'If you need to roll back',
    'Steps to undo the change',
    'Restore the previous settings',
    'Return to the original configuration',
    'Verify rollback',
    'Release: Roll back',
    '应急回滚',
    '4.3. 回滚发布',
    '版本回退',
    'リリースの切り戻し',
    'ロールバックする',
    '배포 롤백',
    '되돌리기',
  ])('%j goes back', (title) => {
    expect(match(title)?.kind).toBe('rollback');
  });

  test.each([
    'Rollback process type',
    'Rollback policy',
    'Deploy without rollback',
    'Fallback DNS',
    'Fallback configuration',
    'Go back to the dashboard',
    'Switch back to the main branch',
    'Backing out of the virtual environment',
    'Backup the database',
    'Back up the database',
    'Restore the database',
    'Undo and recovery lessons',
    'Reset the password',
    '服务降级',
    'ロールバックとは',
    '롤백 개념',
  ])('%j does not', (title) => {
    expect(segmentsOf(title).map(speaksOfUndo)).toEqual(segmentsOf(title).map(() => undefined));
  });

  test.each(['Upgrade and rollback', 'Finalizing or rolling back the upgrade', '升级与回滚'])(
    '%j is work and the way back at once',
    (title) => {
      expect(segmentsOf(title).map(speaksOfUndo)).toEqual(['mixed']);
      expect(match(title)).toBe(undefined);
    },
  );
});

describe('mayUndo', () => {
  test.each([
    'Put the old version back',
    'Putting back the previous release',
    'Bring back the old node',
    'Getting back to the old version',
    'Reverse the migration',
    'Unwind the changes',
    'Withdraw the change',
    'Restore from the backup',
    'Restore the database from the latest snapshot',
  ])('%j may go back on a page that upgrades', (title) => {
    expect(segmentsOf(title).some((segment) => mayUndo(segment, 'upgrade the database'))).toBe(true);
  });

  test.each([
    'Put the node back into the pool',
    'Configure the reverse proxy',
    'Reverse the replication',
    'Restore the quorum',
  ])('%j does not', (title) => {
    expect(segmentsOf(title).some((segment) => mayUndo(segment, 'upgrade the database'))).toBe(false);
  });

  test('a copy is restored for its own sake where the page is about copies', () => {
    for (const subject of ['migrate the database', 'restore drill', 'upgrade the replica from a snapshot'])
      expect(mayUndo('restore from the backup', subject)).toBe(false);
  });
});

test('bringsBack tells the old one from what was moved away', () => {
  const titles = [
    'Re-point DNS to the old server',
    'Start the old service again',
    'Install the previous release',
    'Switch traffic back to blue',
    'Shift traffic back',
    'Flip back',
    'Switch alerts back on',
    'Bring the service back up',
    'Set the limit back to 3',
    'Start the service again',
    'Point DNS to the new server',
  ];
  const found = titles.map((title) => segmentsOf(title).map(bringsBack)[0]);
  expect(found).toEqual([...Array(3).fill('old'), ...Array(3).fill('moved'), ...Array(5).fill(undefined)]);
});
