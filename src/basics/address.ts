// Owns the names things are addressed by.

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** One run: `20261121-021322-k3f9`, sortable by start, unique by its random tail. */
export type RunId = Branded<string, 'RunId'>;

/** The stable name of a step: the slug of its heading as a code host makes it, or its `name` attribute. */
export type StepName = Branded<string, 'StepName'>;

/**
 * The stable address of one thing a run does (block, checklist, manual step): the step's name for the first
 * in its step, then `step/2`, `step/3` …, or the block's own `name`. Results, resume and approvals use it.
 */
export type Address = Branded<string, 'Address'>;

const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

/** Makes a run id from its start and at least four random bytes; letters that look alike are left out. */
export function makeRunId(startedAt: Date, random: Uint8Array): RunId {
  const stamp = startedAt.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const tail = [...random.subarray(0, 4)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return `${stamp}-${tail}` as RunId;
}

/** Whether a text has the form of a run id; the tail of one that was given from outside has up to 40 characters. */
export function isRunId(text: string): text is RunId {
  return /^\d{8}-\d{6}-[a-z0-9]{4,40}$/.test(text);
}

export const stepName = (text: string): StepName => text as StepName;
export const address = (text: string): Address => text as Address;
export const runId = (text: string): RunId => text as RunId;
