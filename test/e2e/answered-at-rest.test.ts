// Tests that what is answered to a run that rests is done, wherever and however its block runs, and in a rollback.
import { chmod } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { mayBeOthers } from './accounts.ts';
import { Rig } from './rig.ts';
import { describeWith } from './services.ts';
import { sshPrograms, startSshHosts } from './ssh-hosts.ts';

/** With the places in which the block runs at once. */
const ways: readonly [attributes: string, places: number][] = [
  ['', 1],
  ['background', 1],
  ['each=X of="a b"', 1],
  ['host=web1,web2', 2],
  ['user=nobody', 1],
];

/** How the run ends where that is answered; all that is not `retry` runs nothing once more. */
const exits = {
  steps: { skip: 0, done: 0, retry: 0, stop: 1 },
  undo: { skip: 6, done: 3, retry: 3, stop: 6 },
} as const;

const cases = ways.flatMap(([attributes, places]) =>
  (['steps', 'undo'] as const).flatMap((kind) =>
    (['fails', 'is interrupted'] as const).flatMap((end) => {
      // An undo goes through no list and is beside nothing, and what is interrupted is what the run waits for.
      const isNone = /background|each/.test(attributes) && (kind === 'undo' || end === 'is interrupted');
      return isNone ? [] : [{ attributes, places, kind, end }];
    }),
  ),
);

describeWith([...sshPrograms, 'sudo'], 'what is answered', () => {
  test.for(cases)('to $kind with {$attributes}, where it $end', async (one, context) => {
    const { attributes, places, kind, end } = one;
    context.skip(attributes.includes('user=') && !mayBeOthers, 'only root may be others');
    const [rig, hosts] = await Promise.all([Rig.create(), startSshHosts(['web1', 'web2'])]);
    // Others write there, too.
    await chmod(rig.path('..'), 0o755);
    await chmod(rig.path(), 0o777);
    const env = { RUNSHEET_SSH: hosts.command };
    const [seen, go] = [rig.path('seen'), rig.path('go')];
    const goesWrong = end === 'fails' ? 'exit 1' : 'exec sleep 600';
    const block = `\`\`\`bash {name=it ${attributes}}\necho ran >> '${seen}'\ntest -e '${go}' || ${goesWrong}\n\`\`\`\n`;
    const page =
      kind === 'steps'
        ? `### It\n\n${block}`
        : `### Before\n\n\`\`\`sh\ntrue\n\`\`\`\n\n#### Rollback\n\n${block}\n### Fail\n\n\`\`\`sh {on-failure=rollback}\nfalse\n\`\`\`\n`;
    await rig.write('page.md', `# P\n\n## Steps\n\n${page}`);
    const ran = async () => (await rig.file('seen').catch(() => '')).split('\n').length - 1;
    const unattended = ['--yes', '--no-wait', '--log', 'none'];

    for (const word of ['skip', 'done', 'retry', 'stop'] as const) {
      await rig.exec('rm', ['-f', seen, go]);
      const begun = rig.start(['run', 'page.md', ...unattended, '--served-by', 'x'], { env });
      if (end === 'is interrupted') {
        await expect.poll(ran).toBe(places);
        begun.kill('SIGINT');
      }
      expect((await begun.ended).exitCode).toBe(end === 'fails' ? 5 : 130);
      const note = word === 'skip' || word === 'done' ? ['--note', 'by hand'] : [];
      expect((await rig.run(['answer', 'page.md', 'it', word, ...note], { env })).exitCode).toBe(0);
      await rig.write('go', '');
      const { exitCode } = await rig.run(['resume', 'page.md', ...unattended], { env });
      // A list goes on with its second item.
      const again = word !== 'retry' ? 0 : attributes.includes('each') ? 2 : places;
      expect([word, exitCode, await ran()]).toEqual([word, exits[kind][word], places + again]);
    }
  });
});
