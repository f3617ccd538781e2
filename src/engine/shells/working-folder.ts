// Owns where `cwd=` leads.
import { resolve } from 'node:path';
import { homeFolder } from '../files/home-folder.ts';
import { whyNoFolder } from '../processes/why-no-folder.ts';
import type { CarriedState } from './carried-state.ts';

/** `~` is the user's home; what is relative starts where the run started, wherever blocks have gone since. */
export function workingFolder(cwd: string, runCwd: string, carried: CarriedState): string {
  const home = carried.valueOf('HOME') ?? homeFolder();
  return resolve(runCwd, cwd.replace(/^~(?=\/|$)/, home));
}

export function isFolder(path: string): boolean {
  return whyNoFolder(path) === undefined;
}

/** Where this process is; `/` where that folder was removed, since execa starts nothing in what is not there. */
export function ownFolder(): string {
  try {
    const folder = process.cwd();
    return isFolder(folder) ? folder : '/';
  } catch {
    return '/';
  }
}
