// Tests that what a run has on hosts and in the background is taken over with it.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { signal } from '../processes-with.ts';
import { describeWith } from '../services.ts';
import { sshPrograms, startSshHosts } from '../ssh-hosts.ts';
import { type FleetProcess, openFleet, toolsWith, until } from './open-fleet.ts';

const page = `---
inputs:
  LINES_AT: { type: path }
---
# On a host

## Steps

### Listen

\`\`\`sh {name=listen background}
echo listening >> "$LINES_AT"
exec sleep 600
\`\`\`

### Begin there

\`\`\`sh {name=begin host=web1}
KEPT=there
cd /usr
echo "begun on web1" >> "$LINES_AT"
\`\`\`

### Wait here

\`\`\`sh {name=wait risk=read}
echo waiting >> "$LINES_AT"
until test -e "$LINES_AT.go"; do sleep 0.1; done
\`\`\`

### Go on there

\`\`\`sh {name=go-on host=web1}
echo "$KEPT in $PWD" >> "$LINES_AT"
\`\`\`

### Stay there

\`\`\`sh {name=stay host=web1}
echo staying >> "$LINES_AT"
sleep 3
\`\`\`
`;

describeWith([...sshPrograms, 'initdb', 'postgres', 'psql'], 'a run with hosts', () => {
  test('is gone on with by another worker, with the shells that it has there', async () => {
    const hosts = await startSshHosts(['web1']);
    const fleet = await openFleet({ 'hosts.md': page });
    try {
      const env = { RUNSHEET_SSH: hosts.command };
      const run = await fleet.order('hosts.md', { LINES_AT: fleet.lines });
      const first = fleet.workAs(env);
      const linesNow = async () => {
        try {
          return readFileSync(fleet.lines, 'utf8');
        } catch {
          return '';
        }
      };
      await until('the wait', linesNow, (lines) => lines.includes('waiting'));
      const kill = (worker: FleetProcess) => {
        for (const pid of [worker.pid, ...toolsWith((word) => word === run)]) signal(pid, 'SIGKILL');
        rmSync(worker.state, { recursive: true, force: true });
      };
      kill(first);
      const second = fleet.workAs(env);
      await until('the wait elsewhere', linesNow, (lines) => lines.split('waiting').length === 3);
      writeFileSync(`${fleet.lines}.go`, '');
      await until('the last block', linesNow, (lines) => lines.includes('staying'));
      kill(second);
      const third = fleet.workAs(env);
      const rested = await until(
        'its rest',
        () => fleet.queue.run(run),
        (one) => one?.status === 'resting',
      );
      // What went on in the background was started again each time; what only waits ran once more.
      expect((await linesNow()).split('\n')).toEqual([
        ...['listening', 'begun on web1', 'waiting'],
        ...['listening', 'waiting', 'there in /usr', 'staying'],
        ...['listening', ''],
      ]);
      const record = await fleet.record(run);
      expect([rested?.epoch, record.filter(({ type }) => type === 'RunTakenOver').length]).toEqual([3, 2]);
      expect(record.findLast(({ type }) => type === 'RunPaused')).toMatchObject({
        reason: 'in-doubt',
        message: '`stay` started, and how it ended is not known',
      });
      signal(third.pid, 'SIGTERM');
      await third.ended;
    } finally {
      await fleet.dispose();
    }
  });
});
