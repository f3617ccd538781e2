import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { fileRules } from './architecture/file-rules.ts';
import type { HouseFile } from './architecture/house-file.ts';
import { importRules } from './architecture/import-rules.ts';
import { owners } from './architecture/owners.ts';
import type { Finding } from './architecture/rule.ts';

const root = join(import.meta.dirname, '..');

const show = (findings: readonly Finding[]): string[] =>
  findings.map(({ path, line, message }) => `${path}:${line}: ${message}`);

const filesOf = (samples: Readonly<Record<string, string>>): HouseFile[] =>
  Object.entries(samples).map(([path, text]) => ({ path, text }));

/** Every file of the project that git knows or would take. */
function houseFiles(): HouseFile[] {
  const listed = execFileSync(
    'git',
    ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  const paths = listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
  return paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

describe.each([...importRules, ...fileRules])('$name', ({ check, bad, good }) => {
  test('in the whole house', () => {
    expect(show(check(houseFiles()))).toEqual([]);
  });

  test.each(bad)('is seen where it is broken: $says.0', ({ files, says }) => {
    expect(show(check(filesOf(files)))).toEqual(says);
  });

  test('says nothing where it is kept', () => {
    expect(show(check(filesOf(good)))).toEqual([]);
  });
});

test('the table of owners names only packages that are installed', () => {
  const { dependencies, devDependencies, optionalDependencies } = packageJson;
  const installed = { ...dependencies, ...devDependencies, ...optionalDependencies };
  const types = new Set(Object.keys(installed).map((name) => name.replace('@types/', '')));
  expect(Object.keys(owners).filter((name) => !types.has(name))).toEqual([]);
});

test('the lock file names no place that a package was downloaded from', () => {
  const lock: { packages: Record<string, object> } = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  );
  expect(Object.entries(lock.packages).filter(([, entry]) => 'resolved' in entry)).toEqual([]);
});

test('a checkout is read at all', () => {
  const paths = houseFiles().map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(['package.json', 'src/run/event.ts', 'test/architecture.test.ts']),
  );
});
