// Owns how attributes are written, given what they mean: the other direction of reading them.
import { writtenPart } from '../capture.ts';
import type { Expectation } from '../expectation.ts';
import type { FilePlace } from '../file-step.ts';
import type { Attributes } from '../runbook.ts';
import { nonzeroCodes } from './attribute-reading.ts';

type All = Required<Attributes>;

type Writers = {
  readonly [Key in keyof All]: (value: All[Key], all: Attributes) => readonly string[];
};

const text =
  (name: string) =>
  (value: string | number): readonly string[] => [`${name}=${quoted(String(value))}`];

const flag =
  (name: string) =>
  (value: boolean): readonly string[] => [value ? name : `${name}=false`];

const list =
  (name: string) =>
  (values: readonly (string | number)[]): readonly string[] => [`${name}=${quoted(values.join(','))}`];

const duration =
  (name: string) =>
  (ms: number): readonly string[] => [`${name}=${writtenDuration(ms)}`];

const variables =
  (group: string) =>
  (values: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(values).map(([name, value]) => `${group}.${name}=${quoted(value)}`);

/** In the order in which they are shown. */
const writers: Writers = {
  name: text('name'),
  digest: (digits) => [`digest=sha256:${digits}`],
  run: flag('run'),
  onlyByName: () => ['excludeFromRunAll=true'],
  interpreter: (words) => text('interpreter')(words.join(' ')),
  risk: text('risk'),
  confirm: (question) => (question === '' ? ['confirm'] : text('confirm')(question)),
  approve: (wanted) =>
    wanted.type === 'group' ? text('approve')(wanted.group) : [`approve=${wanted.count}`],
  when: text('when'),
  check: text('check'),
  timeoutMs: duration('timeout'),
  retries: text('retries'),
  intervalMs: (ms, { longestIntervalMs: longest }) => [
    `interval=${writtenDuration(ms)}${longest === undefined ? '' : `..${writtenDuration(longest)}`}`,
  ],
  longestIntervalMs: () => [],
  exit: (codes) => (isNonzero(codes) ? ['exit=nonzero'] : list('exit')(codes)),
  errexit: flag('errexit'),
  expect: (expectations) => expectations.flatMap(writtenExpectation),
  captures: (captures) =>
    captures.map(({ name, part }) => {
      if (part === undefined) return `capture=${name}`;
      return `capture${part.type === 'json' ? '-json' : ''}=${name}:${writtenPart(part)}`;
    }),
  cwd: text('cwd'),
  env: variables('env'),
  user: text('user'),
  handlers: list('handler'),
  hosts: list('host'),
  hostsFrom: text('hosts-from'),
  each: text('each'),
  of: text('of'),
  eachFrom: text('each-from'),
  parallel: text('parallel'),
  mustPass: text('must-pass'),
  hostsMustPass: text('hosts-must-pass'),
  interactive: flag('interactive'),
  background: flag('background'),
  onFailure: text('on-failure'),
  estimateMs: duration('estimate'),
  tags: list('tags'),
  notify: list('notify'),
  send: list('send'),
  ask: text('ask'),
  choices: list('choices'),
  choose: (rule) =>
    rule.type === 'one' ? ['choose'] : [`choose=${rule.type === 'all' ? 'all' : rule.name}`],
  with: variables('with'),
  file: text('file'),
  insert: (place) => [writtenPlace('insert', place)],
  set: (place) => [writtenPlace('set', place)],
  mode: (mode) => [`mode=0${mode.toString(8).padStart(3, '0')}`],
  fileOwner: text('owner'),
  validate: text('validate'),
};

/** Each as it stands in braces: `timeout=30s`, `expect!=/bad/`, `confirm="Sure?"`. */
export function writtenAttributes(attributes: Attributes): readonly string[] {
  const write = <Key extends keyof All>(key: Key): readonly string[] => {
    const value = (attributes as Partial<All>)[key];
    return value === undefined ? [] : writers[key](value, attributes);
  };
  return (Object.keys(writers) as (keyof Attributes)[]).flatMap(write);
}

function writtenExpectation(one: Expectation): readonly string[] {
  switch (one.type) {
    case 'output':
      return ['expect=output'];
    case 'json':
      return text('expect-json')(one.expression);
    case 'number':
      return text('expect-number')(one.comparison);
    case 'similarity':
      return [`similarity=${one.threshold}`];
    default: {
      const name = `expect${one.stream === undefined ? '' : '-stderr'}${one.negated ? '!' : ''}`;
      if (one.type === 'regex') return [`${name}=${writtenPattern(one)}`];
      return [`${name}=${/^(?:output$|\/)/.test(one.text) ? inQuotes(one.text) : quoted(one.text)}`];
    }
  }
}

function writtenPlace(name: string, place: FilePlace): string {
  if (!('line' in place)) return `${name}=${place.type}`;
  const pattern = writtenPattern(place.line);
  return `${name}=${place.type === 'set' ? pattern : `${place.type}=${pattern}`}`;
}

/** A slash that is not escaped would end it. */
function writtenPattern({ source, flags }: { readonly source: string; readonly flags: string }): string {
  return `/${source.replace(/\\.|\//gs, (found) => (found === '/' ? '\\/' : found))}/${flags}`;
}

function isNonzero(codes: readonly number[]): boolean {
  return codes.length === nonzeroCodes.length && nonzeroCodes.every((code) => codes.includes(code));
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

/** `1h30m`, without anything lost. */
function writtenDuration(ms: number): string {
  let rest = ms;
  let written = '';
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) written += `${count}${unit}`;
  }
  return written === '' ? '0ms' : written;
}

/** Quotes where the text would end before its end without them. */
function quoted(value: string): string {
  if (/^[^\s"'{}\\]+$/.test(value)) return value;
  return inQuotes(value);
}

function inQuotes(value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}
