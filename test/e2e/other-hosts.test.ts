// Tests that a block meant for another machine never runs on this one.
import { access } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { expectExit, Rig } from './rig.ts';

test.each(['host=web1', 'hosts-from="echo web1"'])(
  'a block with %s is refused before anything runs',
  async (attribute) => {
    const rig = await Rig.create();
    const runbook = `# Drain\n\n\`\`\`sh\ntouch here\n\`\`\`\n\n\`\`\`sh {name=drain ${attribute}}\ntouch there\n\`\`\`\n`;
    await rig.write('drain.md', runbook);

    const refused = await rig.run(['run', 'drain.md', '--yes']);

    expectExit(refused, 2);
    expect(refused.stderr).toContain('`drain` says that it runs on another host');
    expect(await rig.file('drain.md')).toBe(runbook);
    for (const file of ['here', 'there']) await expect(access(rig.path(file))).rejects.toThrow('ENOENT');
  },
);
