// Tests the unit of systemd that the documentation shows.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Rig, repositoryRoot } from '../../e2e/rig.ts';
import { findProgram } from '../../e2e/services.ts';

const analyze = findProgram('systemd-analyze');

it.skipIf(analyze === undefined)(
  'is taken by systemd, and lets little of the machine be reached',
  async () => {
    const rig = await Rig.create();
    const page = readFileSync(`${repositoryRoot}/docs/serve.md`, 'utf8');
    const [, unit = ''] = /```ini\n([\s\S]*?)```/.exec(page) ?? [];
    const path = await rig.write('runsheet.service', unit.replace('/usr/bin/runsheet', '/bin/true'));
    const verified = await rig.exec('systemd-analyze', ['verify', path]);
    expect([verified.exitCode, verified.stderr]).toEqual([0, '']);
    const judged = await rig.exec('systemd-analyze', ['security', '--offline=true', '--threshold=20', path]);
    expect(judged.exitCode).toBe(0);
  },
);

it.skipIf(analyze === undefined)('that of a worker is taken by systemd, too', async () => {
  const rig = await Rig.create();
  const page = readFileSync(`${repositoryRoot}/docs/fleet.md`, 'utf8');
  const [, unit = ''] = /```ini\n([\s\S]*?)```/.exec(page) ?? [];
  const path = await rig.write('runsheet-worker.service', unit.replace('/usr/bin/runsheet', '/bin/true'));
  const verified = await rig.exec('systemd-analyze', ['verify', path]);
  expect([verified.exitCode, verified.stderr]).toEqual([0, '']);
});
