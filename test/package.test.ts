import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'runsheet-test-'));
const installed = join(folder, 'elsewhere', 'node_modules', 'runsheet');
const tool = join(folder, 'elsewhere', 'node_modules', '.bin', 'runsheet');

/** Only what a stranger's machine has as well, and a home of its own. */
const environment = { PATH: process.env.PATH, HOME: join(folder, 'home'), TMPDIR: folder };

beforeAll(() => {
  // `dist` is there already, made by `npm test` or by hand: packing does not build it a second time.
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  mkdirSync(join(folder, 'elsewhere'));
  mkdirSync(environment.HOME);
  execFileSync('npm', ['install', '--ignore-scripts', '--no-package-lock', join(folder, filename)], {
    cwd: join(folder, 'elsewhere'),
    stdio: 'ignore',
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const call = (...args: string[]) =>
  spawnSync(tool, args, {
    env: environment,
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

test('holds what is needed to run, and nothing else', () => {
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' }).sort();
  const top = readdirSync(installed).sort();
  const known = [
    ...packageJson.files.map((file) => file.replace(/\/.*/, '')),
    'package.json',
    'node_modules',
  ];
  expect(top.filter((name) => !known.includes(name))).toEqual([]);
  expect(files).toEqual(
    expect.arrayContaining(['LICENSE', 'dist/runsheet.js', 'dist/main.cjs', 'dist/THIRD-PARTY-LICENSES.txt']),
  );
  expect(files.filter((name) => /\.(ts|tsx|map)$/.test(name) && !name.includes('node_modules'))).toEqual([]);
});

test('brings the licences of what is bundled', () => {
  const licences = readFileSync(join(installed, 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  expect(licences).toMatch(/^commander 14\.0\.3\nLicence: MIT\n\n\(The MIT License\)/m);
});

test('installs no other packages than the optional terminal and the optional queue', () => {
  const packages = readdirSync(join(folder, 'elsewhere', 'node_modules')).filter(
    (name) => !name.startsWith('.'),
  );
  expect(packages.sort()).toEqual([
    ...['@libsql', '@lydell', '@neon-rs', 'detect-libc', 'libsql'],
    'runsheet',
  ]);
});

test('answers --version and --help', () => {
  expect(call('--version')).toMatchObject({ status: 0, stdout: `${packageJson.version}\n`, stderr: '' });
  const help = call('--help');
  expect(help).toMatchObject({ status: 0, stderr: '' });
  expect(help.stdout).toMatch(/^Usage: runsheet /);
});

test('runs a runbook and writes the result into it, also without the optional terminal', () => {
  rmSync(join(folder, 'elsewhere', 'node_modules', '@lydell'), { recursive: true, force: true });
  const runbook = join(folder, 'tiny.md');
  writeFileSync(runbook, '# Tiny\n\n## Steps\n\n### Greet\n\n```sh\nNAME=there; echo "hello $NAME"\n```\n');
  const { status, stderr } = call('run', runbook, '--yes', '--log', 'document');
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  expect(readFileSync(runbook, 'utf8')).toContain('```text\nhello there\n```');
  expect(existsSync(join(environment.HOME, '.local', 'state', 'runsheet', 'runs'))).toBe(true);
});
