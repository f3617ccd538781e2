// Tests what is told of several real runs together.
import { symlink } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { runsOf } from './told-story.ts';

const runbook = `# Drain

## Steps

### Look

\`\`\`sh {name=look risk=read estimate=1m}
true
\`\`\`

### Go

\`\`\`sh {name=go check="test -e gone"}
test -e ready && touch gone
\`\`\`
`;

/** Durations differ from run to run. */
const withoutTimes = (text: string) =>
  text
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, 'THEN')
    .replace(/ *\b[\d.]+ m?s\b/g, ' TOOK')
    .split('\n');

it('counts how the runs of a runbook ended, and how its steps did', async () => {
  const rig = await Rig.create();
  await rig.write('drain.md', runbook);
  await rig.write('other.md', '# Other\n\n```sh\ntrue\n```\n');
  expect((await rig.run(['stats'])).stderr).toBe('no runs yet\n');
  expect((await rig.run(['stats', 'drain.md'])).stderr).toBe('no runs of `drain.md` yet\n');
  expect((await rig.run(['run', 'drain.md', '--yes', '--rehearse'])).exitCode).toBe(0);
  expect((await rig.run(['run', 'drain.md', '--yes'])).exitCode).toBe(1);
  await rig.write('ready', '');
  const [failed] = await runsOf(rig);
  expect((await rig.run(['resume', failed?.id ?? '', '--yes'])).exitCode).toBe(0);
  expect((await rig.run(['run', 'drain.md', '--yes'])).exitCode).toBe(0);
  expect((await rig.run(['run', 'other.md', '--yes'])).exitCode).toBe(0);

  const all = await rig.run(['stats']);
  expect([all.exitCode, withoutTimes(all.stdout)]).toEqual([
    0,
    [
      `${'runs  succeeded  failed TOOK  last'.replace(' TOOK', '  median')}                     runbook`,
      '   1          1       0 TOOK  THEN  Other (other.md)',
      '   2          2       0 TOOK  THEN  Drain (drain.md)',
      '',
    ],
  ]);
  await symlink(rig.path('drain.md'), rig.path('link.md'));
  const one = await rig.run(['stats', 'link.md', '--since', '1h']);
  expect([one.exitCode, withoutTimes(one.stdout)]).toEqual([
    0,
    [
      'Drain (link.md)',
      '2 runs since THEN: 2 succeeded',
      'a success took TOOK (median), TOOK at most',
      '',
      expect.stringMatching(/^step +ran +failed +again +passed over +median +longest +estimate$/),
      expect.stringMatching(/^look +2 +0 +0 +0 TOOK TOOK +1 min$/),
      expect.stringMatching(/^go +1 +1 +1 +1 TOOK TOOK +-$/),
      '',
    ],
  ]);
  const machine = JSON.parse((await rig.run(['stats', 'drain.md', '--json'])).stdout);
  expect(machine).toMatchObject({ title: 'Drain', runs: 2, open: 0, outcomes: { succeeded: 2 } });
  expect((await rig.run(['stats', '--since', '2999-01-01'])).stderr).toBe('no runs since then\n');
  expect((await rig.run(['runs'])).stdout).toMatch(/ rehearsed .* {2}Drain \(rehearsal\)\n$/);
});

it('refuses what is no time and no runbook', async () => {
  const rig = await Rig.create();
  expect(await rig.run(['stats', '--since', 'monday'])).toMatchObject({
    exitCode: 2,
    stderr:
      'error: `monday` is no time\n  = help: give a span such as `30d`, or a date such as `2026-11-01`\n',
  });
  expect(await rig.run(['stats', 'nothing.md'])).toMatchObject({
    exitCode: 2,
    stderr: 'error: there is no file `nothing.md`, and no run of it\n',
  });
});
