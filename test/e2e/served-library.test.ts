// Tests a server whose library is a repository: which commit its runs are of, and what is said while it is away.
import { rename } from 'node:fs/promises';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { hiddenFields, Served, serveFile } from './served.ts';

const page = (word: string): string =>
  `---\napprovals: { dba: { people: [ann] } }\n---\n\n# Free the pool\n\n## Steps\n\n\`\`\`sh {name=end approve=dba}\ncat ./note; echo ${word}\n\`\`\`\n`;

it('runs what the commit says that a run began with, and keeps the last good one', async () => {
  const rig = await Rig.create();
  const git = (...args: readonly string[]) =>
    execa('git', ['-C', rig.path('work'), '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args]);
  const commit = async (word: string): Promise<string> => {
    await rig.write('work/pool.md', page(word));
    await rig.write('work/note', `note of ${word}\n`);
    await git('add', '--all');
    await git('commit', '--quiet', '--message', word);
    return (await git('rev-parse', 'HEAD')).stdout;
  };
  await execa('git', ['init', '--quiet', '--initial-branch=main', rig.path('work')]);
  await rig.write('work/runsheet.yaml', 'machine-rate: 3600 EUR\n');
  const first = await commit('one');
  const endpoint = 'endpoints: { own: { type: webhook, secret: { env: OWN_SECRET } } }\n';
  const library = `library: { git: 'git+file://${rig.path('work')}@main', every: 1s }\n`;
  await rig.write('serve.yaml', `${serveFile}${endpoint}${library}`);
  const served = await Served.start(rig, [], { OWN_SECRET: 'own-secret' }, []);
  const run = await served.startRun('pool.md');
  await served.until(run, /waits for/);
  const second = await commit('two');
  await served.process.waitFor(`is at ${second.slice(0, 12)} now`);
  expect((await served.get('/library', 'eve')).text).toContain(
    `Commit ${second.slice(0, 12)} of git+file://`,
  );
  const fields = hiddenFields((await served.get(run, 'ann')).text);
  await served.post(`${run}/answers`, { ...fields, type: 'approve' }, 'ann');
  const ended = await served.until(run, /succeeded/);
  expect(ended).toContain('note of one\none');
  const { stdout } = await rig.run(['show', run.slice('/runs/'.length), '--json']);
  expect(JSON.parse(stdout.split('\n')[0] ?? '').event.runbook.commit).toBe(first);
  // The runbook is one, whichever commit of it was run, and its configuration is that of the repository.
  const later = await served.startRun('pool.md');
  await served.until(later, /Waits for approval/);
  const form = hiddenFields((await served.get(later, 'ann')).text);
  await served.post(`${later}/answers`, { ...form, type: 'approve' }, 'ann');
  await served.until(later, /succeeded/);
  const all = JSON.parse((await rig.run(['stats', '--json'])).stdout);
  expect(all).toEqual([expect.objectContaining({ title: 'Free the pool', runs: 2 })]);
  const [{ runbook, cost }] = all;
  expect(runbook).toMatch(/\/library\/[0-9a-f]{16}\/pool\.md$/);
  expect(cost.machines.money).toEqual([{ amount: cost.machines.ms / 1000, currency: 'EUR' }]);
  expect(JSON.parse((await rig.run(['stats', runbook, '--json'])).stdout)).toMatchObject({ runs: 2 });
  const statistics = (await served.get('/statistics', 'eve')).text;
  expect(statistics.match(/<td>Free the pool \(/g)).toHaveLength(1);
  await rename(rig.path('work'), rig.path('away'));
  await served.process.waitFor('cannot be fetched, and stays as it is');
  const shown = (await served.get('/library', 'eve')).text;
  expect(shown).toContain('There may be a newer one: it cannot be fetched: git: ');
  expect((await served.get('/metrics')).text).toContain('\nrunsheet_library_up_to_date 0\n');
  expect((await served.get('/readyz')).status).toBe(200);
  await rename(rig.path('away'), rig.path('work'));
  await rig.write(
    'work/pool.md',
    `---\non:\n  webhook: {}\n---\n\n${page('three')
      .replace(/^---[\s\S]*?---\n\n/, '')
      .replace('approve=dba', 'approve=nobody')}`,
  );
  await git('commit', '--quiet', '--all', '--message', 'three');
  await served.process.waitFor('is fetched again');
  const told = await fetch(`${served.origin}/hooks/own`, {
    method: 'POST',
    headers: { authorization: 'Bearer own-secret', 'content-type': 'application/json' },
    body: '{"id":"1"}',
  });
  expect([told.status, (await told.json()).runs]).toEqual([202, []]);
  expect((await served.get('/events/1', 'eve')).text).toMatch(
    /the runbook has errors, and is not run while it has: line \d+: /,
  );
});
