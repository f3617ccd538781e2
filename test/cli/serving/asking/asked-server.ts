// Owns a server without a port whose runs are really driven, up to the gate at which they rest.
import { join } from 'node:path';
import { execa } from 'execa';
import { tool } from '../../../e2e/rig.ts';
import { openServer } from '../open-server.ts';

/** Ends sessions once ann or bob agrees; `more` stands in the group, `code` is what runs. */
export const gatedPage = (more = '', code = 'echo ended >> log'): string => `---
approvals: { dba: { people: [ann, bob]${more} } }
---

# Free the pool

## Steps

\`\`\`sh {name=look}
echo "41 of 40 in use"
\`\`\`

\`\`\`sh {name=end approve=dba}
${code}
\`\`\`
`;

/** One with this page and configuration; `start` begins a run, and gives its id once it rests at its gate. */
export async function askedServer(page: string, settings: string) {
  const server = await openServer({ 'pool.md': page }, settings, Date.now());
  const { ask, queue, folder } = server;
  const drive = async (id: string, exitCode: number, ...words: readonly string[]): Promise<void> => {
    const state = ['--state-dir', join(folder, 'state')];
    const common = ['--yes', '--no-wait', '--surface', 'plain', ...state];
    const ended = await execa(process.execPath, [tool, ...words, ...common], { reject: false });
    if (ended.exitCode !== exitCode) throw new Error(`${id}: ${ended.exitCode} ${ended.stderr}`);
  };
  const claim = async () => {
    const claimed = await queue.claim('w', ['default'], Date.now() + 3_600_000);
    return { run: claimed?.run.id ?? ('' as never), epoch: claimed?.run.epoch ?? 0 };
  };
  return {
    ...server,
    /** `words` are more options of the run. */
    start: async (...words: readonly string[]): Promise<string> => {
      const started = await ask('/start', { who: 'eve', form: { path: 'pool.md' } });
      const id = started.headers.get('location')?.slice('/runs/'.length) ?? started.text;
      const claimed = await claim();
      const page = join(folder, 'library', 'pool.md');
      const served = ['--served-by', 'x', '--on-behalf', 'eve', '--log', 'none', '--no-remember'];
      await drive(id, 5, 'run', page, '--run-id', id, ...served, ...words);
      await queue.rest(claimed, { reason: 'it waits' });
      return id;
    },
    /** Goes on with a run that was woken; it ends, or rests once more. */
    goOn: async (id: string, exitCode: number, ...words: readonly string[]): Promise<void> => {
      const claimed = await claim();
      await drive(id, exitCode, 'resume', id, ...words);
      if (exitCode === 5) await queue.rest(claimed, { reason: 'it waits' });
      else await queue.finish(claimed, { exit: exitCode, at: Date.now() });
    },
  };
}
