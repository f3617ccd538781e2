// Owns reading what a page says of several runs of it at a time.
import { closestName } from '../../text/closest-name.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { parseDuration } from '../parse-duration.ts';
import type { FindPlace } from './read-yaml.ts';

/** How many runs of a page go on at once, and what becomes of one more. */
export interface Concurrency {
  /** A text with `$NAME` of inputs: those with the same value count together; all of them where there is none. */
  readonly key?: string;
  readonly limit: number;
  /** Waits for its turn, is left to the run that goes on, or is refused. */
  readonly whenFull: 'queue' | 'coalesce' | 'refuse';
  /** How long is waited for a turn. */
  readonly waitMs: number;
}

/** As it is written. */
type Written =
  | 'forbid'
  | 'allow'
  | {
      readonly key?: string | undefined;
      readonly limit?: number | undefined;
      readonly 'when-full'?: Concurrency['whenFull'] | undefined;
      readonly wait?: string | undefined;
    };

/** A turn is waited for so long where nothing is said. */
const turnPatienceMs = 3_600_000;

/** As the rest of the tool has it. */
export function toConcurrency(read: Written): 'forbid' | 'allow' | Concurrency {
  if (typeof read === 'string') return read;
  const { key, limit = 1, wait, 'when-full': whenFull = 'refuse' } = read;
  const waitMs = (wait === undefined ? undefined : parseDuration(wait)) ?? turnPatienceMs;
  return { ...(key !== undefined && { key }), limit, whenFull, waitMs };
}

interface Checked {
  readonly concurrency?: 'forbid' | 'allow' | Concurrency;
  readonly inputs: readonly { readonly name: string; readonly secret?: unknown }[];
}

/** A key that names no input would count all runs together, and nobody would know. */
export function checkConcurrency({ concurrency, inputs }: Checked, find: FindPlace): readonly Diagnostic[] {
  const key = typeof concurrency === 'object' ? (concurrency.key ?? '') : '';
  const names = [...key.matchAll(/\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g)].map(
    ([, braced, bare]) => braced ?? bare ?? '',
  );
  return names.flatMap((name): readonly Diagnostic[] => {
    const input = inputs.find((one) => one.name === name);
    if (input !== undefined && input.secret === undefined) return [];
    const meant = closestName(
      name,
      inputs.map((one) => one.name),
    );
    const why =
      input === undefined
        ? `\`${name}\` in \`concurrency.key\` is not an input of this page`
        : `the secret input \`${name}\` cannot be used in \`concurrency.key\``;
    return [
      {
        code: 'front-matter-value',
        severity: 'error',
        message: why,
        span: find(['concurrency', 'key'], false),
        ...(input === undefined && meant !== undefined && { label: `did you mean \`$${meant}\`?` }),
      },
    ];
  });
}
