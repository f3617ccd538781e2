// Tests blocks in the background: those that end by themselves are told from those that are ended with the run.
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Rig } from './rig.ts';

const block = (attributes: string, code: string): string => `\`\`\`sh {${attributes}}\n${code}\n\`\`\`\n\n`;
const waitFor = (file: string): string => `until [ -e ${file} ]; do sleep 0.05; done`;
const steps = '# Background\n\n## Steps\n\n';

/** What is told of the ends of blocks in the background, by address. */
function backgroundEnds(stdout: string): readonly object[] {
  return stdout
    .split('\n')
    .filter((line) => line.includes('"background-ended"'))
    .map((line) => JSON.parse(line))
    .map(({ address, ended, result, reason }) => ({
      address,
      ended,
      exit: result.exitCode,
      ...(reason && { reason }),
    }))
    .sort((left, right) => left.address.localeCompare(right.address));
}

/** The last block waits until the test has heard of the ends of the others. */
const book = `${steps}${block('name=short background', waitFor('go'))}
${block('name=broken background on-failure=continue', `${waitFor('go')}; exit 3`)}
${block('name=stopped background', 'echo $BASHPID >pid.new; mv pid.new pid; exec sleep 1000')}
${block('name=long background', 'exec sleep 1000')}
${block('name=stop', `${waitFor('pid')}; kill $(cat pid)`)}
${block('name=go', 'touch go')}
${block('name=wait', waitFor('heard'))}`;

test('each is told of once, as it ended; one that failed counts', async () => {
  const rig = await Rig.create();
  await rig.write('book.md', book);
  const running = rig.start(['run', 'book.md', '--yes', '--surface', 'ndjson']);
  await running.waitFor(/("background-ended"[\s\S]*){3}/);
  await rig.write('heard', '');
  const { stdout, exitCode } = await running.ended;
  expect(exitCode).toBe(1);
  expect(backgroundEnds(stdout)).toEqual([
    { address: 'broken', ended: 'itself', exit: 3, reason: { type: 'exit', code: 3 } },
    { address: 'long', ended: 'by-run', exit: null },
    { address: 'short', ended: 'itself', exit: 0 },
    { address: 'stopped', ended: 'itself', exit: null },
  ]);
  expect(stdout).toContain('"message":"failed, and the run continued: `broken`"');
  // What goes on is ended before it is said how the run has ended.
  expect(stdout.indexOf('"run-ended"')).toBeGreaterThan(stdout.lastIndexOf('"background-ended"'));
  const page = await rig.file('book.md');
  expect(page).toContain('in the background, exit 3');
  expect(page).toContain('in the background, ended by a signal');
  expect(page).toContain('in the background, ended with the run');
});

test('one that fails later stops the run before the next block', async () => {
  const rig = await Rig.create();
  await rig.write(
    'book.md',
    `${steps}${block('name=forward background', `${waitFor('go')}; exit 1`)}${block('name=use', `touch go; ${waitFor('heard')}`)}${block('name=next', 'touch next')}`,
  );
  const running = rig.start(['run', 'book.md', '--yes', '--surface', 'ndjson']);
  await running.waitFor(/"background-ended"/);
  await rig.write('heard', '');
  const { stdout, exitCode } = await running.ended;
  expect(exitCode).toBe(1);
  expect(stdout).toContain('"message":"`forward` failed"');
  expect(existsSync(rig.path('next'))).toBe(false);
});

test('one that its own timeout has ended has failed, and says so', async () => {
  const rig = await Rig.create();
  await rig.write(
    'book.md',
    `${steps}${block('name=bound background timeout=1s', 'sleep 1000')}${block('name=use', waitFor('heard'))}${block('name=next', 'touch next')}`,
  );
  const running = rig.start(['run', 'book.md', '--yes', '--surface', 'ndjson']);
  await running.waitFor(/"background-ended"/);
  await rig.write('heard', '');
  const { stdout, exitCode } = await running.ended;
  expect(exitCode).toBe(1);
  expect(backgroundEnds(stdout)).toEqual([
    { address: 'bound', ended: 'itself', exit: null, reason: { type: 'timeout', timeoutMs: 1000 } },
  ]);
  expect(existsSync(rig.path('next'))).toBe(false);
  expect(await rig.file('book.md')).toMatch(
    /✘ \*\*failed\*\* in \d.*? · in the background, timed out after 1 s ·/,
  );
});

test('one that fails at once fails in its place', async () => {
  const rig = await Rig.create();
  await rig.write(
    'book.md',
    `${steps}${block('name=forward background', 'echo "address in use" >&2; exit 1')}${block('name=use', 'touch used')}`,
  );
  const { stdout, exitCode } = await rig.run(['run', 'book.md', '--yes', '--surface', 'ndjson']);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('"message":"`forward` failed"');
  expect(existsSync(rig.path('used'))).toBe(false);
});
