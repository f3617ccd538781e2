// Owns the form in which carried state is kept on disk, secrets left out; knows nothing of when it is written.
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Redactor } from '../../run/redact.ts';
import { nodeFileOperations, syncFolder, writeNewFile } from '../file-operations.ts';
import { fromByteText, toByteText } from './byte-text.ts';
import type { CarriedChanges } from './carried-state.ts';
import type { ShellVariable, StateChange } from './shell-state.ts';

const formatVersion = 1;
/** The last line: a file without it was not written whole and is never taken up. */
const closingLine = '\nok\n';

export interface SecretRules {
  readonly redactor: Redactor;
  /** Names of variables that are left out whatever they hold. */
  readonly names: ReadonlySet<string>;
}

export interface ReadSnapshot {
  readonly changes: CarriedChanges;
  /** Variables that were left out because they held secrets: they have to be set again. */
  readonly withheld: readonly string[];
}

interface SnapshotFile {
  readonly version: typeof formatVersion;
  readonly cwd: string;
  readonly environment: readonly (readonly [string, string | null])[];
  readonly shells: readonly (readonly [string, StateChange])[];
  readonly withheld: readonly string[];
}

/**
 * Writes the changes under a name of their own and gives it back, relative to `runFolder`. They are on the device
 * then: the journal names the file, and must never name one that a power cut has taken.
 */
export function writeSnapshot(
  runFolder: string,
  name: string,
  changes: CarriedChanges,
  secrets: SecretRules,
): string {
  const file = join('state', `${name}.json`);
  const path = join(runFolder, file);
  const text = `${JSON.stringify(withoutSecrets(changes, secrets))}${closingLine}`;
  const bytes = new TextEncoder().encode(text);
  try {
    writeNewFile(nodeFileOperations, path, bytes, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeNewFile(nodeFileOperations, path, bytes, 0o600);
  }
  syncFolder(nodeFileOperations, dirname(path));
  return file;
}

/** Reads a snapshot, by its path from the run's folder or its whole path; throws with a message for people when it is torn or of another version. */
export function readSnapshot(runFolder: string, file: string): ReadSnapshot {
  const text = readFileSync(resolve(runFolder, file), 'utf8');
  if (!text.endsWith(closingLine)) throw new Error(`the saved shell state \`${file}\` was not written whole`);
  const read = JSON.parse(text.slice(0, -closingLine.length)) as SnapshotFile;
  if (read.version !== formatVersion)
    throw new Error(
      `the saved shell state \`${file}\` is of version ${read.version}; this is ${formatVersion}`,
    );
  return {
    changes: {
      cwd: read.cwd,
      environment: new Map(read.environment.map(([key, value]) => [key, value ?? undefined])),
      shells: new Map(read.shells),
    },
    withheld: read.withheld,
  };
}

function withoutSecrets(changes: CarriedChanges, secrets: SecretRules): SnapshotFile {
  const withheld = new Set<string>();
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
        },
      ];
    }),
    withheld: [...withheld].sort(),
  };
}

function masked(bytes: string, { redactor }: SecretRules): string {
  if (!redactor.active) return bytes;
  return redactor.reveals(fromByteText(bytes)) ? toByteText(redactor.redactText(fromByteText(bytes))) : bytes;
}
