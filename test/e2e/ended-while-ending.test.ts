// Tests that a signal which comes while a run comes to its end, and can no longer pause it, ends the process all the same.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';

/** What is still to be done at the end of the run takes its time. */
const page = `# T

## Steps

\`\`\`sh {name=one}
trap 'touch ending; sleep 1' EXIT
echo printed
\`\`\`
`;

describe.each([
  ['full screen', [], 'Enter begin'],
  ['line prompt', ['--surface', 'prompt'], undefined],
] as const)('on the %s', (_, surface, begin) => {
  it.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('%s', async (signal) => {
    const rig = await Rig.create();
    await rig.write('page.md', page);
    const terminal = rig.terminal(['run', 'page.md', ...surface]);
    if (begin !== undefined) {
      await terminal.waitFor(begin);
      terminal.type(keys.enter);
    }
    await terminal.waitFor(begin === undefined ? 'Run this block?' : 'Enter run it');
    terminal.type(keys.enter);
    await expect.poll(() => existsSync(rig.path('ending'))).toBe(true);
    terminal.kill(signal);
    expect((await terminal.ended).exitCode).toBe(0);
    expect((await rig.run(['show'])).stdout).toMatch(/succeeded/);
  });
});
