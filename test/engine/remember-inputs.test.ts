import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readRememberedInputs, rememberInputs } from '../../src/engine/remember-inputs.ts';

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'runsheet-remember-'));
});
afterEach(() => rmSync(state, { recursive: true }));

it('offers what was answered for the same runbook, newest first', () => {
  rememberInputs(state, '/a.md', { HOST: 'web1', PORT: '80' });
  rememberInputs(state, '/a.md', { HOST: 'web2' });
  expect(readRememberedInputs(state, '/a.md')).toEqual({ HOST: 'web2', PORT: '80' });
  expect(readRememberedInputs(state, '/b.md')).toEqual({});
});

// Only root can give a file away.
it.skipIf(process.geteuid?.() !== 0)('does not offer what another account has left', () => {
  rememberInputs(state, '/a.md', { HOST: 'web1' });
  for (const name of readdirSync(join(state, 'inputs'))) chownSync(join(state, 'inputs', name), 1, 1);
  expect(readRememberedInputs(state, '/a.md')).toEqual({});
});
