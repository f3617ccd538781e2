// Tests runbooks/rolling-restart.md with real processes on hosts that real OpenSSH servers answer for.
import { chmod } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { statusesOf } from './document-results.ts';
import { isPlain, pageOf } from './plain-pages.ts';
import { expectExit, inputs, Rig } from './rig.ts';
import { describeWith } from './services.ts';
import { sshPrograms, startSshHosts } from './ssh-hosts.ts';

const hosts = ['web1', 'web2', 'web3'];

/** A service that is a process, told by the number in a file; with `broken.HOST` it does not come back. */
const service = `#!/bin/sh
cd "$(dirname "$0")" || exit
pid="$RUNSHEET_HOST.pid"
case $1 in
  restart)
    echo "restart $RUNSHEET_HOST" >>log
    [ -e "$pid" ] && kill "$(cat "$pid")"
    rm -f "$pid"
    if [ ! -e "broken.$RUNSHEET_HOST" ]; then
      setsid sleep 300 >/dev/null 2>&1 </dev/null &
      echo $! >"$pid"
    fi ;;
  healthy) kill -0 "$(cat "$pid")" 2>/dev/null ;;
  *) echo "$1 $RUNSHEET_HOST" >>log ;;
esac
`;

async function layOut() {
  const [rig, servers] = await Promise.all([Rig.create(), startSshHosts(hosts, { servers: 2 })]);
  await rig.copy(pageOf('rolling-restart'));
  await rig.write('inventory', `${hosts.join('\n')}\n`);
  await rig.write('service', service);
  for (const host of hosts) await rig.exec('sh', ['service', 'restart'], { env: { RUNSHEET_HOST: host } });
  await rig.write('log', '');
  const own = (name: string): string => `sh ${rig.path('service')} ${name}`;
  const values = {
    INVENTORY: rig.path('inventory'),
    RESTART: own('restart'),
    HEALTHY: own('healthy'),
    LEAVE: own('leave'),
    JOIN: own('join'),
  };
  // The plain page calls `ssh` itself.
  await rig.write('bin/ssh', `#!/bin/sh\nPATH='${process.env.PATH}' exec ${servers.command} "$@"\n`);
  await chmod(rig.path('bin/ssh'), 0o755);
  const env = isPlain
    ? { PATH: `${rig.path('bin')}:${process.env.PATH}` }
    : { RUNSHEET_SSH: servers.command };
  const run = () =>
    rig.run(['run', 'rolling-restart.md', '--yes', '--on-failure', 'rollback', ...inputs(values)], { env });
  const log = async (): Promise<string[]> => (await rig.file('log')).trim().split('\n');
  const end = () => rig.exec('sh', ['-c', 'kill $(cat *.pid)']);
  return { rig, run, log, end };
}

describeWith(sshPrograms, 'rolling-restart.md', () => {
  test('restarts one host after the other', async () => {
    const { rig, run, log, end } = await layOut();

    const ran = await run();
    await end();

    expectExit(ran, 0);
    expect(await log()).toEqual(
      hosts.flatMap((host) => [`leave ${host}`, `restart ${host}`, `join ${host}`]),
    );
    if (isPlain) return;
    expect(statusesOf(await rig.file('rolling-restart.md'))).toEqual({
      'healthy-before': 'passed',
      restart: 'passed',
      'healthy-after': 'passed',
    });
  });

  test('goes no further than the first host that does not come back', async () => {
    const { rig, run, log, end } = await layOut();
    await rig.write('broken.web2', '');

    const ran = await run();
    await end();

    expectExit(ran, 3);
    const [first, second] = hosts;
    expect((await log()).slice(0, 5)).toEqual([
      ...[`leave ${first}`, `restart ${first}`, `join ${first}`],
      ...[`leave ${second}`, `restart ${second}`],
    ]);
    expect((await log()).slice(5)).toEqual([`join ${first}`]);
    if (isPlain) return;
    const document = await rig.file('rolling-restart.md');
    expect(document).toMatch(
      /1 of 3 hosts failed: `web2` \(exit 2 at line \d+: `sh \S+\/service healthy`\); not run on `web3`/,
    );
    expect(document).toContain('left out: not healthy');
    expect(document).toContain('> - ↷ `web3` nothing to undo\n');
  });

  test('does not begin where a host is ill before', async () => {
    const { rig, run, log, end } = await layOut();
    // Without its file too: a process that nobody has waited for yet still answers to `kill -0`.
    await rig.exec('sh', ['-c', 'kill $(cat web3.pid); rm web3.pid']);

    const ran = await run();
    await end();

    expectExit(ran, 4);
    expect(await log()).toEqual(['']);
  });
});
