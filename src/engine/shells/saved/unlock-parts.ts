// Owns putting back into a state what was taken out of it because it held secrets, where these are given again.
import type { StateChange } from '../../../languages/shell/shell-state.ts';
import type { KnownSecrets } from '../../../run/masking/known-secrets.ts';
import type { CarriedChanges } from '../carried-state.ts';
import type { LockedPart, SecretLock, TakenOut } from './secret-lock.ts';

/** The changes with all that these secrets open; what they do not open is still locked in them, and missing. */
export function unlockParts(
  changes: CarriedChanges,
  secrets: Pick<KnownSecrets, 'valuesOf'>,
  lock: SecretLock,
): CarriedChanges {
  const locked: LockedPart[] = [];
  let done = changes;
  for (const part of changes.locked) {
    const taken = openedBy(part, secrets, lock);
    if (taken === undefined) locked.push(part);
    else done = putBack(done, taken);
  }
  return { ...done, locked };
}

function openedBy(
  { secrets: names, box }: LockedPart,
  secrets: Pick<KnownSecrets, 'valuesOf'>,
  lock: SecretLock,
): TakenOut | undefined {
  const values = names.flatMap((name) => secrets.valuesOf(name).slice(-1));
  return box === undefined || values.length < names.length ? undefined : lock.open(box, values);
}

function putBack(changes: CarriedChanges, taken: TakenOut): CarriedChanges {
  if ('cwd' in taken) return { ...changes, cwd: taken.cwd };
  if ('leftIn' in taken) {
    const [link, folder] = taken.leftIn;
    return { ...changes, leftIn: new Map([...changes.leftIn, [link ?? undefined, folder]]) };
  }
  const kept = changes.shells.get(taken.shell);
  if (kept === undefined) return changes;
  return { ...changes, shells: new Map([...changes.shells, [taken.shell, joined(kept, taken.change)]]) };
}

function joined(kept: StateChange, { set, functions, more, ...rest }: Partial<StateChange>): StateChange {
  return {
    ...kept,
    ...rest,
    ...(set && { set: [...kept.set, ...set] }),
    ...(more && { more: [...(kept.more ?? []), ...more] }),
    ...(functions && {
      functions: {
        text: [kept.functions?.text ?? '', functions.text].filter((text) => text !== '').join('\n'),
        names: [...(kept.functions?.names ?? []), ...functions.names],
      },
    }),
  };
}
