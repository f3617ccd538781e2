// Tests records that are signed with an SSH key: by the system's own ssh-keygen, with real keys.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatRecord, genesisHash } from '../../src/engine/journal/journal-record.ts';
import { Rig } from './rig.ts';

const book =
  '# Book\n\n## Steps\n\n```sh {name=one}\necho one\n```\n\n```sh {name=two}\ntest ! -e bad\n```\n';

async function rigWithKey(passphrase = '') {
  const rig = await Rig.create();
  await rig.write('book.md', book);
  for (const name of ['key', 'other'])
    await rig.exec('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', name, '-f', name]);
  await rig.write('signers', `ada@example.org ${await rig.file('key.pub')}`);
  await rig.write('runsheet.yaml', 'sign: { key: key, allowed-signers: ./signers }\n');
  return rig;
}

async function folderOf(rig: Rig) {
  const [id = ''] = await readdir(join(rig.stateFolder, 'runs'));
  return { id, folder: join(rig.stateFolder, 'runs', id) };
}

/** Changes a record and makes all hashes anew, in what lists show as well: what anybody can do who may write there. */
async function rehash(folder: string, change: (text: string) => string) {
  const journal = join(folder, 'journal.ndjson');
  const records = (await readFile(journal, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(change(line)));
  let hash: string = genesisHash;
  let text = '';
  for (const { seq, at, event, batch = seq } of records) {
    const made = formatRecord({ seq, at, event }, batch, hash);
    text += `${made.line}\n`;
    hash = made.hash;
  }
  await writeFile(journal, text);
  const meta = join(folder, 'meta.json');
  const summary = JSON.parse(await readFile(meta, 'utf8'));
  if (summary.end) summary.end.hash = hash;
  await writeFile(meta, `${JSON.stringify(summary, null, 2)}\n`);
}

const forge = (text: string) => text.replaceAll('"durationMs":', '"durationMs":1');

describe('a record that is signed', () => {
  it('is found to be another when somebody has made all hashes anew, which is not found without', async () => {
    const rig = await rigWithKey();
    expect(await rig.run(['run', 'book.md', '--yes'])).toMatchObject({ exitCode: 0 });
    const { id, folder } = await folderOf(rig);
    const good = await rig.run(['verify']);
    expect([good.exitCode, good.stderr, good.stdout]).toEqual([
      0,
      '',
      expect.stringMatching(
        / records, whole and unaltered; last hash [0-9a-f]{64}; signed by ada@example.org\n$/,
      ),
    ]);
    await rehash(folder, forge);
    const forged = await rig.run(['verify']);
    expect([forged.exitCode, forged.stderr]).toEqual([
      1,
      `error: ${id}: the signature does not hold: Signature verification failed: incorrect signature\n`,
    ]);
    await rig.write('runsheet.yaml', '');
    expect(await rig.run(['verify'])).toMatchObject({
      exitCode: 0,
      stderr: `note: ${id}: it is signed; whose signatures count only a file of allowed signers can say\n`,
    });
    await rm(join(folder, 'signatures'), { recursive: true });
    expect(await rig.run(['verify'])).toMatchObject({
      exitCode: 0,
      stderr: `note: ${id}: it is not signed: whoever can write to the state folder and the page could have made all of it anew\n`,
    });
    expect(await rig.run(['verify', '--allowed-signers', 'signers'])).toMatchObject({
      exitCode: 1,
      stderr: `error: ${id}: it is not signed\n`,
    });
  });

  it('counts only where one of the allowed signers has signed it', async () => {
    const rig = await rigWithKey();
    await rig.write('runsheet.yaml', 'sign: { key: other, allowed-signers: ./signers }\n');
    expect(await rig.run(['run', 'book.md', '--yes'])).toMatchObject({ exitCode: 0 });
    const { id } = await folderOf(rig);
    const other = await rig.run(['verify']);
    expect([other.exitCode, other.stderr]).toEqual([
      1,
      expect.stringContaining(`error: ${id}: the signature does not hold: `),
    ]);
  });

  it('is signed anew at each rest, and not taken up where its signature does not hold', async () => {
    const rig = await rigWithKey();
    await rig.write('bad', '');
    expect(await rig.run(['run', 'book.md', '--yes'])).toMatchObject({ exitCode: 1 });
    const { id, folder } = await folderOf(rig);
    const before = await readFile(join(folder, 'journal.ndjson'), 'utf8');
    await rehash(folder, forge);
    await rm(rig.path('bad'));
    const resumed = await rig.run(['resume', id, '--yes']);
    expect([resumed.exitCode, resumed.stderr]).toEqual([
      2,
      expect.stringContaining(`error: run \`${id}\` cannot be resumed: the signature does not hold: `),
    ]);
    await writeFile(join(folder, 'journal.ndjson'), before);
    expect(await rig.run(['resume', id, '--yes'])).toMatchObject({ exitCode: 0 });
    expect((await readdir(join(folder, 'signatures'))).length).toBe(2);
    const verified = await rig.run(['verify']);
    expect([verified.exitCode, verified.stdout]).toEqual([
      0,
      expect.stringContaining('signed by ada@example.org'),
    ]);
  });
});

describe('a key that cannot be used without asking', () => {
  it('is found before the run, and nobody is asked', async () => {
    const rig = await rigWithKey('a passphrase');
    const run = await rig.run(['run', 'book.md', '--yes']);
    expect([run.exitCode, run.stderr]).toEqual([
      2,
      expect.stringMatching(
        /^error: the record of the run could not be signed: `.*\/key` does not sign: .*passphrase.*\n {2}= help: passphrases are not asked for: /m,
      ),
    ]);
    expect(await readdir(rig.stateFolder)).toEqual([]);
  });

  it('leaves the run as it ended, with exit 5, and is made up for by resume', async () => {
    const rig = await rigWithKey();
    await rig.write('book.md', book.replace('echo one', 'mv key elsewhere'));
    const run = await rig.run(['run', 'book.md', '--yes']);
    const { id } = await folderOf(rig);
    expect([run.exitCode, run.stderr]).toEqual([
      5,
      expect.stringContaining(
        `= help: it is kept; \`runsheet resume ${id}\` signs it once the key can be used\n`,
      ),
    ]);
    expect(run.stderr).toContain('the run succeeded');
    expect(await rig.run(['verify'])).toMatchObject({
      exitCode: 1,
      stderr: `error: ${id}: it is not signed\n`,
    });
    await rig.exec('mv', ['elsewhere', 'key']);
    await rig.run(['resume', id, '--yes']);
    expect(await rig.run(['verify'])).toMatchObject({ exitCode: 0, stderr: '' });
  });
});
