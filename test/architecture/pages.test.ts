// Tests the pages for those who change the tool: what they say of folders and files is so.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { floors, rooms } from './floors.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const architecture = read('ARCHITECTURE.md');
const contributing = read('CONTRIBUTING.md');

/** Every folder below src/ that holds files of code. */
const folders = new Set(
  execFileSync(
    'git',
    ['-c', 'safe.directory=*', 'ls-files', '--cached', '--others', '--exclude-standard', 'src'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
    .split('\n')
    .filter((path) => /\.tsx?$/.test(path) && existsSync(join(root, path)))
    .map((path) => posix.dirname(path)),
);

/** The places of the table, in its order: `| src/engine/disk | what it owns |`, the place in backticks. */
const table = [...architecture.matchAll(/^\| `(src\/[a-z/-]+)` \| \S/gm)].map(([, place = '']) => place);

test('ARCHITECTURE.md has a line for each floor and room, and for no other', () => {
  expect([...table].sort()).toEqual([...folders].sort());
});

test('its floors come from the ground up, each with its rooms behind it', () => {
  const named = table.map((place) => place.split('/')[1] ?? '');
  expect([...new Set(named)]).toEqual(floors);
  expect(named).toEqual([...named].sort((one, other) => floors.indexOf(one) - floors.indexOf(other)));
});

test('the plan of the house names only rooms that are there', () => {
  const planned = Object.entries(rooms).flatMap(([place, rows]) =>
    rows.flatMap((row) => row.split(' < ').map((room) => `src/${place}/${room}`)),
  );
  expect([...new Set(planned)].filter((place) => !folders.has(place))).toEqual([]);
});

test.each([
  ['ARCHITECTURE.md', architecture],
  ['CONTRIBUTING.md', contributing],
])('every path that %s names is there', (_name, page) => {
  const paths = [...page.matchAll(/`((?:src|test|docs|bench|scripts|runbooks|templates|\.ci)\/[^`\s*]*)`/g)];
  expect(paths.length).toBeGreaterThan(5);
  expect(paths.map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('the example of CONTRIBUTING.md is the file as it is', () => {
  const example = /An example, `(\S+)`, whole:\n\n```ts\n([\s\S]*?)```/.exec(contributing);
  expect(example?.[2]).toBe(read(example?.[1] ?? ''));
});
