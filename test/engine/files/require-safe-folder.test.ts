import { chmodSync, lchownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  groupOfFolder,
  requireSafeFolder,
  requireSafeState,
} from '../../../src/engine/files/require-safe-folder.ts';

describe('a state folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runsheet-safe-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const made = (mode: number, name = 'state'): string => {
    const path = join(folder, name);
    mkdirSync(path);
    chmodSync(path, mode);
    return path;
  };

  it.each([0o700, 0o750, 0o755, 0o2770, 0o2775])('is safe with mode %o', (mode) => {
    const path = made(mode);
    expect(() => requireSafeState(path)).not.toThrow();
    expect(() => requireSafeFolder(path)).not.toThrow();
    expect(groupOfFolder(path) !== undefined).toBe((mode & 0o2770) === 0o2770);
  });

  it.each([
    [0o770, 'its group may write to it, but it was not given to the group'],
    [0o2720, 'its group may write to it, but it was not given to the group'],
    [0o777, 'everybody may write to it'],
    [0o1777, 'everybody may write to it'],
    [0o2777, 'everybody may write to it'],
  ])('is refused with mode %o: %s', (mode, why) => {
    const path = made(mode);
    expect(() => requireSafeState(path)).toThrow(`\`${path}\` is not safe: ${why}`);
    expect(() => requireSafeFolder(path)).toThrow(`\`${path}\` is not safe: ${why}`);
  });

  it('may be a link, but nothing below it may', () => {
    made(0o700);
    const link = join(folder, 'link');
    symlinkSync('state', link);
    expect(() => requireSafeState(link)).not.toThrow();
    expect(() => requireSafeFolder(link)).toThrow(`\`${link}\` is not safe: it is a symbolic link`);
  });

  it('is refused where everybody could put another in its place', () => {
    const open = made(0o777, 'open');
    const path = made(0o700, join('open', 'state'));
    expect(() => requireSafeState(path)).toThrow(
      `\`${path}\` is not safe: everybody may replace it, in \`${realpathSync(open)}\``,
    );
    chmodSync(open, 0o1777);
    expect(() => requireSafeState(path)).not.toThrow();
  });

  it.each(['link', 'over/link', 'far/link', 'open/../link', 'open/link/../link/../../link'])(
    'is refused where everybody could put another in the place of what a link leads to: %s',
    (name) => {
      const open = made(0o777, 'open');
      made(0o700, join('open', 'state'));
      made(0o700, 'over');
      symlinkSync('open/state', join(folder, 'link'));
      symlinkSync('over', join(folder, 'far'));
      symlinkSync('../link', join(folder, 'over', 'link'));
      symlinkSync(join(folder, 'link'), join(folder, 'open', 'link'));
      const path = `${folder}/${name}`;
      expect(() => requireSafeState(path)).toThrow(
        `\`${path}\` is not safe: everybody may replace it, in \`${realpathSync(open)}\``,
      );
      chmodSync(open, 0o755);
      expect(() => requireSafeState(path)).not.toThrow();
    },
  );

  it('is refused where everybody could put another link in the place of one on the way', () => {
    const open = made(0o777, 'open');
    made(0o700);
    symlinkSync('../state', join(open, 'link'));
    const path = join(open, 'link');
    expect(() => requireSafeState(path)).toThrow(
      `\`${path}\` is not safe: everybody may replace it, in \`${realpathSync(open)}\``,
    );
    chmodSync(open, 0o1777);
    expect(() => requireSafeState(path)).not.toThrow();
  });

  it.runIf(process.geteuid?.() === 0)('is refused where a link on the way is of another account', () => {
    const open = made(0o1777, 'open');
    made(0o700);
    const path = join(open, 'link');
    symlinkSync('../state', path);
    lchownSync(path, 65534, 65534);
    expect(() => requireSafeState(path)).toThrow(
      `\`${path}\` is not safe: another account may replace it, by a link in \`${realpathSync(open)}\``,
    );
  });

  it('is no matter while it is not there', () => {
    expect(() => requireSafeState(join(folder, 'none'))).not.toThrow();
    expect(() => requireSafeFolder(join(folder, 'none'))).not.toThrow();
  });
});
