// Owns what a block hands on to later ones, and how much of it may be told.
import { namedValues } from '../../basics/named-values.ts';
import type { FailureReason } from '../../run/event.ts';
import type { KnownSecrets } from '../../run/masking/known-secrets.ts';
import { type MaskedText, ownText, secretMask } from '../../run/masking/redactor.ts';
import type { BlockItem } from '../../run/plan.ts';
import { parseOutputVariables } from './output-variables.ts';
import { readCapture } from './read-capture.ts';
import type { Attempt } from './run-attempt.ts';

export type Values = Readonly<Record<string, string>>;

/** What a block hands on, and why it could not hand on all that it has to. */
export interface HandedOn {
  readonly values: Values;
  readonly reason?: FailureReason<string>;
}

/** A block's captures when it did well, and what it wrote down in any case; what cannot be read is a warning. */
export function handedOnBy(
  item: BlockItem,
  attempt: Attempt,
  reason: FailureReason<string> | undefined,
  warnings: string[],
): HandedOn {
  const handedOn = namedValues<string>();
  if (attempt.outputUnread !== undefined)
    warnings.push(`$RUNSHEET_OUTPUT was not read: ${attempt.outputUnread}`);
  if (attempt.outputFile !== undefined) {
    const written = parseOutputVariables(attempt.outputFile);
    Object.assign(handedOn, written.variables);
    warnings.push(...written.warnings);
  }
  if (reason !== undefined) return { values: handedOn };
  const captured = namedValues<string>();
  for (const capture of item.captures ?? []) {
    const read = readCapture(capture, attempt.rawStdout);
    // All of them or none: what failed sets nothing.
    if (!read.ok) return { values: handedOn, reason: read.reason };
    captured[capture.name] = read.value;
  }
  return { values: Object.assign(handedOn, captured) };
}

/** The values as they may be told. One that is or holds a secret is one from here on, and so is its variable. */
export function maskValues(values: Values, secrets: KnownSecrets): Record<string, MaskedText> {
  const shown = namedValues<MaskedText>();
  for (const [name, value] of Object.entries(values)) {
    const isSecret = secrets.learn(name, value);
    const masked = secrets.redactor.redactText(value);
    shown[name] = isSecret ? ownText(secretMask) : masked;
    if (isSecret || masked === value) continue;
    // The lines of a longer text are not all secrets; those that are, are known already.
    if (value.includes('\n')) secrets.withhold(name);
    else secrets.add(name, value);
  }
  return shown;
}

/**
 * What several hosts hand on under one name, as a table: a line for each line of each value, the host before it
 * and a tab between. The only host of a block hands on its values as they are.
 */
export function tableOfHosts(
  hosts: readonly { readonly host: string; readonly values: Values }[],
  isOne: boolean,
): Values {
  if (isOne) return hosts[0]?.values ?? {};
  const table = namedValues<string>();
  for (const { host, values } of hosts) {
    for (const [name, value] of Object.entries(values)) {
      const lines = value.split('\n').map((line) => `${host}\t${line}`);
      table[name] = [...(table[name] === undefined ? [] : [table[name]]), ...lines].join('\n');
    }
  }
  return table;
}
