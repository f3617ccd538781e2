// Owns what is said of keys of front matter that are none of ours: no guard is silently none there either.
import { closestName, isOneSlip } from '../../../text/closest-name.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import {
  guardsBlocks,
  holdsBack,
  isMetadata,
  type KeyPlace,
  ownKeyOf,
} from '../../other-tools/own-key-of.ts';
import { approvalKeys, frontMatterKeys, inputKeys } from '../front-matter-schema.ts';
import type { FindPlace, IsCutOff } from '../read-yaml.ts';

/** Keys that no other tool has: a page with one of them is a runbook of ours. */
const ours: ReadonlySet<string> = new Set(
  'inputs approvals escalation notify hosts errexit concurrency interpreters sections accept outputs log'.split(
    ' ',
  ),
);

type Mapping = Readonly<Record<string, unknown>>;

/** Diagnostics for the keys of a front matter, of its inputs and of its groups of people. */
export function findUnknownKeys(data: unknown, find: FindPlace, isCutOff: IsCutOff): readonly Diagnostic[] {
  if (!isMapping(data)) return [];
  const isOurs = Object.keys(data).some((key) => ours.has(key));
  const tellAll = (mapping: Mapping, level: Level) => [
    ...tell(mapping, level, find, isCutOff),
    ...tellCutOff(mapping, level, find, isCutOff),
  ];
  const inner = (group: 'inputs' | 'approvals', place: KeyPlace, known: readonly string[]) => {
    const entries = data[group];
    if (!isMapping(entries)) return [];
    return Object.entries(entries).flatMap(([name, entry]) =>
      isMapping(entry) ? tellAll(entry, { place, known, path: [group, name], isOurs: true }) : [],
    );
  };
  return [
    ...tellAll(data, { place: 'page', known: frontMatterKeys, path: [], isOurs }),
    ...inner('inputs', 'input', inputKeys),
    ...inner('approvals', 'approval', approvalKeys),
  ];
}

interface Level {
  readonly place: KeyPlace;
  readonly known: readonly string[];
  readonly path: readonly string[];
  /** It is certain that the page is written for this tool. */
  readonly isOurs: boolean;
}

function tell(mapping: Mapping, level: Level, find: FindPlace, isCutOff: IsCutOff): readonly Diagnostic[] {
  return Object.keys(mapping).flatMap((key): readonly Diagnostic[] => {
    if (level.known.includes(key)) return [];
    const path = [...level.path, key];
    const meant = sayOf(key, mapping, level);
    const said = isCutOff(path) && meant?.label === undefined ? { ...cutOff, ...meant } : meant;
    if (said === undefined) return [];
    const { mended, ...rest } = said;
    const span = find(path, true);
    return [
      {
        code: 'unknown-front-matter-key',
        message: `\`${path.join('.')}\` is not a key of a runbook's front matter`,
        span,
        ...rest,
        ...(mended !== undefined && span.end - span.start === key.length && { fix: { span, text: mended } }),
      },
    ];
  });
}

/** In braces a comma ends a text without quotes, and what follows it is a key that has no value. */
const cutOff = {
  severity: 'warning',
  label: 'a comma ends a text in braces: put the whole text in quotes',
} as const;

/** The rest of a text may be a key of ours, which then says nothing; what must not be without a value is told elsewhere. */
function tellCutOff(
  mapping: Mapping,
  level: Level,
  find: FindPlace,
  isCutOff: IsCutOff,
): readonly Diagnostic[] {
  return Object.keys(mapping).flatMap((key): readonly Diagnostic[] => {
    const path = [...level.path, key];
    if (!level.known.includes(key) || !isCutOff(path)) return [];
    const message = `\`${path.join('.')}\` has no value`;
    return [{ code: 'front-matter-value', message, span: find(path, true), ...cutOff }];
  });
}

type Said = Pick<Diagnostic, 'severity' | 'label' | 'help'> & { readonly mended?: string };

/** What an unknown key was probably meant to be; undefined where it is another tool's own. */
function sayOf(key: string, mapping: Mapping, { place, known, isOurs }: Level): Said | undefined {
  const isInner = place !== 'page';
  if (!isInner && isMetadata(key)) return undefined;
  const close = ownKeyOf(key, place) === undefined ? closestName(key, known) : undefined;
  const meant = ownKeyOf(key, place) ?? close;
  // A page of another tool may well have a key of that name.
  const isCertain =
    isOurs || (close !== undefined && ours.has(close)) || (!isInner && holdsBack(key, mapping[key]));
  const severity = isCertain ? 'error' : 'warning';
  if (meant !== undefined)
    return meant in mapping
      ? { severity: 'warning', help: `\`${meant}\` is there as well` }
      : {
          severity,
          label: `did you mean \`${meant}\`?`,
          ...(severity === 'error' && close !== undefined && isOneSlip(key, close) && { mended: close }),
        };
  if (!isInner && (guardsBlocks(key) || holdsBack(key, mapping[key])))
    return { severity, help: 'it guards nothing here: write it on a block, or on the heading of a step' };
  return isOurs ? { severity: 'warning' } : undefined;
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
