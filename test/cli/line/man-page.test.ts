import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createProgram } from '../../../src/cli/line/create-program.ts';
import { manPage } from '../../../src/cli/line/man-page.ts';

const page = manPage(createProgram(), '0.1.0');

test('the manual page of the package is that of the command line', async () => {
  await expect(page).toMatchFileSnapshot('../../../docs/runsheet.1');
});

const isThere = spawnSync('groff', ['-v']).status === 0;
if (!isThere && process.env.RUNSHEET_REQUIRE_SERVICES) throw new Error('groff is missing');

test.skipIf(!isThere)('groff sets it without a warning, and each command and option can be read', () => {
  const set = spawnSync('groff', ['-man', '-Tascii', '-ww', '-P-cbou', '-rLL=100n'], {
    input: page,
    encoding: 'utf8',
  });
  expect([set.status, set.stderr]).toEqual([0, '']);
  const text = set.stdout;
  const shown = createProgram().createHelp().visibleCommands(createProgram());
  for (const command of shown) {
    expect(text).toContain(`runsheet ${command.name()}`);
    for (const { long } of command.options) expect(text).toContain(long ?? '');
  }
});
