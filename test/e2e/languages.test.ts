import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Rig } from './rig.ts';
import { describeWith } from './services.ts';

describeWith(['sqlite3'], 'a runbook of several languages', () => {
  test('hands values from a database to a server and back to a shell', async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      request.on('data', (bytes) => seen.push(String(bytes)));
      request.on('end', () => response.end(JSON.stringify({ accepted: seen.length })));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const rig = await Rig.create();
    await rig.write(
      'shop.md',
      [
        '---',
        'inputs:',
        '  BASE: { required: true }',
        '  WHO: { required: true }',
        'env: { SQLITE_DB: shop.db }',
        '---',
        '# Shop',
        '',
        '## Steps',
        '',
        '### Fill',
        '',
        '```sql',
        'CREATE TABLE orders (id INTEGER, who TEXT);',
        "INSERT INTO orders VALUES (1, $WHO), (2, 'grace');",
        'SELECT * FROM orders;',
        '```',
        '',
        '### Count',
        '',
        '```sql {capture=FIRST expect="O"}',
        'SELECT who FROM orders WHERE id = 1;',
        '```',
        '',
        '### Send',
        '',
        '```http {expect-json=".accepted == 1" capture=ANSWER}',
        'POST {{BASE}}/orders',
        '',
        '{"who": "{{FIRST|json}}"}',
        '```',
        '',
        '### Tell',
        '',
        '```sh {expect="accepted"}',
        'echo "$FIRST $ANSWER"',
        '```',
        '',
      ].join('\n'),
    );
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const who = `O'Hara "|" $(x)`;
    const ran = await rig.run(['run', 'shop.md', '--yes', '--set', `BASE=${base}`, '--set', `WHO=${who}`]);
    expect([ran.exitCode, ran.stderr.includes(`${who} {"accepted":1}`)]).toEqual([0, true]);
    expect(seen).toEqual([JSON.stringify({ who }).replace(':', ': ')]);
    expect(await rig.file('shop.md')).toContain(
      [
        '┌────┬─────────────────┐',
        '│ id │       who       │',
        '├────┼─────────────────┤',
        '│ 1  │ O\'Hara "|" $(x) │',
        '│ 2  │ grace           │',
        '└────┴─────────────────┘',
      ].join('\n'),
    );
  });
});

test('languages and words come from the configuration above the runbook', async () => {
  const rig = await Rig.create();
  await rig.write(
    'runsheet.yaml',
    'interpreters:\n  shout: [./bin/shout]\nsections:\n  rollback: [Plan B]\n',
  );
  await rig.write('bin/shout', '#!/bin/sh\ntr a-z A-Z < "$1"\n');
  await rig.exec('chmod', ['+x', rig.path('bin/shout')]);
  await rig.write('deep/er/run.md', '# Run\n\n```shout\nhello\n```\n\n## Plan B\n\n```sh\necho never\n```\n');
  const ran = await rig.run(['run', 'deep/er/run.md', '--yes']);
  expect([ran.exitCode, ran.stderr.includes('│ HELLO\n'), ran.stderr.includes('never')]).toEqual([
    0,
    true,
    false,
  ]);

  await rig.write('deep/runsheet.yaml', 'interpeters: {}\n');
  const refused = await rig.run(['run', 'deep/er/run.md', '--yes']);
  expect([refused.exitCode, refused.stderr.replaceAll(rig.path(), '')]).toEqual([
    2,
    [
      'error[unknown-configuration-key]: `interpeters` is not a key of the configuration',
      ' --> /deep/runsheet.yaml:1:1',
      '  |',
      '1 | interpeters: {}',
      '  | ^^^^^^^^^^^ did you mean `interpreters`?',
      '',
    ].join('\n'),
  ]);
});

test('TypeScript is run by any Node, its lines those of the block', async () => {
  const rig = await Rig.create();
  await rig.write('lib.mjs', 'export const twice = (n) => 2 * n;\n');
  await rig.write(
    'types.md',
    `# Types

\`\`\`ts {name=sum run}
import { twice } from './lib.mjs'
interface Kept { readonly value: number }
enum Size { Small = 1, Large = 21 }
const kept: Kept = { value: twice(Size.Large) }
console.log(kept.value satisfies number, (await Promise.resolve('x')) as string)
\`\`\`

\`\`\`typescript {name=fail exit=nonzero}
type Unused = string

throw new Error('here' as Unused)
\`\`\`

\`\`\`ts {name=wrong}
console.log('never printed')
const y: = 2
\`\`\`
`,
  );
  const run = await rig.run(['run', 'types.md', '--yes']);
  expect(run.exitCode).toBe(1);
  const page = await rig.file('types.md');
  expect(page).toContain('```text\n42 x\n```');
  expect(page).toContain('fail.mjs:3\n');
  expect(page).toContain('SyntaxError: Unexpected token: const y: = 2\n');
  expect(page).toContain('wrong.mjs:2\n');
  expect(page.match(/never printed/g)).toHaveLength(1);
});
