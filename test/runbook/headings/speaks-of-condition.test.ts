import { describe, expect, test } from 'vitest';
import { speaksOfCondition } from '../../../src/runbook/headings/speaks-of-condition.ts';

const subject = 'upgrade the search cluster';

describe('a heading that is for a certain case', () => {
  test.each([
    'If the node does not join',
    'Step 4: If the upgrade fails',
    '5. In case the index is red',
    'In the event of a failure',
    'Should the upgrade fail',
    'When the node does not come back',
    'When something goes wrong',
    'Only if you use Docker',
    'Unless it is there',
    'On failure',
    'What to do if it fails',
    'What if the index is red?',
    'Clear the cache (if needed)',
    'Clear the cache (only if the disk is full)',
    'If necessary, clear the cache',
    'Restart the node if it does not come back',
    'Emergency stop',
    'Emergency: stop the node',
    'Error handling',
    'Dealing with failures',
    'Recovering from a failed upgrade',
    'Recover a failed node',
    'Abort the upgrade',
    'Aborting',
    'Cancel the rollout',
    'Start over',
    'Procedure for a failed deploy',
    'Warm up the cache — optional',
    'Optional: warm up the cache',
    '(Optional) Warm up the cache',
    'Staging only',
    'Do not use',
    'Do not run this',
    'What not to do',
    'Anti-patterns',
    'One week later: drop the old table',
    'Next day',
    'Disaster recovery',
    '如果集群异常',
    '升级失败时',
    '失敗した場合',
    'もし失敗したら',
    '만약 실패하면',
    '업그레이드 실패 시',
    'Vider le cache (si nécessaire)',
    'Vider le cache (optionnel)',
    'Cache leeren (falls nötig)',
    'Neustart bei Bedarf',
    'Vaciar la caché (opcional)',
    'Остановка архивации (если есть)',
    'Очистка кэша (необязательно)',
    '清理缓存（可选）',
    'キャッシュの削除（任意）',
    'Cache wissen (indien nodig)',
  ])('%j', (title) => {
    expect(speaksOfCondition(title, subject)).toBe(true);
  });
});

describe('a heading that is not', () => {
  test.each([
    'Install the new version',
    'When the new node is ready',
    'If everything is green, continue',
    '6. If successful, delete the old one',
    'Check if the node is up',
    'See if it works',
    'Find out if anything is left',
    'Cancel the maintenance window',
    'Stop the node',
    'Install the failover proxy',
    'Restart it where it runs',
    'What it does',
    'Restore the index',
    'Fix the permissions',
    'Handle the certificates',
    'Call the API',
    'Option parsing',
    'Vérifier le cache',
    '缓存（全部）',
    'Start the node again',
    '安装',
    'インストール',
    '설치',
  ])('%j', (title) => {
    expect(speaksOfCondition(title, subject)).toBe(false);
  });

  test('of a page about what goes wrong, what mends it', () => {
    for (const title of ['Recovering from the failed upgrade', 'Abort the upgrade', 'Emergency stop'])
      expect(speaksOfCondition(title, 'the upgrade has failed')).toBe(false);
    expect(speaksOfCondition('If the node is down', 'the upgrade has failed')).toBe(true);
  });
});
