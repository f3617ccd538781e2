// Tests that the plain pages beside our runbooks can be run, and that the docs say how long they are. With PLAIN_PAGES=1
// the tests of the runbooks run these pages instead.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Rig, repositoryRoot } from './rig.ts';

test('nothing is wrong with any of them', async () => {
  const rig = await Rig.create();
  const folder = join(repositoryRoot, 'bench/plain');
  const checked = await rig.run(['check', ...readdirSync(folder).map((name) => join(folder, name))]);
  expect(checked.exitCode).toBe(0);
  expect(checked.stderr).toMatch(/^9 runbooks checked: 0 errors, 0 warnings, \d+ hints?$/m);
});

test('the docs hold what counts them', () => {
  const args = [join(repositoryRoot, 'bench/plain-pages.mjs')];
  const table = execFileSync(process.execPath, args, { encoding: 'utf8' });
  expect(readFileSync(join(repositoryRoot, 'docs/authors.md'), 'utf8')).toContain(`\n\n${table}\n`);
  const nginx = readFileSync(join(repositoryRoot, 'runbooks/nginx-config-change.md'), 'utf8').split('\n');
  expect(table).toContain(`| \`nginx-config-change\` | ${nginx.filter((line) => line !== '').length} | `);
});
