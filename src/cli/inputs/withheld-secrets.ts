// Owns which variables a run has to be given again when it is taken up, because they held secrets.
import { readSnapshot } from '../../engine/shells/save-snapshot.ts';
import type { SavedState } from '../../run/files/saved-state.ts';
import type { RunState } from '../../run/state.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';

/**
 * A secret for each variable that the state of the run was kept without, that is none of those it was `given`, and that
 * code which may still run speaks of. A state that cannot be read is told of by whoever takes it up.
 */
export function withheldSecrets(
  runFolder: string,
  { plan, items, shellState, hostStates }: RunState,
  given: readonly string[],
): readonly InputDeclaration[] {
  const states = [...(shellState ? [shellState] : []), ...Object.values(hostStates)];
  const withheld = new Set(states.flatMap((saved) => withheldIn(runFolder, saved)));
  for (const { name, secret } of plan.inputs ?? []) if (secret || given.includes(name)) withheld.delete(name);
  const code = plan.items.flatMap((item, index) =>
    item.kind === 'block' && items[index]?.status !== 'passed'
      ? [item.code, item.when ?? '', item.check ?? '']
      : [],
  );
  return [...withheld]
    .filter((name) => code.some((text) => speaksOf(text, name)))
    .map((name) => ({
      name,
      type: 'string',
      required: true,
      description: 'it held a secret, and secrets are not kept',
      secret: { type: 'prompt' },
    }));
}

function withheldIn(runFolder: string, saved: SavedState): readonly string[] {
  try {
    return readSnapshot(runFolder, saved).withheld;
  } catch {
    return [];
  }
}

/** Names of variables are words, in every language. */
function speaksOf(code: string, name: string): boolean {
  return new RegExp(`(?<!\\w)${name}(?!\\w)`).test(code);
}
