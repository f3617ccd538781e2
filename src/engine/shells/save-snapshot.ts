// Owns the form in which carried state is kept on disk, secrets left out.
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Address } from '../../basics/address.ts';
import { fromByteText, toByteText } from '../../languages/shell/byte-text.ts';
import type { ShellVariable, StateChange } from '../../languages/shell/shell-state.ts';
import type { SavedState } from '../../run/files/saved-state.ts';
import type { KnownSecrets } from '../../run/masking/known-secrets.ts';
import { syncFolder, writeNewFile } from '../files/file-operations.ts';
import { makeStateFolder, stateFileOperations } from '../files/write-state-file.ts';
import type { CarriedChanges } from './carried-state.ts';
import { StateSeal } from './state-seal.ts';

const formatVersion = 1;
/** The last line: a file without it was not written whole and is never taken up. */
const closingLine = '\nok\n';

interface Snapshot {
  readonly version: typeof formatVersion;
  readonly cwd: string;
  readonly environment: readonly (readonly [string, string | null])[];
  readonly shells: readonly (readonly [string, StateChange])[];
  readonly withheld: readonly string[];
  /** Absent where no runbook was left for another one. */
  readonly leftIn?: readonly (readonly [Address | null, string])[];
  /** Null in the opened runbook; absent in snapshots of 0.1.0. */
  readonly within?: Address | null;
  /** Absent where every shell has told how it ended. */
  readonly gone?: readonly string[];
}

/** A file costs a millisecond or two to make; a state of this size or less goes into the journal instead. */
const inlineBytes = 8 * 1024;

/**
 * Gives the changes in the form in which they are kept. What is too large for the journal is written to a file
 * of its own, and is on the device then: the journal must never name a file that a power cut has taken.
 */
export function saveSnapshot(
  runFolder: string,
  name: string,
  changes: CarriedChanges,
  { secrets, seal }: { readonly secrets: KnownSecrets; readonly seal: StateSeal },
): SavedState {
  const snapshot = JSON.stringify(withoutSecrets(changes, secrets));
  if (snapshot.length <= inlineBytes) return { sealed: seal.seal(snapshot) };
  const file = join('state', `${name}.json`);
  const path = join(runFolder, file);
  const bytes = new TextEncoder().encode(`${snapshot}${closingLine}`);
  try {
    writeNewFile(stateFileOperations, path, bytes, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    makeStateFolder(dirname(path));
    writeNewFile(stateFileOperations, path, bytes, 0o600);
  }
  syncFolder(stateFileOperations, dirname(path));
  return { file, digest: hash('sha256', bytes, 'hex') };
}

/**
 * Reads a saved state; throws with a message for people when its file is torn, is not the one that was stored, or is of
 * another version.
 */
export function readSnapshot(runFolder: string, saved: SavedState): CarriedChanges {
  const read = JSON.parse(textOf(runFolder, saved)) as Snapshot;
  if (read.version !== formatVersion) {
    const where = 'file' in saved ? ` \`${saved.file}\`` : '';
    throw new Error(`the saved shell state${where} is of version ${read.version}; this is ${formatVersion}`);
  }
  return {
    cwd: read.cwd,
    environment: new Map(read.environment.map(([key, value]) => [key, value ?? undefined])),
    shells: new Map(read.shells),
    leftIn: new Map((read.leftIn ?? []).map(([link, folder]) => [link ?? undefined, folder])),
    ...(read.within !== undefined && { within: read.within }),
    withheld: read.withheld,
    gone: read.gone ?? [],
  };
}

function textOf(runFolder: string, saved: SavedState): string {
  if ('sealed' in saved) return new StateSeal(runFolder).open(saved.sealed);
  return 'snapshot' in saved ? saved.snapshot : readWhole(runFolder, saved);
}

function readWhole(runFolder: string, { file, digest }: Extract<SavedState, { file: string }>): string {
  const bytes = readFileSync(resolve(runFolder, file));
  const text = bytes.toString('utf8');
  if (!text.endsWith(closingLine)) throw new Error(`the saved shell state \`${file}\` was not written whole`);
  if (digest !== undefined && hash('sha256', bytes, 'hex') !== digest)
    throw new Error(`the saved shell state \`${file}\` is not the one that was stored`);
  return text.slice(0, -closingLine.length);
}

function withoutSecrets(changes: CarriedChanges, secrets: KnownSecrets): Snapshot {
  const withheld = new Set(changes.withheld);
  const isSecret = (name: string, text: string): boolean => {
    if (!secrets.names.has(name) && !secrets.redactor.reveals(text)) return false;
    withheld.add(name);
    return true;
  };
  return {
    version: formatVersion,
    cwd: secrets.redactor.redactText(changes.cwd),
    environment: [...changes.environment]
      .filter(([name, value]) => value === undefined || !isSecret(name, value))
      .map(([name, value]) => [name, value ?? null]),
    shells: [...changes.shells].map(([name, change]) => {
      const holdsSecret = ([variable, { source }]: readonly [string, ShellVariable]): boolean =>
        isSecret(variable, fromByteText(source ?? ''));
      return [
        name,
        {
          ...change,
          set: change.set.filter((entry) => !holdsSecret(entry)),
          ...(change.functions === undefined
            ? {}
            : { functions: { ...change.functions, text: masked(change.functions.text, secrets) } }),
          ...(change.aliases === undefined ? {} : { aliases: masked(change.aliases, secrets) }),
          ...(change.cwd === undefined ? {} : { cwd: masked(change.cwd, secrets) }),
          ...(change.more === undefined
            ? {}
            : { more: change.more.map(([kind, text]) => [kind, masked(text, secrets)] as const) }),
        },
      ];
    }),
    withheld: [...withheld].sort(),
    ...(changes.gone.length > 0 && { gone: changes.gone }),
    ...(changes.within !== undefined && { within: changes.within }),
    ...(changes.leftIn.size > 0 && {
      leftIn: [...changes.leftIn].map(
        ([link, folder]) => [link ?? null, secrets.redactor.redactText(folder)] as const,
      ),
    }),
  };
}

function masked(bytes: string, { redactor }: KnownSecrets): string {
  if (!redactor.active) return bytes;
  return redactor.reveals(fromByteText(bytes)) ? toByteText(redactor.redactText(fromByteText(bytes))) : bytes;
}
