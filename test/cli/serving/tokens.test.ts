// Tests tokens of programs: adding them at a terminal, what each lets a program do, and that none outlasts its end.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { tool } from '../../e2e/rig.ts';
import { openServer } from './open-server.ts';

const people = `people:
  ann: { roles: [approver] }
  bob: { roles: [viewer, operator] }
`;
const page = '---\nconcurrency: allow\n---\n\n# A\n\n## Steps\n\n```sh\ntrue\n```\n';

async function open() {
  const server = await openServer({ 'a.md': page }, people, Date.now());
  const stateDir = join(server.folder, 'state');
  const tokens = async (...words: readonly string[]) => {
    const ended = await execa(process.execPath, [tool, 'tokens', ...words, '--state-dir', stateDir], {
      reject: false,
    });
    return { exitCode: ended.exitCode, stdout: ended.stdout, stderr: ended.stderr };
  };
  return { ...server, stateDir, tokens };
}

it('let a program do what their scopes say, and a person no more than that person may', async () => {
  const { tokens, ask, queue, pass, stateDir } = await open();
  const token = async (...words: readonly string[]): Promise<string> =>
    (await tokens('add', ...words)).stdout;
  const reading = await token('look', '--scope', 'read');
  const starting = await token('pipeline', '--scope', 'read,start', '--expires', '90d');
  const ofAnn = await token('bot', '--scope', 'read, start,approve', '--person', 'ann');
  const ofNobody = await token('ghost', '--scope', 'read,start', '--person', 'zoe');
  const asBob = await token('bob', '--scope', 'read,start');
  expect(reading).toMatch(/^rst_[\w-]{43}$/);
  const answers = '/api/v1/runs/20260101-000000-aaaa/answers';
  const approve = { type: 'approve', address: 'a', digest: 'b' };
  const statuses = async (given: string) => [
    (await ask('/api/v1/runs', { token: given })).status,
    (await ask('/api/v1/runs', { token: given, json: { path: 'a.md' } })).status,
    (await ask(answers, { token: given, json: approve })).status,
    // A program signs in nowhere.
    (await ask('/sign-in', { form: { token: given }, headers: { 'x-from': given.slice(0, 20) } })).status,
  ];
  expect(await statuses(reading)).toEqual([200, 403, 403, 401]);
  expect(await statuses(starting)).toEqual([200, 202, 403, 401]);
  expect(await statuses(ofAnn)).toEqual([200, 403, 404, 401]);
  expect(await statuses(ofNobody)).toEqual([403, 403, 403, 401]);
  expect(await statuses(asBob)).toEqual([403, 403, 403, 401]);
  const [run] = (await queue.runs({}, { limit: 1 })).entries;
  expect(run?.origin).toEqual({ type: 'person', person: 'pipeline', via: 'api' });
  expect((await tokens('remove', 'look')).stderr).toBe('the token `look` lets nobody in any more');
  expect(await statuses(reading)).toEqual([401, 401, 401, 401]);
  pass(90 * 86_400_000 + 60_000);
  expect(await statuses(starting)).toEqual([401, 401, 401, 401]);
  const files = readdirSync(join(stateDir, 'queue'));
  const kept = files.map((file) => readFileSync(join(stateDir, 'queue', file), 'latin1')).join('');
  expect(kept).toContain('pipeline');
  expect([reading, starting, ofAnn].filter((one) => kept.includes(one))).toEqual([]);
});

it('are listed without what lets in, and refused where they cannot be meant', async () => {
  const { tokens } = await open();
  expect(await tokens('list')).toEqual({ exitCode: 0, stdout: '', stderr: 'there are no tokens' });
  const added = await tokens('add', 'pipeline', '--scope', 'start,read', '--expires', '1h');
  expect([added.exitCode, added.stderr]).toEqual([
    0,
    'the token `pipeline`; it is shown this once, and kept by nobody:',
  ]);
  await tokens('add', 'bot', '--scope', 'approve', '--person', 'ann');
  const { stdout } = await tokens('list');
  expect(
    stdout.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '…'),
  ).toBe(`name      scope       person  made                     expires
bot       approve     ann     … UTC  never
pipeline  start,read  –       … UTC  … UTC`);
  expect(JSON.parse((await tokens('list', '--json')).stdout)).toEqual([
    { name: 'bot', person: 'ann', scopes: ['approve'], madeAt: expect.any(String) },
    {
      name: 'pipeline',
      scopes: ['start', 'read'],
      madeAt: expect.any(String),
      expiresAt: expect.any(String),
    },
  ]);
  const refused: readonly (readonly [words: readonly string[], says: string])[] = [
    [['add'], '`tokens add` needs the name of a token'],
    [['add', 'pipeline', '--scope', 'read'], 'there is a token `pipeline` already'],
    [['add', 'x'], '`tokens add` needs a `--scope`'],
    [['add', 'x', '--scope', 'read,write'], 'there is no scope `write`'],
    [
      ['add', 'x', '--scope', 'approve'],
      'somebody has to answer for an approval: the scope `approve` needs a `--person`',
    ],
    [['add', 'x', '--scope', 'read', '--expires', '90'], '`--expires 90` is no length of time'],
    [
      ['add', 'owner', '--scope', 'read'],
      '`owner` is who has started the server, with the token that it has printed',
    ],
    [['add', '%1', '--scope', 'read'], '`%1` is no name'],
    [['add', 'x', '--scope', 'read', '--json'], '`tokens add` takes no `--json`'],
    [['remove'], '`tokens remove` needs the name of a token'],
    [['remove', 'none'], 'there is no token `none`'],
    [['list', 'pipeline'], '`tokens list` takes no name; it lists them all'],
    [['list', '--scope', 'read'], '`tokens list` takes no `--scope`'],
  ];
  const came: unknown[] = [];
  for (const [words] of refused) {
    const { exitCode, stderr } = await tokens(...words);
    came.push([words, exitCode === 2 ? /^error: (.*)$/m.exec(stderr)?.[1] : exitCode]);
  }
  expect(came).toEqual(refused);
});
