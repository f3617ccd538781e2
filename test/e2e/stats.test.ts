// Tests what is told of several real runs together.
import { symlink } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { midMonth } from './fleet/moved-clock.ts';
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
      expect.stringMatching(/^runs {2}succeeded {2}failed +work +waits +last proof {2}runbook$/),
      expect.stringMatching(/^ +1 +1 +0 TOOK TOOK {2}\d{4}-\d\d-\d\d {2}Other \(other\.md\)$/),
      expect.stringMatching(/^ +2 +2 +0 TOOK TOOK {2}\d{4}-\d\d-\d\d {2}Drain \(drain\.md\)$/),
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
      expect.stringMatching(/^last proof {2}THEN, TOOK ago$/),
      'took TOOK (median), TOOK (9 of 10), TOOK at most',
      '  work TOOK (median), TOOK (9 of 10), TOOK at most',
      '  waits TOOK (median), TOOK (9 of 10), TOOK at most',
      'estimated   not known: the page has no `estimate`',
      'saved       not known: the page has no `manual-estimate`',
      expect.stringMatching(/^machines +at least TOOK, in money not known: no `machine-rate` is configured$/),
      'by hand     none; all of it not known: the page has no `manual-estimate`, or it came to nothing',
      'most failing: go',
      '',
      expect.stringMatching(/^part +ran +failed +again +skipped +median +9 of 10 +waited +estimate$/),
      expect.stringMatching(/^look +2 +0 +0 +0 TOOK TOOK +- +1 min$/),
      expect.stringMatching(/^go +1 +1 +1 +1 TOOK TOOK .*-$/),
      '',
    ],
  ]);
  const machine = JSON.parse((await rig.run(['stats', 'drain.md', '--json'])).stdout);
  expect(machine).toMatchObject({ title: 'Drain', runs: 2, open: 0, outcomes: { succeeded: 2 } });
  expect((await rig.run(['stats', 'drain.md', '--format', 'json'])).stdout).toBe(
    (await rig.run(['stats', 'drain.md', '--json'])).stdout,
  );
  const page = await rig.run(['stats', 'drain.md', '--format', 'html']);
  expect(page.stdout).toMatch(/^<!doctype html>\n[\s\S]*<h1>Drain<\/h1>[\s\S]*<svg role="img"/);
  await rig.write('new/never.md', '# Never\n\n```sh\ntrue\n```\n');
  const pages = await rig.run(['stats', '--format', 'html']);
  expect(pages.stdout).toMatch(/<h2>Never run<\/h2>\n<ul>\n<li><code>new\/never\.md<\/code>/);
  const badge = await rig.run(['stats', 'drain.md', '--format', 'badge']);
  expect(badge.stdout).toMatch(/^<svg [^>]*aria-label="last proof: \d{4}-\d\d-\d\d">\n/);
  expect((await rig.run(['stats', 'new/never.md', '--format', 'badge'])).stdout).toContain(
    'last proof: never run',
  );
  expect((await rig.run(['stats', '--since', '2999-01-01'])).stderr).toBe('no runs since then\n');
  expect((await rig.run(['runs'])).stdout).toMatch(/ rehearsed .* {2}Drain \(rehearsal\)\n$/);
});

it('tells what a runbook saves, by the page and the rates of its team', async () => {
  const rig = await Rig.create();
  const env = midMonth(rig.path());
  await rig.write('runsheet.yaml', 'rates: { default: 60 EUR, team-db: 120.50 CHF }\n');
  const page = (head: string) => `---\n${head}---\n# Save\n\n\`\`\`sh {name=a}\ntrue\n\`\`\`\n`;
  const savedBy = async (name: string, head: string) => {
    await rig.write(name, page(head));
    expect((await rig.run(['run', name, '--yes'], { env })).exitCode).toBe(0);
    return /^saved .*$/m.exec((await rig.run(['stats', name], { env })).stdout)?.[0];
  };
  // A second of the machine's is three hundredths; a slow machine takes some of them.
  expect(await savedBy('a.md', 'manual-estimate: 1h\nowner: team-db\n')).toMatch(
    /^saved {7}(?:1 h, 120\.50|(?:1 h|59 min( \d+ s)?), 120\.[34]\d) CHF$/,
  );
  expect(await savedBy('b.md', 'manual-estimate: 1h\nowner: team-other\n')).toMatch(
    /^saved {7}(?:1 h, 60|(?:1 h|59 min( \d+ s)?), 59\.9\d) EUR$/,
  );
  expect(await savedBy('c.md', 'title: C\n')).toBe(
    'saved       not known: the page has no `manual-estimate`',
  );
  await rig.write('runsheet.yaml', 'rates: { default: 60 EUR }\nmachine-rate: 36000 EUR\n');
  const all = (await rig.run(['stats'], { env })).stdout.split('\n\n')[1];
  expect(all?.replace(/\d{4}-\d\d/, 'MONTH').replace(/least \S+ m?s, \S+ EUR/, 'least TIME, MONEY')).toMatch(
    /^month +runs +machines +workers without a run +work by hand +all by hand\nMONTH +3 +at least TIME, MONEY +not known +none +2 h, 120 EUR \(2 runs of 3\)\n$/,
  );
  expect((await rig.run(['report', '--format', 'markdown'])).stdout).toMatch(
    /\n\| machines \| at least .* EUR \|\n\| work by hand \| none \|\n\| all by hand \| not known: .* \|\n/,
  );
  await rig.write('runsheet.yaml', 'rates: { default: 60 }\n');
  expect((await rig.run(['stats', 'a.md'])).stderr).toContain(
    '`rates.default` expects an amount and its currency, such as `90 EUR`',
  );
});

it('refuses what is not a time and no runbook', async () => {
  const rig = await Rig.create();
  expect(await rig.run(['stats', '--since', 'monday'])).toMatchObject({
    exitCode: 2,
    stderr:
      'error: `monday` is not a time\n  = help: give a span such as `30d`, or a date such as `2026-11-01`\n',
  });
  expect(await rig.run(['stats', '--format', 'badge'])).toMatchObject({
    exitCode: 2,
    stderr: 'error: a badge shows one runbook\n  = help: name the runbook\n',
  });
  expect(await rig.run(['stats', 'nothing.md'])).toMatchObject({
    exitCode: 2,
    stderr: 'error: there is no file `nothing.md`, and no run of it\n',
  });
});
