// Owns the form of a state in which no secret is readable: variables left out by name, all else locked with the secrets.
import { fromByteText } from '../../../languages/shell/byte-text.ts';
import type { KnownSecrets } from '../../../run/masking/known-secrets.ts';
import { secretMask } from '../../../run/masking/redactor.ts';
import type { CarriedChanges } from '../carried-state.ts';
import type { LockedPart, SecretLock } from './secret-lock.ts';
import { isList, type TakenPart, takeOut } from './take-out.ts';

/** The changes as they may be kept. A mask in the place of a secret would be read as a pattern by every shell. */
export function withholdSecrets(
  changes: CarriedChanges,
  secrets: KnownSecrets,
  lock: SecretLock,
): CarriedChanges {
  const withheld = new Set(changes.withheld);
  const lists: LockedPart[] = [];
  const isSecret = (name: string, text: string): boolean => {
    if (!secrets.names.has(name) && !secrets.redactor.reveals(text)) return false;
    withheld.add(name);
    return true;
  };
  const withoutVariables: CarriedChanges = {
    ...changes,
    environment: new Map(
      [...changes.environment].filter(([name, value]) => value === undefined || !isSecret(name, value)),
    ),
    shells: new Map(
      [...changes.shells].map(([shell, change]) => {
        const set = change.set.filter(([name, variable]) => {
          if (!isList(variable)) return !isSecret(name, fromByteText(variable.source ?? ''));
          if (!secrets.names.has(name)) return true;
          lists.push({ what: `list \`${name}\``, names: [name], secrets: [] });
          return false;
        });
        return [shell, { ...change, set }];
      }),
    ),
  };
  const { kept, parts } = takeOut(withoutVariables, (text) => secrets.redactor.reveals(text));
  return {
    ...kept,
    withheld: [...withheld].sort(),
    locked: [...changes.locked, ...lists, ...parts.map((part) => lockedPart(part, secrets, lock))],
  };
}

function lockedPart(
  { text, taken, ...part }: TakenPart,
  secrets: KnownSecrets,
  lock: SecretLock,
): LockedPart {
  const found = secrets.foundIn(text);
  const values = found.map(({ value }) => value);
  const names = part.names?.filter((name) => !secrets.redactor.reveals(name));
  return {
    what: secrets.redactor.redactText(part.what),
    // What is called by a secret may be called by any code.
    ...(names !== undefined && names.length === part.names?.length && { names }),
    secrets: found.map(({ name }) => name),
    ...(found.length > 0 && { box: lock.lock(taken, values) }),
  };
}

/** States of older tools have masks where code and folders held secrets: what has one is lost. */
export function withoutMasks(changes: CarriedChanges): CarriedChanges {
  const { kept, parts } = takeOut(changes, (text) => text.includes(secretMask));
  return {
    ...kept,
    locked: parts.map(({ what, names }) => ({ what, ...(names && { names }), secrets: [] })),
  };
}
