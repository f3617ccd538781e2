import { describe, expect, test } from 'vitest';
import { asksToRun, changingCommand, isDoneBy } from '../../../src/runbook/prose/asks-to-run.ts';

/** A block right behind the words, and all of the step. */
const around = (code: string | undefined, blocks: readonly string[] = []) => ({
  ...(code !== undefined && { behind: { code, label: 'sh', isShown: false } }),
  blocks,
  repeats: false,
});

describe('a sentence tells somebody to run a command', () => {
  test.each([
    ['Stop the service with `systemctl stop api`.', 'systemctl stop api'],
    ['Then run `sudo systemctl restart nginx` on the host.', 'sudo systemctl restart nginx'],
    ['**Run** `kubectl delete pod web-0`.', 'kubectl delete pod web-0'],
    ['Clear the cache (`rm -rf /var/cache/api`), and start it again.', 'rm -rf /var/cache/api'],
    ['Drain the node: `kubectl drain node1`.', 'kubectl drain node1'],
    ['Once it is down, remove the lock by running `rm /run/api.lock`.', 'rm /run/api.lock'],
    ['The service is slow. Restart it using the command `systemctl restart api`.', 'systemctl restart api'],
    ['SSH to the bastion and run `systemctl stop api` there.', 'systemctl stop api'],
    ['Please execute ``DELETE=1 rm -f `x` `` now', 'DELETE=1 rm -f `x`'],
    ['Check `systemctl status api`. Then restart with `systemctl restart api`.', 'systemctl restart api'],
    ['Use `reboot` now.', 'reboot'],
    ['`mdadm --manage /dev/md0 --remove /dev/sdb`', 'mdadm --manage /dev/md0 --remove /dev/sdb'],
  ])('%j', (written, command) => {
    expect(asksToRun(written)).toEqual([command]);
  });
});

describe('a sentence tells nobody to run a command', () => {
  test.each([
    'Check with `systemctl status api` that it is down.',
    'Run `kubectl get pods`.',
    '`kubectl get pods`',
    '`systemctl restart api` restarts it.',
    'It may have to be started again, e.g. `systemctl restart api`.',
    '`https://api.example/pages/<id>/edit`',
    'Restart it with `systemctl restart api` if it is down.',
    'If it is down, run `systemctl restart api`.',
    'You can restart it with `systemctl restart api`.',
    'This runs `systemctl restart api`.',
    'Run `systemctl restart api`:',
    'Never run `rm -rf /srv` here.',
    'Do not use `kubectl delete pod web-0`.',
    'Run `systemctl restart api` or reboot the machine.',
    'Set `replicas` to 3.',
    'Restart the `api` service.',
    'Run the `migrate` job.',
    'Kubernetes restarts pods with `kubectl rollout restart deploy/api`.',
    'Use `rm -rf x` instead of the button.',
    'Stop the service.',
    'Click `Delete` in the console.',
    'Update the values in `values.yaml`.',
    'For example, delete it with `kubectl delete pod web-0`.',
    'Unbalanced `systemctl stop api',
    '!!! important\n    It is slow. Use `kubectl patch --subresource=status`.',
    '**Note:** it is slow. Restart it with `systemctl restart api`.',
  ])('%j', (written) => {
    expect(asksToRun(written)).toEqual([]);
  });
});

test.each([
  ['the block behind it', ['systemctl stop api'], 'sudo  systemctl stop api', [], true],
  ['one with the same program', ['systemctl stop api'], 'sudo systemctl daemon-reload', [], true],
  ['one with another program', ['systemctl stop api'], 'echo systemctl-x', ['ls'], false],
  [
    'any block of the step',
    ['sudo systemctl stop api'],
    undefined,
    ['ls', 'cd /srv\nsystemctl  stop api'],
    true,
  ],
  [
    'one with more words',
    ['kubectl patch --subresource=status'],
    undefined,
    ['kubectl patch pool \\\n  --subresource=status'],
    true,
  ],
  ['another command of the program', ['systemctl stop api'], undefined, ['systemctl stop web'], false],
  ['all commands of a table', ['rm -f a', 'rm -f b'], undefined, ['rm -f a', 'rm -f b'], true],
  ['some commands of a table', ['rm -f a', 'rm -f b'], undefined, ['rm -f a'], false],
])('what is asked for is done by %s', (_what, commands, behind, blocks, isDone) => {
  expect(isDoneBy({ byHand: [], commands }, around(behind, blocks))).toBe(isDone);
});

test('a paragraph may tell to run several', () => {
  const both = 'Stop it with `systemctl stop api`. Start it with `systemctl start api`.';
  expect(asksToRun(both)).toEqual(['systemctl stop api', 'systemctl start api']);
});

test('what no command does is done by the block behind the words alone, and when to stop by none', () => {
  const tells = { byHand: [{ asks: 'tells' }], commands: ['rm -f a'] } as const;
  expect(isDoneBy(tells, around('notify-send hi; rm -f a'))).toBe(true);
  expect(isDoneBy(tells, around('notify-send hi'))).toBe(false);
  expect(isDoneBy(tells, around('rm -f a', ['notify-send hi']))).toBe(false);
  expect(isDoneBy({ byHand: [{ asks: 'stops' }], commands: [] }, around('notify-send hi'))).toBe(false);
});

test('what is to be done again is, where the tool repeats it', () => {
  const again = { byHand: [{ asks: 'repeats' }], commands: [] } as const;
  expect(isDoneBy(again, around('make', ['make']))).toBe(false);
  expect(isDoneBy(again, { blocks: [], repeats: true })).toBe(true);
});

test('a cell holds a command that changes something', () => {
  expect(changingCommand('`systemctl status api`, then `systemctl stop api`')).toBe('systemctl stop api');
  expect(changingCommand('`systemctl status api`')).toBeUndefined();
});
