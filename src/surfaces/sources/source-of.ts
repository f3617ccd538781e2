// Owns the list of the kinds of senders, each loaded when the first delivery for it comes.
import type { Source } from './source.ts';

const loaders = {
  alertmanager: async () => (await import('./senders/alertmanager.ts')).alertmanager,
} satisfies Readonly<Record<string, () => Promise<Source>>>;

/** A kind of sender, as `type:` of an endpoint names it. */
export type SourceType = keyof typeof loaders;

/** All kinds, in the order of the documentation. */
export const sourceTypes = Object.keys(loaders) as readonly SourceType[];

/** A kind of sender. */
export function sourceOf(type: SourceType): Promise<Source> {
  return loaders[type]();
}
