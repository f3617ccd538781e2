// Tests runbooks/sqlite-backup-restore.md with real databases.
import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { statusesOf } from './document-results.ts';
import { expectExit, inputs, Rig } from './rig.ts';
import { describeWith } from './services.ts';

const run = ['run', 'sqlite-backup-restore.md', '--yes', '--manual', 'skip'];

async function rigWithDatabase() {
  const rig = await Rig.create();
  await rig.copy('runbooks/sqlite-backup-restore.md');
  const sql = async (query: string, database = 'shop.db') => {
    const { stdout, stderr } = await rig.exec('sqlite3', [rig.path(database), query]);
    if (stderr !== '') throw new Error(stderr);
    return stdout.trim();
  };
  await sql(
    "CREATE TABLE orders(id INTEGER PRIMARY KEY, what TEXT); INSERT INTO orders(what) VALUES ('tea'), ('bread')",
  );
  const database = inputs({ DATABASE: rig.path('shop.db'), BACKUP_DIR: rig.path('backups') });
  return { rig, sql, database };
}

describeWith(['sqlite3'], 'sqlite-backup-restore.md', () => {
  test('backs up a live database, and proves that it can be restored', async () => {
    const { rig, sql, database } = await rigWithDatabase();
    expectExit(await rig.run([...run, ...database]), 0);

    expect(statusesOf(await rig.file('sqlite-backup-restore.md'))).toEqual({
      'sqlite3-is-here': 'passed',
      'the-database-is-sound': 'passed',
      'the-backup-to-restore-if-any-is-sound': 'skipped',
      'make-a-backup': 'passed',
      'back-up': 'passed',
      prove: 'passed',
      'stop-what-writes-to-the-database': 'skipped',
      restore: 'skipped',
      'the-database-is-still-sound': 'passed',
      'same-contents': 'skipped',
      'backup-is-there': 'passed',
    });
    const [backup = ''] = await readdir(rig.path('backups'));
    expect(backup).toMatch(/^shop\.db\.\d{4}-\d\d-\d\dT\d{6}\.backup$/);
    expect(await sql('SELECT group_concat(what) FROM orders', `backups/${backup}`)).toBe('tea,bread');
  });

  test('restores a backup', async () => {
    const { rig, sql, database } = await rigWithDatabase();
    await sql(`.backup ${rig.path('wanted.db')}`);
    await sql("UPDATE orders SET what = 'spoilt'");
    expectExit(await rig.run([...run, ...database, ...inputs({ RESTORE_FROM: rig.path('wanted.db') })]), 0);
    expect(await sql('SELECT group_concat(what) FROM orders')).toBe('tea,bread');
    const [before = ''] = await readdir(rig.path('backups'));
    expect(await sql('SELECT group_concat(what) FROM orders', `backups/${before}`)).toBe('spoilt,spoilt');
  });

  test('goes back to the state before when the restore does not come to a good end', async () => {
    const { rig, sql, database } = await rigWithDatabase();
    await sql(`.backup ${rig.path('wanted.db')}`);
    await sql("UPDATE orders SET what = 'precious'");
    // Someone writes again right after the restore, so that the contents are not those of the backup.
    const document = await rig.file('sqlite-backup-restore.md');
    await rig.write(
      'sqlite-backup-restore.md',
      document.replace(
        '### It holds what the backup holds',
        '### Nothing was written since\n\n```sh\nsqlite3 "$DATABASE" "DELETE FROM orders WHERE id = 1"\n```\n\n$&',
      ),
    );
    expectExit(
      await rig.run([
        ...run,
        ...database,
        ...inputs({ RESTORE_FROM: rig.path('wanted.db') }),
        '--on-failure',
        'rollback',
      ]),
      3,
    );
    expect(await sql('SELECT group_concat(what) FROM orders')).toBe('precious,precious');
    expect(await readdir(rig.path('backups'))).toEqual([]);
    expect(statusesOf(await rig.file('sqlite-backup-restore.md'))).toMatchObject({
      restore: 'passed',
      'same-contents': 'failed',
      'restore-the-state-before': 'passed',
      'remove-backup': 'passed',
      'sound-after-rollback': 'passed',
    });
  });

  test('does not touch a database that is damaged', async () => {
    const { rig, database } = await rigWithDatabase();
    await rig.write('shop.db', 'this is no database, and never was one');
    expectExit(await rig.run([...run, ...database]), 4);
    expect(await readdir(rig.path())).toEqual(['shop.db', 'sqlite-backup-restore.md']);
  });
});
