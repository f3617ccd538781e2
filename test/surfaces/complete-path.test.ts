import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { completePath, mayBePath } from '../../src/surfaces/complete-path.ts';

const folder = mkdtempSync(join(tmpdir(), 'complete-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'configs'));
for (const name of ['config.yaml', 'configs/a b', '.hidden', 'two\nlines'])
  writeFileSync(join(folder, name), '');
symlinkSync('nowhere', join(folder, 'dangling'));

const complete = (typed: string) => completePath(typed, folder, folder);

describe('a path', () => {
  it.each([
    ['', { text: '', names: ['config.yaml', 'configs/', 'dangling'] }],
    ['co', { text: 'config', names: ['config.yaml', 'configs/'] }],
    ['config.', { text: 'config.yaml', names: ['config.yaml'] }],
    ['./configs/', { text: './configs/a b', names: ['a b'] }],
    ['~', { text: '~/', names: [] }],
    ['~/da', { text: '~/dangling', names: ['dangling'] }],
    ['.h', { text: '.hidden', names: ['.hidden'] }],
    ['none', { text: 'none', names: [] }],
    ['none/', { text: 'none/', names: [] }],
    ['two', { text: 'two', names: [] }],
  ])('that is typed as far as %j is completed', (typed, expected) => {
    expect(complete(typed)).toEqual(expected);
  });

  it('may stand in an input of that type, and where what is typed begins as paths do', () => {
    const input = (more: object) => ({ name: 'X', type: 'string', required: true, ...more }) as const;
    expect(mayBePath({ ...input({}), type: 'path' }, 'co')).toBe(true);
    for (const typed of ['/', '~/x', './x', '../x']) expect(mayBePath(input({}), typed)).toBe(true);
    for (const typed of ['', 'a/b', '~x']) expect(mayBePath(input({}), typed)).toBe(false);
    expect(mayBePath(input({ choices: ['/a'] }), '/')).toBe(false);
    expect(mayBePath(input({ secret: { type: 'prompt' } }), '/')).toBe(false);
  });
});
