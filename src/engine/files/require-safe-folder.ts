// Owns whose a folder of the state is: its owner's, or that of a group which it was given to, and nobody else's.
import { constants, lstatSync, readlinkSync, type Stats, statSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';

/** The group reads and writes in it, and what is made in it belongs to the group: such as `chmod 2770` makes it. */
export const sharingBits = constants.S_IRWXG | 0o2000;

const stickyBit = 0o1000;
const root = 0;

/** A folder in which somebody could change what a run does, who was not given it. */
export class UnsafeFolder extends Error {
  override readonly name = 'UnsafeFolder';
}

/** The number of the group that a folder was given to; undefined where it is its owner's alone, or is not there. */
export function groupOfFolder(path: string): number | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && isShared(stats) ? stats.gid : undefined;
}

/** Throws `UnsafeFolder` for a state folder that is there and is not safe, or that others could put one in the place of. */
export function requireSafeState(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  refuse(path, whyUnsafe(stats));
  for (const { folder, link } of namesOnTheWay(path)) {
    const { mode } = statSync(folder);
    if ((mode & constants.S_IWOTH) === 0) continue;
    if ((mode & stickyBit) === 0) refuse(path, `everybody may replace it, in \`${folder}\``);
    // There, whoever has made a link may make another of it.
    if (link !== undefined && link.uid !== root && link.uid !== process.geteuid?.())
      refuse(path, `another account may replace it, by a link in \`${folder}\``);
  }
}

/** One name of a path, looked up in a folder; with what it leads elsewhere by. */
interface NameOnTheWay {
  readonly folder: string;
  readonly link?: Stats;
}

/** Every name that the system looks up for a path that is there: those that stand in it, and those that links lead over. */
function* namesOnTheWay(path: string): Iterable<NameOnTheWay> {
  let folder: string = sep;
  const names = (isAbsolute(path) ? path : `${process.cwd()}${sep}${path}`).split(sep);
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    if (name === '' || name === '.') continue;
    if (name === '..') {
      folder = dirname(folder);
      continue;
    }
    const at = join(folder, name);
    const stats = lstatSync(at);
    if (!stats.isSymbolicLink()) {
      yield { folder };
      folder = at;
      continue;
    }
    yield { folder, link: stats };
    const target = readlinkSync(at);
    names.unshift(...target.split(sep));
    if (isAbsolute(target)) folder = sep;
  }
}

/** Throws `UnsafeFolder` for a folder below the state folder that is there and is not safe. */
export function requireSafeFolder(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (stats.isSymbolicLink()) refuse(path, 'it is a symbolic link');
  refuse(path, stats.isDirectory() ? whyUnsafe(stats) : 'it is not a folder');
}

function refuse(path: string, why: string | undefined): void {
  if (why !== undefined) throw new UnsafeFolder(`\`${path}\` is not safe: ${why}`);
}

function whyUnsafe(stats: Stats): string | undefined {
  const { mode, uid } = stats;
  if ((mode & constants.S_IWOTH) !== 0) return 'everybody may write to it';
  if (isShared(stats)) return undefined;
  if ((mode & constants.S_IWGRP) !== 0) return 'its group may write to it, but it was not given to the group';
  const me = process.geteuid?.() ?? uid;
  return uid === me || uid === root || me === root ? undefined : 'it belongs to another account';
}

function isShared({ mode }: Stats): boolean {
  return (mode & sharingBits) === sharingBits;
}
