import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resolveSecret } from '../../../src/engine/secrets/resolve-secret.ts';
import type { SecretSource } from '../../../src/runbook/front-matter/secret-source.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const resolve = (secret: SecretSource, folder: string, env: NodeJS.ProcessEnv = {}) =>
  resolveSecret({ name: 'TOKEN', type: 'string', required: false, secret }, env, folder);

test('a secret is found from the folder of its runbook, its last newline taken off', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'token'), 'a\nb \r\n');
  expect(resolve({ type: 'file', path: 'token' }, folder)).toEqual({ ok: true, value: 'a\nb ' });
  expect(resolve({ type: 'command', command: 'cat token; pwd' }, folder)).toEqual({
    ok: true,
    value: `a\nb \r\n${folder}`,
  });
  expect(resolve({ type: 'env', name: 'T' }, folder, { T: 'x\n' })).toEqual({ ok: true, value: 'x\n' });
  expect(resolve({ type: 'prompt' }, folder)).toEqual({ ok: true, value: undefined });
  expect(resolve({ type: 'prompt' }, folder, { TOKEN: 'y' })).toEqual({ ok: true, value: 'y' });
});

test('what is wrong is said without what was read', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'bytes'), 'hunter2\0');
  const problems: readonly (readonly [SecretSource, string])[] = [
    [{ type: 'file', path: 'none' }, 'cannot read `none`: no such file'],
    [{ type: 'file', path: 'bytes' }, 'it holds NUL bytes, so it is not valid text'],
    [{ type: 'command', command: 'echo hunter2; exit 3' }, 'its command failed (exit 3)'],
    [{ type: 'env', name: 'NONE' }, 'the environment has no `NONE`'],
  ];
  for (const [source, problem] of problems)
    expect(resolve(source, folder)).toEqual({ ok: false, error: `secret \`TOKEN\`: ${problem}` });
});
