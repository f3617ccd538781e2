// Owns output format that something of `on:` is not as it has to be.
import { closestName, isOneSlip } from '../../../text/closest-name.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { FindPlace } from '../read-yaml.ts';

export type Path = readonly (string | number)[];

/** Collects what is wrong with `on:`, each with its place. */
export interface Complaints {
  readonly find: FindPlace;
  readonly found: Diagnostic[];
}

/** The value at the path is not what is expected there; with candidates, one of them may be meant. */
export function expects(
  { find, found }: Complaints,
  path: Path,
  expected: string,
  { given, candidates = [] }: { readonly given?: unknown; readonly candidates?: readonly string[] } = {},
): undefined {
  const span = find(path, false);
  const meant = typeof given === 'string' ? closestName(given, candidates) : undefined;
  found.push({
    code: 'front-matter-value',
    severity: 'error',
    message: `\`${path.join('.')}\` expects ${expected}`,
    span,
    ...(meant !== undefined && { label: `did you mean \`${meant}\`?` }),
    ...mend(given, meant, span),
  });
  return undefined;
}

/** The value at the path cannot be, for the reason that `message` says. */
export function refuses({ find, found }: Complaints, path: Path, message: string, help?: string): undefined {
  found.push({
    code: 'front-matter-value',
    severity: 'error',
    message,
    span: find(path, false),
    ...(help !== undefined && { help }),
  });
  return undefined;
}

/** Keys of a mapping that nothing is known of; `where` names what they stand in. */
export function unknownKeys(
  { find, found }: Complaints,
  path: Path,
  mapping: Mapping,
  known: readonly string[],
  where: string,
): void {
  for (const key of Object.keys(mapping).filter((one) => !known.includes(one))) {
    const span = find([...path, key], true);
    const meant = closestName(key, known);
    found.push({
      code: 'unknown-front-matter-key',
      severity: 'error',
      message: `\`${[...path, key].join('.')}\` is not a key of ${where}`,
      span,
      ...(meant === undefined
        ? { help: `it takes ${known.map((one) => `\`${one}\``).join(', ')}` }
        : { label: `did you mean \`${meant}\`?` }),
      ...mend(key, meant, span),
    });
  }
}

/** A slip of one letter that is written without quotes can be mended. */
function mend(given: unknown, meant: string | undefined, span: Diagnostic['span']): Pick<Diagnostic, 'fix'> {
  if (typeof given !== 'string' || meant === undefined || span === undefined) return {};
  return isOneSlip(given, meant) && span.end - span.start === given.length
    ? { fix: { span, text: meant } }
    : {};
}

export type Mapping = Readonly<Record<string, unknown>>;

/** Whether a value of YAML is a mapping. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One text, or a list of texts, as a list; undefined for anything else and for an empty list. */
export function textList(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.length > 0 && list.every((one) => typeof one === 'string') ? list : undefined;
}
