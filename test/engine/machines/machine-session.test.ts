import { expect, test } from 'vitest';
import { MachineSession } from '../../../src/engine/machines/machine-session.ts';
import { MachineWay } from '../../../src/engine/machines/ways/machine-way.ts';
import { SshClient } from '../../../src/engine/machines/ways/ssh-client.ts';

/** How many things of a kind keep this process alive. */
const active = (kind: string) => process.getActiveResourcesInfo().filter((name) => name === kind).length;

test('nothing is waited for behind a session whose words have all come', async () => {
  const env = { PATH: process.env.PATH ?? '' };
  const client = new SshClient({ command: ['ssh'], env, mayAsk: false });
  // It is run as whoever runs the tests.
  const way = new MachineWay({ user: 'anybody' }, { client, runAs: { command: ['env', 'A_USER={user}'] } });
  const before = active('Timeout');
  let printed = '';
  const session = new MachineSession({
    way,
    script: {
      nonce: 'abcdef0123456789',
      start: {
        type: 'interpreter',
        choices: [['sh']],
        file: 'code.sh',
        code: 'echo "$A_USER"\n',
        env: new Map(),
      },
    },
    onOutput: (_, bytes) => {
      printed += Buffer.from(bytes).toString();
    },
  });
  expect(await session.ended).toMatchObject({ type: 'ended', word: '0' });
  expect(printed).toBe('anybody\n');
  // By then its process has been noticed to have ended.
  while (active('ProcessWrap') > 0) await new Promise((resolve) => setImmediate(resolve));
  // Of the timers from before some may be gone.
  expect(active('Timeout')).toBeLessThanOrEqual(before);
});
