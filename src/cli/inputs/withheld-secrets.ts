// Owns what a run has to be given again when it is taken up, because its shells held secrets.
import type { CarriedChanges } from '../../engine/shells/carried-state.ts';
import { readSnapshot } from '../../engine/shells/saved/save-snapshot.ts';
import type { LockedPart } from '../../engine/shells/saved/secret-lock.ts';
import { functionDefinitions } from '../../languages/shell/function-definitions.ts';
import type { SavedState } from '../../run/files/saved-state.ts';
import { inputVariables } from '../../run/inputs/resolve-inputs.ts';
import { KnownSecrets } from '../../run/masking/known-secrets.ts';
import type { RunState } from '../../run/state.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import { listed, quoted } from '../../view/words/quoted.ts';
import type { Complaint } from '../refusal.ts';

/**
 * A secret for each variable that the state of the run was kept without, or that opens a part of it, that is none of those
 * it was `given`, and that code which may still run needs. A state that cannot be read is told of by whoever takes it up.
 */
export function withheldSecrets(
  runFolder: string,
  state: RunState,
  given: readonly string[],
): readonly InputDeclaration[] {
  const left = statesOf(runFolder, state);
  const code = codeAhead(state, left);
  const withheld = new Set(
    left.flatMap((changes) => [
      ...changes.withheld.filter((name) => code.some((text) => speaksOf(text, name))),
      ...changes.locked.filter((part) => isNeeded(part, code)).flatMap(({ secrets }) => secrets),
    ]),
  );
  const inputs = state.plan.inputs ?? [];
  const asked = inputs
    .filter(({ name, secret }) => secret || given.includes(name))
    .map(({ name }) => [name, '']);
  for (const variable of Object.keys(inputVariables(inputs, Object.fromEntries(asked))))
    withheld.delete(variable);
  return [...withheld].map((name) => ({
    name,
    type: 'string',
    required: true,
    description: 'it held a secret, and secrets are not kept',
    secret: { type: 'prompt' },
  }));
}

/** Why the run cannot go on with these secrets: something that code needs is not opened by them. */
export function whyStillLocked(
  runFolder: string,
  state: RunState,
  secrets: Readonly<Record<string, string>>,
): Complaint | undefined {
  const left = statesOf(runFolder, state, secrets);
  const code = codeAhead(state, left);
  const needed = left.flatMap(({ locked }) => locked.filter((part) => isNeeded(part, code)));
  if (needed.length === 0) return undefined;
  const names = [...new Set(needed.flatMap((part) => part.secrets))];
  const what = listed([...new Set(needed.map((part) => part.what))]);
  return {
    message: `${what} held a secret and cannot be taken up again: what holds one is kept only under lock of its value`,
    help:
      names.length > 0
        ? `${listed(names.map(quoted))} must have the value it had then`
        : 'run the steps from the one on that sets it, as a new run',
  };
}

function statesOf(
  runFolder: string,
  { plan, shellState, hostStates }: RunState,
  secrets: Readonly<Record<string, string>> = {},
): readonly CarriedChanges[] {
  const known = new KnownSecrets(inputVariables(plan.inputs ?? [], secrets));
  const read = (saved: SavedState): readonly CarriedChanges[] => {
    try {
      return [readSnapshot(runFolder, saved, known)];
    } catch {
      return [];
    }
  };
  return [...(shellState ? [shellState] : []), ...Object.values(hostStates)].flatMap(read);
}

/** The blocks that may still run, the functions that these call, and what shells run by themselves. */
function codeAhead({ plan, items }: RunState, left: readonly CarriedChanges[]): readonly string[] {
  const code = plan.items.flatMap((item, index) =>
    item.kind === 'block' && items[index]?.status !== 'passed'
      ? [item.code, item.when ?? '', item.check ?? '']
      : [],
  );
  if (code.length === 0) return [];
  const shells = left.flatMap(({ shells: all }) => [...all.values()]);
  for (const { more = [] } of shells)
    for (const [kind, text] of more) if (kind.includes('trap')) code.push(text);
  const functions = new Map(
    shells.flatMap((shell) =>
      functionDefinitions(shell.functions?.text ?? '').map(({ name, text }) => [name, text] as const),
    ),
  );
  for (const text of code)
    for (const [name, definition] of functions)
      if (speaksOf(text, name)) {
        functions.delete(name);
        code.push(definition);
      }
  return code;
}

/** Where it is not known what calls it, any code does. */
function isNeeded({ names }: LockedPart, code: readonly string[]): boolean {
  if (names === undefined) return code.length > 0;
  return names.some((name) =>
    code.some((text) => (name === 'arguments' ? /\$\{?[#@*\d]|\bshift\b/.test(text) : speaksOf(text, name))),
  );
}

/** Names of variables are words, in every language. */
function speaksOf(code: string, name: string): boolean {
  return new RegExp(`(?<!\\w)${name.replace(/[^\w]/g, '\\$&')}(?!\\w)`).test(code);
}
