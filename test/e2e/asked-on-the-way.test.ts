// Tests what is asked of a person on the way through a step: values read off a listing, and what sentences ask for.
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { expectExit, Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';

const fence = (code: string, info = 'sh') => `\`\`\`${info}\n${code}\n\`\`\`\n\n`;

const listing = `# Restart one pod

## Steps

### Step 1: Look

${fence("printf 'NAME   READY\\nweb-1  1/1\\nweb-2  0/1\\n'")}### Step 2: Delete it

${fence('echo "delete <pod-name>" >> log')}${fence('echo "again <pod-name>" >> log')}`;

async function rigWith(text: string): Promise<Rig> {
  const rig = await Rig.create();
  await rig.write('page.md', text);
  return rig;
}

describe('a placeholder behind a listing', () => {
  test('is asked for before the block that uses it first, and a row of the listing is one key', async () => {
    const rig = await rigWith(listing);
    const terminal = rig.terminal(['run', 'page.md'], { cols: 100 });
    await terminal.waitFor('Begin?');
    terminal.type(keys.enter);
    await terminal.waitFor('Run `step-1-look`?');
    terminal.type('a');
    await terminal.waitFor('Sure?');
    terminal.type('y');
    await terminal.waitFor(/What stands for <pod-name>\?[\s\S]*1 web-1 {3}2 web-2 {3}d answer/);
    terminal.type('2');
    await terminal.waitFor('The run succeeded');
    terminal.kill('SIGHUP');
    await terminal.ended;
    expect(await rig.file('log')).toBe('delete web-2\nagain web-2\n');
    expect(await rig.file('page.md')).not.toContain('value-pod-name');
  });

  test('is typed at the line prompt where no row is meant, and asked again when the run is taken up', async () => {
    const rig = await rigWith(listing);
    const first = rig.terminal(['run', 'page.md', '--surface', 'prompt'], { cols: 100 });
    await first.waitFor(/Run this block\?/);
    first.type(keys.enter);
    await first.waitFor(/What stands for <pod-name>\?/);
    first.type('p');
    await first.ended;
    const unattended = await rig.run(['resume', '--yes']);
    expect([unattended.exitCode, existsSync(rig.path('log'))]).toEqual([5, false]);
    const again = rig.terminal(['resume', '--surface', 'prompt'], { cols: 100 });
    await again.waitFor(/What stands for <pod-name>\?/);
    again.type('d');
    await again.waitFor(/What stands for <pod-name>\?\s*$/);
    again.type(`db-7${keys.enter}`);
    await again.waitFor(/Run this block\?/);
    again.type(keys.enter);
    await again.waitFor(/again[\s\S]*Run this block\?/);
    again.type(keys.enter);
    await again.ended;
    expect(await rig.file('log')).toBe('delete db-7\nagain db-7\n');
  });

  test('has its value before the run where nobody is there, or where it is given', async () => {
    const rig = await rigWith(listing);
    const refused = await rig.run(['run', 'page.md', '--yes']);
    expect([refused.exitCode, refused.stderr.includes('placeholder-without-value')]).toEqual([2, true]);
    expectExit(await rig.run(['run', 'page.md', '--yes', '--set', 'pod-name=web-9']), 0);
    expect(await rig.file('log')).toBe('delete web-9\nagain web-9\n');
  });
});

describe('what the sentences of a step ask for', () => {
  const page = `# Fail over

## Steps

### Step 1: Fail over

Tell the on-call DBA that you start.

${fence('echo one >> log')}- Click **Failover** in the console
- this is only said

${fence('echo two >> log')}> Tell the team, says a note.
`;

  test('stands in its order, is never claimed without a person, and has its own result', async () => {
    const rig = await rigWith(page);
    const paused = await rig.run(['run', 'page.md', '--yes']);
    expect([paused.exitCode, existsSync(rig.path('log'))]).toEqual([5, false]);
    expectExit(await rig.run(['run', 'page.md', '--yes', '--manual', 'skip']), 0);
    const written = (await rig.file('page.md')).replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, 'NOW');
    expect(written).toMatch(
      /you start\.\n\n<!-- runsheet:result step-1-fail-over\/asked-1 [^\n]* -->\n> ↷ \*\*skipped\*\*/,
    );
    expect(written).toMatch(
      /console\n\n {2}<!-- runsheet:result step-1-fail-over\/asked-2 [^\n]* -->\n {2}> ↷ \*\*skipped\*\*/,
    );
    expectExit(await rig.run(['clear', 'page.md']), 0);
    expect(await rig.file('page.md')).toBe(page);
  });
});
