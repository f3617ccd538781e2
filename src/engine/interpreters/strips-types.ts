// Owns which Node runs TypeScript by itself.
import { execPath, version } from 'node:process';
import { execaSync } from 'execa';

const known = new Map<string, boolean>();

/** Node strips types from 22.6 on; one that does not say its version is asked to and says itself what is wrong. */
export function stripsTypes(path: string): boolean {
  const found = known.get(path) ?? isNewEnough(path === execPath ? version : versionOf(path));
  known.set(path, found);
  return found;
}

function versionOf(path: string): string {
  const { stdout } = execaSync(path, ['--version'], { reject: false, timeout: 5_000, verbose: 'none' });
  return stdout ?? '';
}

function isNewEnough(written: string): boolean {
  const [, major = '22', minor = '6'] = /^v(\d+)\.(\d+)/.exec(written) ?? [];
  return Number(major) > 22 || (major === '22' && Number(minor) >= 6);
}
