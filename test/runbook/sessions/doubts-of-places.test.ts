import { describe, expect, test } from 'vitest';
import { allBlocks } from '../../../src/runbook/lint/lint-rule.ts';
import { parse } from '../runbook-of.ts';

const sh = (code: string, attributes = '') => `\`\`\`sh${attributes}\n${code}\n\`\`\`\n`;

/** What is said of blocks that are meant for another place, by their code. */
function told(...parts: readonly string[]): readonly string[] {
  const { runbook } = parse(['# Restart the shop\n', '## Steps\n', ...parts].join('\n'));
  return allBlocks(runbook).flatMap(({ block }) =>
    (block.doubts ?? []).flatMap(({ code, text }) => (code === 'session' ? [`${block.code}: ${text}`] : [])),
  );
}

const said = (code: string, words: string): string =>
  `${code}: \`${words}\` says where it is meant for, and it would run here`;

describe('words that send their reader to another place', () => {
  test.each([
    'On each node, run:',
    'Run this on all web servers:',
    'Repeat these commands on the other replicas:',
    'Then SSH into each node and run:',
    'On the bastion host:',
    'Log in to the jump host and run:',
    'Inside the container:',
    'On the remote machine, execute:',
    'In another VM, run:',
    'In a second terminal, run:',
    'Open a new terminal window and run:',
    'In terminal 2:',
    'Run the following command in all etcd pods.',
    '在所有节点上执行:',
    '各ノードで実行します:',
    'Auf jedem Knoten:',
    'Sur chaque nœud:',
    'En cada nodo:',
    'На каждом узле:',
  ])('%s', (words) => {
    expect(told('### Go\n', `${words}\n`, sh('date'))).toEqual([said('date', words.replace(/:$/, ''))]);
  });

  test.each([
    'On the server, run:',
    '在服务器上执行:',
    'Auf dem Server:',
    'On your laptop, run:',
    'On this machine:',
    'On the primary:',
    'On success, run:',
    'In the repository root:',
    'From the project directory, run:',
    'Check how many pods run on the node:',
    'Turn it on in the settings:',
    'In a terminal, run:',
    'In terminal 1:',
    'The controller applies it on every node.',
  ])('%s: it may be this one', (words) => {
    expect(told('### Go\n', `${words}\n`, sh('date'))).toEqual([]);
  });

  test('are those of two machines where a page names two', () => {
    const page = ['### Go\n', 'On the primary:\n', sh('one'), 'On the replica:\n', sh('two')];
    expect(told(...page)).toEqual([said('one', 'On the primary'), said('two', 'On the replica')]);
    const named = ['### Go\n', '在主库上执行：\n', sh('one'), '在从库上执行：\n', sh('two')];
    expect(told(...named)).toEqual([said('one', '在主库上执行'), said('two', '在从库上执行')]);
    expect(told('### Go\n', 'On `db1`:\n', sh('one'), 'On `db2`:\n', sh('two'))).toEqual([
      said('one', 'On db1'),
      said('two', 'On db2'),
    ]);
  });

  test('are of another machine where words name the own one, too', () => {
    const page = ['### Go\n', 'On the server:\n', sh('one'), 'On your laptop:\n', sh('two')];
    expect(told(...page)).toEqual([said('one', 'On the server')]);
  });

  test('hold for what goes on from there', () => {
    const other = ['### Rest\n', 'On the replica:\n', sh('three')];
    const page = (words: string) => ['### Go\n', 'On the primary:\n', sh('one'), words, sh('two'), ...other];
    expect(told(...page('and then\n'))).toHaveLength(3);
    expect(told(...page(''))).toHaveLength(3);
    expect(told(...page('Look at the dashboard:\n'))).toHaveLength(2);
  });
});

describe('headings that name a place', () => {
  test.each([
    ['On the primary', 'On the replica'],
    ['Stop the app on the web server', 'Restart PostgreSQL on the database server'],
    ['Restart PostgreSQL (on db1)', 'Restart the app (on web1)'],
    ['1. On the primary', '2. On the standby'],
  ])('%s and %s', (one, two) => {
    expect(told(`### ${one}\n`, sh('one'), `### ${two}\n`, sh('two'))).toEqual([
      said('one', one),
      said('two', two),
    ]);
  });

  test('and the title of the page, which is of all of it', () => {
    const { runbook } = parse(`# Restart it on each node\n\n## Steps\n\n### Go\n\n${sh('one')}`);
    expect(allBlocks(runbook).map(({ block }) => block.doubts ?? [])).toEqual([[]]);
  });
});

describe('nothing is doubtful', () => {
  const two = (first: string, second = sh('two')) => [
    '### On the primary\n',
    first,
    '### On the replica\n',
    second,
  ];

  test('where the block says where it runs', () => {
    for (const attributes of [' {host=db1}', ' {user=postgres}', ' {interactive}', ' {run}'])
      expect(told(...two(sh('one', attributes)))).toEqual([said('two', 'On the replica')]);
  });

  test('where a heading says it', () => {
    expect(
      told('### On the primary {host=db1}\n', sh('one'), '### On the replica {host=db2}\n', sh('two')),
    ).toEqual([]);
    expect(told('### On the primary {run}\n', sh('one'), '### On the replica\n', sh('two'))).toEqual([
      said('two', 'On the replica'),
    ]);
  });

  test.each([
    'ssh db1 uptime',
    'kubectl get pods',
    'ansible all -m ping',
    'psql -h db1 -c "select 1"',
    'curl https://db1/healthz',
    'docker compose exec db ls',
  ])('where the commands go there by themselves: %s', (code) => {
    expect(told(...two(sh(code), sh(code)))).toEqual([]);
  });

  test('but not where one of them goes elsewhere, and another one works here', () => {
    const code = 'curl -sO https://example.com/fix.sh\nsh fix.sh\ndf -h /srv';
    expect(told(...two(sh(code), sh('ssh db2 uptime')))).toEqual([said(code, 'On the primary')]);
  });

  test('where a container is worked on from outside', () => {
    expect(told('### In a container\n', sh('docker build .'))).toEqual([]);
    expect(told('### In a container\n', sh('make'))).toEqual([said('make', 'In a container')]);
    const host = [
      '### In the container\n',
      sh('docker exec db ls'),
      '### On the host\n',
      sh('docker system prune'),
    ];
    expect(told(...host)).toEqual([]);
  });

  test('where the machines are ways of one choice', () => {
    const branches = ['#### On the primary\n', sh('one'), '#### On the replica\n', sh('two')];
    expect(told('### Restart it {choose}\n', ...branches)).toEqual([]);
  });
});
