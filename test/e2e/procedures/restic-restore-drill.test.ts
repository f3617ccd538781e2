// Tests runbooks/restic-restore-drill.md with a real repository of restic.
import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import { pageOf } from '../plain-pages.ts';
import { Machine } from './machine.ts';
import { filesOf, type Procedure, tryProcedure } from './try-procedure.ts';

async function layOut(): Promise<Procedure> {
  const machine = await Machine.create();
  const env = { RESTIC_PASSWORD: 'correct horse battery' };
  const repository = machine.path('repository');
  const restic = (...args: string[]): string =>
    execFileSync('restic', ['--quiet', ...args], {
      env: {
        ...process.env,
        ...env,
        RESTIC_REPOSITORY: repository,
        RESTIC_CACHE_DIR: machine.path('cache'),
      },
      encoding: 'utf8',
    });
  const live = machine.path('srv');
  const fill = `mkdir -p "$1/orders" && cd "$1" && for n in 1 2 3; do echo "order $n" >"orders/$n"; done
find . -type f ! -name MANIFEST.sha256 -exec sha256sum {} + >MANIFEST.sha256`;
  execFileSync('sh', ['-c', fill, 'sh', live]);
  restic('init');
  restic('backup', live);
  const metrics = await machine.write('restic-drill.prom', '# An older drill.\n');
  return {
    page: pageOf('restic-restore-drill'),
    machine,
    env: { ...env, RESTIC_CACHE_DIR: machine.path('cache') },
    inputs: {
      RESTIC_REPOSITORY: repository,
      BACKUP_PATH: live,
      READ: '100%',
      DRILL_DIR: machine.path('drill'),
      METRICS: metrics,
    },
    state: async () => ({
      snapshots: restic('snapshots', '--json'),
      locks: restic('list', 'locks'),
      live: filesOf([live], 3),
      metrics: execFileSync('cat', [metrics], { encoding: 'utf8' }).replace(/ \d{10}$/m, ' NOW'),
      drill: filesOf([machine.folder]).match(/\/drill.*/)?.[0],
    }),
  };
}

tryProcedure('restic-restore-drill.md', ['restic'], layOut, (after, before) => {
  expect(after).toEqual({
    ...(before as object),
    metrics: expect.stringMatching(
      /^restic_drill_success_timestamp_seconds\{path="\S+\/srv"\} NOW\n(?:#.*\n)+restic_drill_files\{path="\S+\/srv"\} 3\n$/m,
    ),
  });
});
