// Tests what is asked of a person on the way through a step: values read off a listing, and what sentences ask for.
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ready } from '../surfaces/tui/screen-rig.ts';
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
    await ready(terminal, 'Begin?');
    terminal.type(keys.enter);
    await ready(terminal, 'Run `step-1-look`?');
    terminal.type('a');
    await ready(terminal, 'Sure?');
    terminal.type('y');
    await ready(terminal, 'What is the value of <pod-name>?', '1 web-1   2 web-2   d answer');
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
    await first.waitFor(/What is the value of <pod-name>\?/);
    first.type('p');
    await first.ended;
    const unattended = await rig.run(['resume', '--yes']);
    expect([unattended.exitCode, existsSync(rig.path('log'))]).toEqual([5, false]);
    const again = rig.terminal(['resume', '--surface', 'prompt'], { cols: 100 });
    await again.waitFor(/What is the value of <pod-name>\?/);
    again.type('d');
    await again.waitFor(/What is the value of <pod-name>\?\s*$/);
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

  test('is what commands in them and in tables do, which no block runs', async () => {
    const page = `# Clean

## Steps

### Step 1: Clean

Stop the service with \`systemctl stop api\`. Then clear its cache:

${fence('echo cleared >> log')}| # | Action | Command |
|---|--------|---------|
| 1 | Drain | \`kubectl drain node1\` |
| 2 | Look | see the wiki |

${fence('echo drained >> log')}Start it again with \`systemctl start api\`.

${fence('systemctl start api', 'text')}Count the lines with \`wc -l log\`. Append one with \`echo drained >> log\`.
`;
    const rig = await rigWith(page);
    const paused = await rig.run(['run', 'page.md', '--yes']);
    expect([paused.exitCode, existsSync(rig.path('log'))]).toEqual([5, false]);
    const told = (await rig.run(['run', 'page.md', '--yes', '--manual', 'skip'])).stderr;
    expect(told.match(/asked-\d/g)).toEqual(['asked-1', 'asked-2', 'asked-3']);
    const written = await rig.file('page.md');
    expect(written).toContain('cache:\n\n<!-- runsheet:result step-1-clean/asked-1 ');
    expect(written).toContain('see the wiki |\n\n<!-- runsheet:result step-1-clean/asked-2 ');
    expect(written).toContain('start api`.\n\n<!-- runsheet:result step-1-clean/asked-3 ');
    expectExit(await rig.run(['clear', 'page.md']), 0);
    expect(await rig.file('page.md')).toBe(page);
    const described = JSON.parse((await rig.run(['print', 'page.md', '--json'])).stdout);
    const parts: { type: string; text?: string }[] = described.steps[0].parts;
    expect(parts.flatMap(({ type, text }) => (type === 'manual' ? [text] : []))).toEqual([
      'Stop the service with systemctl stop api. Then clear its cache:',
      '1 · Drain · kubectl drain node1; 2 · Look · see the wiki',
      'Start it again with systemctl start api.',
    ]);
  });

  test('is whether to go on, where they say when to stop', async () => {
    const rig = await rigWith(
      `# Fail over\n\n## Steps\n\n### Look\n\n${fence('echo 12')}Check the graph of the lag. If it is not small, stop here.\n\n${fence('notify-send looked || true')}### Promote\n\n${fence('echo promoted >> log')}`,
    );
    const paused = await rig.run(['run', 'page.md', '--yes', '--log', 'none']);
    expect([paused.exitCode, existsSync(rig.path('log'))]).toEqual([5, false]);
    expect(paused.stderr).toContain('`look/asked-1` has to be done by a person');
    expectExit(await rig.run(['resume', '--manual', 'skip', '--yes', '--log', 'none']), 0);
    expect(await rig.file('log')).toBe('promoted\n');
  });

  test('the way back waits for what a person has to do there, and not for whom to tell', async () => {
    const broken = (sentence: string) =>
      `# Break\n\n## Steps\n\n### Step 1: Break it\n\n${fence('false')}#### Rollback\n\n${sentence}\n\n${fence('echo back >> log')}`;
    const rig = await rigWith(broken('Tell the team that you go back.'));
    expectExit(await rig.run(['run', 'page.md', '--yes', '--on-failure', 'rollback', '--log', 'none']), 3);
    expect(await rig.file('log')).toBe('back\n');
    await rig.write('page.md', broken('Click Restore in the console.'));
    expectExit(await rig.run(['run', 'page.md', '--yes', '--on-failure', 'rollback', '--log', 'none']), 5);
    expect(await rig.file('log')).toBe('back\n');
  });

  test('is asked on the full screen and taken up again where it was left', async () => {
    const rig = await rigWith(page);
    const first = rig.terminal(['run', 'page.md'], { cols: 100 });
    await ready(first, 'Begin?');
    first.type(keys.enter);
    await ready(first, '› Tell the on-call DBA that you start.', 'Done?');
    first.type('p');
    await first.ended;
    const again = rig.terminal(['resume', '--surface', 'prompt'], { cols: 100 });
    await again.waitFor(/Tell the on-call DBA that you start\.[\s\S]*Done\?/);
    again.type(keys.enter);
    await again.waitFor(/Run this block\?/);
    again.type(keys.enter);
    await again.waitFor(/Click Failover in the console[\s\S]*Done\?/);
    again.type(keys.enter);
    await again.waitFor(/two >> log[\s\S]*Run this block\?/);
    again.type(keys.enter);
    await again.ended;
    expect(await rig.file('log')).toBe('one\ntwo\n');
  });
});

test('tasks and the code between them come in their order, are taken up in it, and can be cleared', async () => {
  const page = `# Drain

## Steps

### Step 1: Drain

- [ ] Announce it
- [ ] Drain it

  \`\`\`sh
  echo drained >> log
  \`\`\`
- [x] Look
- [ ] Reboot it
`;
  const rig = await rigWith(page);
  const first = rig.terminal(['run', 'page.md', '--surface', 'prompt'], { cols: 100 });
  await first.waitFor(/Announce it[\s\S]*Drain it/);
  // A letter and Enter in one piece are a paste, which ticks nothing.
  first.type('a');
  await first.waitFor(/◉ Announce it[\s\S]*◉ Drain it/);
  first.type(keys.enter);
  await first.waitFor(/Run this block\?/);
  first.type('p');
  await first.ended;
  expect(existsSync(rig.path('log'))).toBe(false);
  const again = rig.terminal(['resume', '--surface', 'prompt'], { cols: 100 });
  await again.waitFor(/Run this block\?/);
  again.type(keys.enter);
  await again.waitFor(/Look[\s\S]*Reboot it/);
  again.type('a');
  await again.waitFor(/◉ Look[\s\S]*◉ Reboot it/);
  again.type(keys.enter);
  await again.ended;
  const written = await rig.file('page.md');
  expect(
    [...written.matchAll(/^ *(- \[.\] .*|<!-- runsheet:result (\S+) .*(?:marks=\S+|code=).*)$/gm)].map(
      ([, line, address]) => address ?? line,
    ),
  ).toEqual([
    '- [x] Announce it',
    '- [x] Drain it',
    'step-1-drain',
    'step-1-drain/2',
    '- [x] Look',
    '- [x] Reboot it',
    'step-1-drain/tasks-2',
  ]);
  expectExit(await rig.run(['clear', 'page.md']), 0);
  expect(await rig.file('page.md')).toBe(page);
});
