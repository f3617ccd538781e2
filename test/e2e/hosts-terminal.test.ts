// Tests blocks on hosts in a guided run: a terminal over there, and ssh asking its questions over here.
import { expect, test } from 'vitest';
import { Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';
import { describeWith } from './services.ts';
import { lockPhrase, sshPrograms, startSshHosts } from './ssh-hosts.ts';

const code = (attributes: string, text: string): string => `\`\`\`sh {${attributes}}\n${text}\n\`\`\``;

/** Asks as `sudo` does: on the terminal itself, without echo. */
const asksLikeSudo = [
  "stty -echo </dev/tty; printf 'Password: ' >/dev/tty; IFS= read -r given </dev/tty; stty echo </dev/tty; echo",
  'echo "given ${#given} letters on $(tty | tr -d 0-9)"',
].join('\n');

async function layOut(...blocks: readonly string[]) {
  const [rig, hosts] = await Promise.all([Rig.create(), startSshHosts(['web1', 'web2'])]);
  const steps = blocks.map((block, index) => `### Step ${index + 1}\n\n${block}\n`).join('\n');
  await rig.write('hosts.md', `# Hosts\n\n## Steps\n\n${steps}`);
  return { rig, hosts, env: { RUNSHEET_SSH: hosts.command } };
}

describeWith(sshPrograms, 'hosts in a guided run', () => {
  test('a block has a terminal there, after ssh has asked about an unknown host on it', async () => {
    const { rig, hosts, env } = await layOut(
      code('name=ask host=web1', asksLikeSudo),
      code('name=state host=web1', 'echo "kept ${#given}"'),
    );
    await hosts.configure([
      'Host web1',
      '  StrictHostKeyChecking ask',
      `  UserKnownHostsFile ${rig.path('known')}`,
    ]);

    const terminal = rig.terminal(['run', 'hosts.md'], { env, cols: 100, rows: 30 });
    await terminal.waitFor('Enter begin');
    terminal.type(keys.enter);
    await terminal.waitFor('Enter run it');
    terminal.type(keys.enter);
    await terminal.waitFor('Are you sure you want to continue connecting');
    terminal.type(`yes${keys.enter}`);
    await terminal.waitFor(/│ Password: *$/m);
    terminal.type(`hush-hush${keys.enter}`);
    await terminal.waitFor(/Step 2 of 2[\s\S]*Enter run it/);
    terminal.type(keys.enter);
    await terminal.waitFor('Enter close');
    terminal.type(keys.enter);
    await terminal.ended;

    const document = await rig.file('hosts.md');
    expect(document).toMatch(/Password:\s*\ngiven 9 letters on \/dev\/pts\/\n/);
    expect(document).toContain('kept 9');
    expect(document).not.toContain('hush-hush');
    await expect.poll(() => hosts.leftBehind()).toEqual([]);
  });

  test('what a block starts there with & goes on after it', async () => {
    const { rig, env } = await layOut(
      code('name=start host=web1', 'sleep 100 >/dev/null 2>&1 & echo $! >"$PID_FILE"'),
      code(
        'name=look host=web1',
        'sleep 0.5; kill -0 "$(cat "$PID_FILE")" && echo "it runs"; kill "$(cat "$PID_FILE")"',
      ),
    );
    const page = await rig.file('hosts.md');
    await rig.write('hosts.md', `---\nenv: { PID_FILE: ${rig.path('pid')} }\n---\n\n${page}`);
    const terminal = rig.terminal(['run', 'hosts.md'], { env, cols: 100, rows: 30 });
    await terminal.waitFor('Enter begin');
    terminal.type(keys.enter);
    await terminal.waitFor(/Step 1 of 2[\s\S]*Enter run it/);
    terminal.type(keys.enter);
    await terminal.waitFor(/Step 2 of 2[\s\S]*Enter run it/);
    terminal.type(keys.enter);
    await terminal.waitFor('Enter close');
    terminal.type(keys.enter);
    await terminal.ended;
    expect(await rig.file('hosts.md')).toContain('```text\nit runs\n```');
  });

  test('line by line, ssh asks for a passphrase on the terminal, once for all blocks of the host', async () => {
    const { rig, hosts, env } = await layOut(
      code('name=first host=web1', 'echo "in as $(id -un)"'),
      code('name=hand host=web1 interactive', 'printf "Name? "; read -r name; echo "hello $name"'),
      code('name=last host=web1', 'echo "name is $name"'),
    );
    await hosts.configure([], hosts.lockedKey);

    const terminal = rig.terminal(['run', 'hosts.md', '--surface', 'prompt'], { env, cols: 100, rows: 50 });
    await terminal.waitFor('Run this block?');
    terminal.type(keys.enter);
    await terminal.waitFor('Enter passphrase for key');
    terminal.type(`${lockPhrase}${keys.enter}`);
    await terminal.waitFor('in as ');
    await terminal.waitFor(/Step 2 of 3[\s\S]*Run this block\?/);
    terminal.type(keys.enter);
    await terminal.waitFor(/^Name\? *$/m);
    terminal.type(`ada${keys.enter}`);
    await terminal.waitFor('hello ada');
    await terminal.waitFor(/Step 3 of 3[\s\S]*Run this block\?/);
    terminal.type(keys.enter);
    await terminal.ended;

    expect(await rig.file('hosts.md')).toContain('name is ada');
    expect(terminal.bytes().split('Enter passphrase').length - 1).toBe(1);
  });

  test('what several hosts have printed can be looked at later, each by itself', async () => {
    const { rig, env } = await layOut(
      code('name=both host=web1,web2', 'echo "here is $RUNSHEET_HOST"'),
      code('name=after', 'seq 3'),
    );

    const terminal = rig.terminal(['run', 'hosts.md'], { env, cols: 100, rows: 30 });
    await terminal.waitFor('Enter begin');
    terminal.type(keys.enter);
    await terminal.waitFor('Enter run it');
    terminal.type(keys.enter);
    await terminal.waitFor(/Step 2 of 2[\s\S]*Enter run it/);
    terminal.type(keys.enter);
    await terminal.waitFor('Enter close');
    terminal.type(keys.left);
    await terminal.waitFor(/web1:\s[\s\S]*here is web1[\s\S]*web2:\s[\s\S]*here is web2/);
    terminal.kill('SIGTERM');
    await terminal.ended;
  });

  test('a timeout ends what runs on the terminal there', async () => {
    const { rig, hosts, env } = await layOut(
      code('name=slow host=web1 timeout=1s', 'trap "" HUP; setsid sleep 43217 & echo begun; sleep 43218'),
    );

    const terminal = rig.terminal(['run', 'hosts.md'], { env, cols: 100, rows: 30 });
    await terminal.waitFor('Enter begin');
    terminal.type(keys.enter);
    await terminal.waitFor('Enter run it');
    terminal.type(keys.enter);
    await terminal.waitFor('timed out after 1 s');
    terminal.kill('SIGTERM');
    await terminal.ended;

    const left = async () =>
      (await rig.exec('sh', ['-c', 'ps axww -o args= | grep "sleep 4321" | grep -v grep'])).stdout;
    await expect.poll(left).toBe('');
    await expect.poll(() => hosts.leftBehind()).toEqual([]);
  });
});
