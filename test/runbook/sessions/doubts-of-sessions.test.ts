import { describe, expect, test } from 'vitest';
import { allBlocks } from '../../../src/runbook/lint/lint-rule.ts';
import { parse, problems } from '../runbook-of.ts';

const sh = (...lines: readonly string[]) => `\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`;

/** Blocks that are meant for a session, by their first lines. */
function doubtful(...parts: readonly string[]): readonly string[] {
  const { runbook } = parse(parts.join('\n'));
  return allBlocks(runbook)
    .filter(({ block, step }) =>
      [...(block.doubts ?? []), ...(step.doubts ?? [])].some(({ code }) => code === 'session'),
    )
    .map(({ block }) => block.code.split('\n', 1)[0] ?? '');
}

describe('what stands behind a command that opens a session is meant for there', () => {
  test('in its own block', () => {
    expect(doubtful('## Steps\n', sh('# log in', 'ssh root@web1', '', '# then', 'rm -rf src'))).toEqual([
      '# log in',
    ]);
    expect(doubtful('## Steps\n', sh('sudo -i', 'apt update', 'exit', 'ls'))).toEqual(['sudo -i']);
    expect(doubtful('## Steps\n', sh('docker exec -it web sh', 'exit', 'ls'))).toEqual([]);
    expect(doubtful('## Steps\n', sh('ssh web1 uptime', 'ls'))).toEqual([]);
    expect(doubtful('## Steps\n', sh('ssh web1 <<EOF', 'uptime', 'EOF', 'ls'))).toEqual([]);
    expect(doubtful('## Steps\n', sh('ls', 'ssh web1'))).toEqual([]);
  });

  test('that prose tells to open', () => {
    const run = 'Run `docker run -it --rm web bash`, then:\n';
    expect(doubtful('## Steps\n', run, sh('make'), '### Rest\n', sh('ls'))).toEqual(['make', 'ls']);
    expect(doubtful('## Steps\n', 'Open it with `docker`:\n', sh('make'))).toEqual([]);
    expect(doubtful('## Steps\n', 'Log in with `ssh web1`:\n', sh('ssh web1'))).toEqual([]);
    expect(doubtful('## Steps\n', '`ssh web1`, then:\n', sh('make').replace('sh', 'sh {host=web1}'))).toEqual(
      [],
    );
  });

  test('and its end, where words lead to it', () => {
    const page = ['## Steps\n', sh('chroot /host'), 'Exit debug:\n', sh('exit', 'exit')];
    expect(doubtful(...page)).toEqual(['chroot /host', 'exit']);
  });

  test('in the blocks and steps below it', () => {
    const page = [
      '## Steps\n',
      '### Log in\n',
      sh('ssh web1'),
      '### Build\n',
      sh('make'),
      'Then:\n',
      sh('make install'),
    ];
    expect(doubtful(...page)).toEqual(['ssh web1', 'make', 'make install']);
    expect(
      doubtful(
        '## Steps\n',
        '1. Log in:\n\n   ```sh\n   mysql -u root\n   ```\n2. Go:\n\n   ```sh\n   ls\n   ```\n',
      ),
    ).toEqual(['mysql -u root', 'ls']);
  });

  test('up to its end, to words that say otherwise, or to a higher heading', () => {
    expect(doubtful('## Steps\n', sh('ssh web1'), sh('make', 'exit'), sh('ls'))).toEqual([
      'ssh web1',
      'make',
    ]);
    expect(doubtful('## Steps\n', sh('sudo -u postgres psql'), sh('\\q'), sh('ls'))).toEqual([
      'sudo -u postgres psql',
      '\\q',
    ]);
    for (const words of [
      'Log out.',
      'On your local machine:',
      'Exit the container, then:',
      'Back on the jump host:',
      '退出后：',
    ])
      expect([words, doubtful('## Steps\n', sh('ssh web1'), `${words}\n`, sh('ls'))]).toEqual([words, []]);
    expect(doubtful('## A\n', '### Log in\n', sh('ssh web1'), sh('make'), '## B\n', sh('ls'))).toEqual([
      'ssh web1',
      'make',
    ]);
    expect(doubtful('## Prerequisites\n', sh('ssh web1'), '# Work\n', '## Steps\n', sh('make'))).toEqual([
      'ssh web1',
      'make',
    ]);
    expect(doubtful('## Steps\n', sh('ssh web1'), sh('ssh web2'), sh('ls'))).toEqual([
      'ssh web1',
      'ssh web2',
      'ls',
    ]);
  });

  test('whatever results stand between', () => {
    const result = '<!-- runsheet:result steps -->\n> passed, exit 0\n<!-- /runsheet:result -->\n';
    expect(doubtful('## Steps\n', sh('ssh web1'), result, sh('ls'))).toEqual(['ssh web1', 'ls']);
  });

  test('unless the block says where it runs', () => {
    const said = (info: string) => doubtful('## Steps\n', sh('ssh web1'), `\`\`\`sh {${info}}\nls\n\`\`\`\n`);
    expect(['host=web1', 'interactive', 'run', 'name=x'].map(said)).toEqual([[], [], [], ['ssh web1', 'ls']]);
    expect(doubtful('## Steps\n', '```sh {interactive}\nssh web1\n```\n', sh('ls'))).toEqual([]);
  });

  test('in every language, but not for what undoes', () => {
    const sql = '```sql\nselect 1;\n```\n';
    expect(doubtful('## Steps\n', sh('ssh web1'), '## Rollback\n', sh('ls'))).toEqual([]);
    expect(doubtful('## Steps\n', sh('mysql'), sql)).toEqual(['mysql', 'select 1;']);
  });
});

test('the doubt names the command, at its place, once', () => {
  expect(problems(`## Steps\n\n${sh('cd /srv', 'ssh -p 22 root@web1', 'ls')}\n${sh('ls')}`)).toBe('');
  const { runbook } = parse(`## Steps\n\n${sh('cd /srv', 'ssh -p 22 root@web1', 'ls')}\n${sh('ls')}`);
  const doubts = allBlocks(runbook).flatMap(({ block, step }) => [
    ...(block.doubts ?? []),
    ...(step.doubts ?? []),
  ]);
  expect(doubts.map(({ text, span }) => [text, span.start, span.end])).toEqual([
    ['`ssh -p 22 root@web1` opens a session, and what follows it would run here', 24, 43],
    ['`ssh -p 22 root@web1` opens a session, and what follows it would run here', 24, 43],
  ]);
});
