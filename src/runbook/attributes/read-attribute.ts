// Owns what each attribute of a block or step may hold.
import { namedValue } from '../../basics/named-values.ts';
import type { Capture } from '../capture.ts';
import type { Expectation } from '../expectation.ts';
import type { Attributes } from '../runbook.ts';
import { onFailureChoices, risks } from '../runbook.ts';
import type { AttributeReading } from './attribute-reading.ts';
import {
  expected,
  readAddress,
  readApproval,
  readBoolean,
  readChoice,
  readChoose,
  readCount,
  readDigest,
  readDuration,
  readExitCodes,
  readList,
  readQuestion,
  readShare,
  readText,
  readUser,
  readVariable,
} from './attribute-reading.ts';
import { captureReaders } from './capture-readers.ts';
import { expectationReaders } from './expectation-readers.ts';
import { readFilePath, readInsert, readMode, readOwner, readSet } from './file-attributes.ts';
import type { WrittenAttribute } from './parse-fence-info.ts';

type Reader = (value: string | undefined) => AttributeReading<Partial<Attributes>>;

function as<Key extends keyof Attributes>(
  key: Key,
  read: (value: string | undefined) => AttributeReading<NonNullable<Attributes[Key]>>,
): Reader {
  return (value) => {
    const reading = read(value);
    return reading.ok ? { ok: true, value: { [key]: reading.value } } : reading;
  };
}

/** `10s`, or `1s..30s`: twice as long after each failure, up to the second. */
function readInterval(value: string | undefined): AttributeReading<Partial<Attributes>> {
  const [from, to, ...rest] = (value ?? '').split('..');
  const first = readDuration(from);
  if (to === undefined) return first.ok ? { ok: true, value: { intervalMs: first.value } } : first;
  const last = readDuration(to);
  const isRange = first.ok && last.ok && rest.length === 0 && first.value > 0 && first.value <= last.value;
  if (!isRange) return expected('a duration such as `10s`, or two such as `1s..30s`, the shorter first');
  return { ok: true, value: { intervalMs: first.value, longestIntervalMs: last.value } };
}

/** Every attribute with one value, by the name it has in a runbook. */
const readers: Readonly<Record<string, Reader>> = {
  name: as('name', readAddress),
  run: as('run', readBoolean),
  risk: as('risk', readChoice(risks)),
  confirm: as('confirm', readQuestion),
  approve: as('approve', readApproval),
  when: as('when', readText('a shell condition')),
  check: as('check', readText('a shell condition')),
  timeout: as('timeoutMs', readDuration),
  retries: as('retries', readCount(0)),
  interval: readInterval,
  exit: as('exit', readExitCodes),
  errexit: as('errexit', readBoolean),
  cwd: as('cwd', readText('a folder')),
  user: as('user', readUser),
  handler: as('handlers', readList('names of handlers separated by commas')),
  host: as('hosts', readList('host names separated by commas')),
  'hosts-from': as('hostsFrom', readText('a command that prints host names')),
  each: as('each', readVariable),
  of: as('of', readText('the items, separated by blanks, or `$NAME`')),
  'each-from': as('eachFrom', readText('a command that prints an item a line')),
  parallel: as('parallel', readCount(1)),
  'must-pass': as('mustPass', readShare),
  'hosts-must-pass': as('hostsMustPass', readShare),
  interactive: as('interactive', readBoolean),
  background: as('background', readBoolean),
  'on-failure': as('onFailure', readChoice(onFailureChoices)),
  estimate: as('estimateMs', readDuration),
  tags: as('tags', readList('words separated by commas')),
  notify: as('notify', readList('names of channels separated by commas')),
};

/** What has a meaning only on a block. */
const blockReaders: Readonly<Record<string, Reader>> = {
  send: as('send', readList('names of channels separated by commas')),
  file: as('file', readFilePath),
  insert: as('insert', readInsert),
  set: as('set', readSet),
  mode: as('mode', readMode),
  owner: as('fileOwner', readOwner),
  validate: as('validate', readText('a command that looks at `$FILE`')),
};

/** What has a meaning only on a heading, and belongs to other tools on a block. */
const headingReaders: Readonly<Record<string, Reader>> = {
  digest: as('digest', readDigest),
  choose: as('choose', readChoose),
  ask: as('ask', readVariable),
  choices: as('choices', readList('answers separated by commas')),
};

/** What Runme calls what we call otherwise. */
const runmeReaders: Readonly<Record<string, Reader>> = {
  excludeFromRunAll: onlyIfTrue({ onlyByName: true }),
  ignore: onlyIfTrue({ run: false }),
  category: as('tags', readList('words separated by commas')),
  tag: as('tags', readList('words separated by commas')),
  interpreter: (value) => ({ ok: true, value: { interpreter: interpreterWords(value ?? '') } }),
};

function onlyIfTrue(attributes: Partial<Attributes>): Reader {
  return (value) => {
    const reading = readBoolean(value);
    return reading.ok ? { ok: true, value: reading.value ? attributes : {} } : reading;
  };
}

/** The words of a `#!` line without its marks; none where it names nothing. */
function interpreterWords(line: string): readonly string[] {
  const words = line.split(/\s+/).filter((word) => word !== '');
  const isEnv = /(?:^|\/)env$/.test(words[0] ?? '');
  return isEnv ? words.slice(1).filter((word) => word !== '-S') : words;
}

/** Runme takes any text for a name: what cannot stand in an address becomes `-`. */
function addressOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}_.]+/gu, '-').replace(/^[-_.]+|[-_.]+$/g, '');
}

/** Reads one attribute; `undefined` when it is none of ours. */
export function readAttribute(
  written: WrittenAttribute,
  before: Attributes,
  isBlock: boolean,
): AttributeReading<Partial<Attributes>> | undefined {
  const { name } = written;
  const isRunmeName = name === 'name' && written.quoted === 'json';
  const value = isRunmeName ? addressOf(written.value ?? '') : written.value;
  const ofPlace = namedValue(isBlock ? blockReaders : headingReaders, name);
  const reader = namedValue(readers, name) ?? ofPlace ?? namedValue(runmeReaders, name);
  if (reader !== undefined) {
    if (written.negated) return { ok: false, error: '`=` before its value, not `!=`' };
    const reading = reader(value);
    if (!reading.ok || reading.value.tags === undefined || before.tags === undefined) return reading;
    return { ok: true, value: { tags: [...before.tags, ...reading.value.tags] } };
  }
  const expectation = namedValue(expectationReaders, name);
  if (expectation !== undefined) {
    const reading = expectation(written);
    if (!reading.ok) return reading;
    const expect: readonly Expectation[] = [...(before.expect ?? []), reading.value];
    return { ok: true, value: { expect } };
  }
  const capture = namedValue(captureReaders, name);
  if (capture !== undefined) {
    if (written.negated) return { ok: false, error: '`=` before its value, not `!=`' };
    return addCapture(capture(value), before.captures ?? []);
  }
  const variable = /^(env|with)\.(.+)$/.exec(name);
  if (variable === null) return undefined;
  const [, group, key = ''] = variable;
  // What a page is handed is said where the link to it is.
  if (group === 'with' && isBlock) return undefined;
  const checked = readVariable(key);
  if (!checked.ok) return { ok: false, error: 'a variable name after the dot' };
  if (value === undefined) return { ok: false, error: `a value, or \`${name}=\` for an empty one` };
  return group === 'env'
    ? { ok: true, value: { env: { ...before.env, [key]: value } } }
    : { ok: true, value: { with: { ...before.with, [key]: value } } };
}

function addCapture(
  reading: AttributeReading<Capture>,
  before: readonly Capture[],
): AttributeReading<Partial<Attributes>> {
  if (!reading.ok) return reading;
  const { name } = reading.value;
  if (before.some((one) => one.name === name))
    return { ok: false, error: `another variable than \`${name}\`, which has a value already` };
  return { ok: true, value: { captures: [...before, reading.value] } };
}

/** Names that are ours, `env.NAME` and `with.NAME` apart; those that only a link has come last. */
export const ownNames: readonly string[] = [
  ...Object.keys(readers),
  ...Object.keys(expectationReaders),
  ...Object.keys(captureReaders),
  ...Object.keys(blockReaders),
  ...Object.keys(headingReaders),
];

/** True for what has a meaning only on a block. */
export function isBlockName(name: string): boolean {
  return namedValue(blockReaders, name) !== undefined;
}

/** True for a name that is ours as it is written. */
export function isOwnName(name: string): boolean {
  return (
    namedValue(readers, name) !== undefined ||
    namedValue(blockReaders, name) !== undefined ||
    namedValue(headingReaders, name) !== undefined ||
    namedValue(expectationReaders, name) !== undefined ||
    namedValue(captureReaders, name) !== undefined ||
    /^(?:env|with)\../.test(name)
  );
}
