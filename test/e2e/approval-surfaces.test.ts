// Tests what an operator sees of a gate that another account answers: line by line and on the full screen.
import { beforeAll, describe, expect, it } from 'vitest';
import { type Account, makeAccounts, mayBeOthers } from './accounts.ts';
import { Rig } from './rig.ts';
import { keys, type RigTerminal } from './rig-terminal.ts';
import { runsOf, storyOf } from './told-story.ts';

const page = (timeout: string): string =>
  `---\napprovals: { dba: { people: [rs-grace], timeout: ${timeout}, on-timeout: deny } }\n---\n\n# Gate\n\n## Steps\n\n### Switch\n\nOff it goes.\n\n\`\`\`sh {name=switch approve=dba}\necho switched >> log\n\`\`\`\n`;

// Who is not root cannot be somebody else.
describe.skipIf(!mayBeOthers).each(['prompt', 'tui'] as const)(
  'a gate before an operator at %s',
  (surface) => {
    let grace: Account;
    beforeAll(() => {
      ({ grace } = makeAccounts());
    });

    async function waiting(timeout = '1h'): Promise<{ rig: Rig; terminal: RigTerminal; id: string }> {
      const rig = await Rig.create();
      await rig.share(grace);
      await rig.write('gate.md', page(timeout));
      const args = ['run', 'gate.md', '--surface', surface, '--log', 'none'];
      const terminal = rig.terminal(args, { rows: 40, cols: 110 });
      if (surface === 'tui') {
        await terminal.waitFor('Enter begin');
        terminal.type(keys.enter);
      }
      await terminal.waitFor(surface === 'tui' ? 'Waiting for approval' : 'waits for 1 approval');
      return { rig, terminal, id: (await runsOf(rig))[0]?.id ?? '' };
    }

    const digestFor = async (rig: Rig, id: string): Promise<string> =>
      /has the digest (\w+)/.exec((await rig.run(['approve', id], { as: grace })).stdout)?.[1] ?? '';

    it('goes on when it is approved, and says why an answer was refused', async () => {
      const { rig, terminal, id } = await waiting();
      expect(await rig.run(['approve', id, '--of', await digestFor(rig, id)])).toMatchObject({ exitCode: 2 });
      await terminal.waitFor('`root` runs this step and cannot approve it');
      const of = await digestFor(rig, id);
      expect(await rig.run(['approve', id, '--of', of], { as: grace })).toMatchObject({ exitCode: 0 });
      await terminal.waitFor(surface === 'tui' ? 'Enter run it' : 'Run this block?');
      terminal.type(surface === 'tui' ? keys.enter : 'r');
      if (surface === 'tui') {
        await terminal.waitFor('Enter close');
        terminal.type(keys.enter);
      }
      expect((await terminal.ended).exitCode).toBe(0);
      expect(await rig.file('log')).toBe('switched\n');
      expect((await storyOf(rig)).slice(2)).toEqual(
        [
          '`switch` waits for 1 approval from rs-grace until T',
          'the approval of root was refused: `root` runs this step and cannot approve it',
          '`switch` approved by rs-grace',
          '`switch` started by root',
          '`switch` is what was approved',
          '`switch` started',
          '`switch` passed',
          'the run succeeded: every step that was to run has passed',
        ].map((line) => expect.stringMatching(line.replace('until T', 'until .*'))),
      );
    });

    it('is asked what follows when it is denied', async () => {
      const { rig, terminal, id } = await waiting();
      expect(await rig.run(['deny', id, '--comment', 'not now'], { as: grace })).toMatchObject({
        exitCode: 0,
      });
      await terminal.waitFor(/denied by rs-grace.*not now/);
      await terminal.waitFor(/What now\?|pause +/);
      terminal.type('q');
      await terminal.waitUntil(() => true, 'the answer');
      terminal.kill('SIGTERM');
      await terminal.ended;
      expect(await rig.file('log').catch(() => 'nothing')).toBe('nothing');
    });

    it('is asked what follows when nobody answers in time', async () => {
      const { rig, terminal } = await waiting('2s');
      await terminal.waitFor('nobody answered for `switch` in time: denied');
      await terminal.waitFor(/What now\?/);
      terminal.kill('SIGTERM');
      await terminal.ended;
      expect(await rig.file('log').catch(() => 'nothing')).toBe('nothing');
    });

    it('is asked for anew when the page is edited after it was approved', async () => {
      const { rig, terminal, id } = await waiting();
      const first = await digestFor(rig, id);
      expect(await rig.run(['approve', id, '--of', first], { as: grace })).toMatchObject({ exitCode: 0 });
      await terminal.waitFor(surface === 'tui' ? 'Enter run it' : 'Run this block?');
      await rig.write('gate.md', `${page('1h')}\nMore words.\n`);
      terminal.type(surface === 'tui' ? keys.enter : 'r');
      await terminal.waitFor('no longer holds');
      expect(await rig.run(['approve', id, '--of', first], { as: grace })).toMatchObject({ exitCode: 2 });
      const second = await digestFor(rig, id);
      expect(await rig.run(['approve', id, '--of', second], { as: grace })).toMatchObject({ exitCode: 0 });
      if (surface === 'tui') {
        await terminal.waitFor('Enter close');
        terminal.type(keys.enter);
      }
      expect((await terminal.ended).exitCode).toBe(0);
      expect(await rig.file('log')).toBe('switched\n');
    });
  },
);
