import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findConfigurationFiles } from '../../../src/engine/disk/find-configuration-files.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

function layOut(files: readonly string[]): string {
  const folder = temporaryFolder();
  for (const file of files) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

test("the user's own comes first, then the nearest above the runbook", () => {
  const folder = layOut([
    'home/.config/runsheet/config.yaml',
    'xdg/runsheet/config.yaml',
    'runsheet.yaml',
    'a/runsheet.yaml',
    'a/b/c/run.md',
  ]);
  const runbook = join(folder, 'a/b/c/run.md');
  const home = join(folder, 'home');
  const nearest = { path: join(folder, 'a/runsheet.yaml') };
  expect(findConfigurationFiles(runbook, {}, home)).toEqual([
    { path: join(home, '.config/runsheet/config.yaml') },
    nearest,
  ]);
  expect(findConfigurationFiles(runbook, { XDG_CONFIG_HOME: join(folder, 'xdg') }, home)).toEqual([
    { path: join(folder, 'xdg/runsheet/config.yaml') },
    nearest,
  ]);
  expect(findConfigurationFiles(runbook, { XDG_CONFIG_HOME: 'relative' }, join(folder, 'none'))).toEqual([
    nearest,
  ]);
});

test('one whose name ends in `.yml` is refused, unless the right one is nearer', () => {
  const folder = layOut([
    '.config/runsheet/config.yml',
    'runsheet.yml',
    'a/run.md',
    'b/runsheet.yaml',
    'b/run.md',
  ]);
  const refused = (path: string, name: string) => ({
    path,
    refusal: {
      code: 'configuration-name',
      severity: 'error',
      message: `\`${path}\` is not read by that name`,
      help: `name it \`${name}\``,
    },
  });
  expect(findConfigurationFiles(join(folder, 'a/run.md'), {}, folder)).toEqual([
    refused(join(folder, '.config/runsheet/config.yml'), 'config.yaml'),
    refused(join(folder, 'runsheet.yml'), 'runsheet.yaml'),
  ]);
  expect(findConfigurationFiles(join(folder, 'b/run.md'), {}, join(folder, 'none'))).toEqual([
    { path: join(folder, 'b/runsheet.yaml') },
  ]);
});

test('a folder of that name is no configuration', () => {
  const folder = layOut(['runsheet.yaml', 'a/runsheet.yaml/x', 'a/run.md']);
  expect(findConfigurationFiles(join(folder, 'a/run.md'), {}, folder)).toEqual([
    { path: join(folder, 'runsheet.yaml') },
  ]);
});

test.runIf(process.getuid?.() === 0)('what a stranger put above is not followed', () => {
  const folder = layOut(['runsheet.yaml', 'a/run.md']);
  const path = join(folder, 'runsheet.yaml');
  const runbook = join(folder, 'a/run.md');
  chownSync(path, 12_345, 12_345);
  expect(findConfigurationFiles(runbook, {}, folder)).toEqual([
    {
      path,
      refusal: {
        code: 'configuration-owner',
        severity: 'error',
        message: `\`${path}\` belongs to neither you nor the owner of the runbook, and it says which programs to run`,
        help: 'look at it, and make it your own with chown, or move the runbook elsewhere',
      },
    },
  ]);
  chownSync(runbook, 12_345, 12_345);
  expect(findConfigurationFiles(runbook, {}, folder)).toEqual([{ path }]);
});
