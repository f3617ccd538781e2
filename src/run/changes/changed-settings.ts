// Owns what has changed of the words in a front matter that hold for all of a run.
import type { Plan } from '../plan.ts';

/** A key of the front matter whose value is another. */
export interface ChangedSetting {
  readonly name: SettingName;
  /** What of it has changed: variables, labels, groups; the key itself where it holds one value. */
  readonly entries: readonly string[];
  /** For people: the entries as they were, and as they are. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Keys that a run goes by. */
export type SettingName =
  | 'env'
  | 'inputs'
  | 'cwd'
  | 'shell'
  | 'interpreters'
  | 'approvals'
  | 'notify'
  | 'escalation'
  | 'updates';

const readers: Readonly<Record<SettingName, (plan: Plan) => Readonly<Record<string, unknown>>>> = {
  env: ({ env }) => env,
  // Only what is said of their values: those that a run was given stay as they are.
  inputs: ({ inputs = [] }) => Object.fromEntries(inputs.map(({ name, default: preset }) => [name, preset])),
  cwd: ({ cwd }) => ({ cwd }),
  shell: ({ shell }) => ({ shell }),
  interpreters: ({ interpreters }) => interpreters,
  approvals: ({ approvalGroups }) => approvalGroups,
  notify: ({ notify }) => ({ notify }),
  escalation: ({ escalation }) => ({ escalation }),
  updates: ({ updates }) => ({ updates }),
};

/** What has changed between the plan of a run and that of the page as it is now, by the keys of the front matter. */
export function changedSettings(before: Plan, after: Plan): readonly ChangedSetting[] {
  return (Object.keys(readers) as SettingName[]).flatMap((name) => {
    const [old, now] = [new Map(entriesOf(before, name)), new Map(entriesOf(after, name))];
    const entries = [...new Set([...old.keys(), ...now.keys()])].filter(
      (key) => old.get(key) !== now.get(key),
    );
    const lines = (of: ReadonlyMap<string, string>) =>
      entries.flatMap((key) => (of.has(key) ? [`${key}: ${of.get(key)}`] : []));
    return entries.length === 0 ? [] : [{ name, entries, before: lines(old), after: lines(now) }];
  });
}

function entriesOf(plan: Plan, name: SettingName): readonly [string, string][] {
  return Object.entries(readers[name](plan)).flatMap(([key, value]): [string, string][] => {
    if (value === undefined) return [];
    return [[key, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
}
