// Owns what each attribute of a block or step may hold.
import { namedValue } from '../../basics/named-values.ts';
import { closestName } from '../../text/closest-name.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { span } from '../../text/span.ts';
import type { Attributes, Expectation } from '../runbook.ts';
import { onFailureChoices, risks } from '../runbook.ts';
import type { AttributeReading } from './attribute-reading.ts';
import {
  expected,
  readAddress,
  readApproval,
  readBoolean,
  readChoice,
  readCount,
  readDigest,
  readDuration,
  readExitCodes,
  readList,
  readQuestion,
  readShare,
  readText,
  readVariable,
} from './attribute-reading.ts';
import { expectationReaders } from './expectation-readers.ts';
import type { SyntaxProblem, WrittenAttribute } from './parse-fence-info.ts';

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
  capture: as('capture', readVariable),
  cwd: as('cwd', readText('a folder')),
  host: as('hosts', readList('host names separated by commas')),
  'hosts-from': as('hostsFrom', readText('a command that prints host names')),
  parallel: as('parallel', readCount(1)),
  'hosts-must-pass': as('hostsMustPass', readShare),
  interactive: as('interactive', readBoolean),
  background: as('background', readBoolean),
  'on-failure': as('onFailure', readChoice(onFailureChoices)),
  estimate: as('estimateMs', readDuration),
  tags: as('tags', readList('words separated by commas')),
  notify: as('notify', readList('names of channels separated by commas')),
};

/** What has a meaning only where something is linked to, and belongs to other tools on a block. */
const linkReaders: Readonly<Record<string, Reader>> = { digest: as('digest', readDigest) };

/** What Runme calls what we call otherwise. */
const runmeReaders: Readonly<Record<string, Reader>> = {
  excludeFromRunAll: (value) => {
    const reading = readBoolean(value);
    return reading.ok ? { ok: true, value: reading.value ? { run: false } : {} } : reading;
  },
  tag: as('tags', readList('words separated by commas')),
};

/** Attributes of other tools that are close to ours in spelling and mean something else. */
const foreign = new Set([
  'id',
  'class',
  'title',
  'copy',
  'wait',
  'test',
  'file',
  'hook',
  'width',
  'height',
  'type',
  'lang',
  'caption',
  'category',
  'interpreter',
  'promptEnv',
  'terminalRows',
  'closeTerminalOnSuccess',
  'mimeType',
  'hookTimeout',
  'linenums',
  'hl_lines',
  'ref',
  'open',
  'color',
  'filename',
  'hidden',
  'mode',
  'note',
  'tip',
  'warning',
  'danger',
  'important',
  'caution',
  'info',
  'step',
  'exec',
  'numbers',
  'trim',
  'once',
  'label',
  'src',
  'alt',
  'href',
  'rows',
]);

export interface AttributesReading {
  readonly attributes: Attributes;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads attributes as written; `toByteOffset` gives diagnostics their place, `owner` names the thing meant. */
export function readAttributes(
  written: readonly WrittenAttribute[],
  problems: readonly SyntaxProblem[],
  owner: string,
  toByteOffset: (offset: number) => number,
): AttributesReading {
  const diagnostics: Diagnostic[] = [];
  const place = (start: number, end: number) => span(toByteOffset(start), toByteOffset(end));
  for (const { message, start, end, help } of problems) {
    const base: Diagnostic = {
      code: 'attribute-syntax',
      severity: 'error',
      message,
      span: place(start, end),
    };
    diagnostics.push(help === undefined ? base : { ...base, help });
  }

  let attributes: Attributes = {};
  const seen = new Set<string>();
  for (const attribute of written) {
    const { name, value, nameStart, nameEnd } = attribute;
    const reading = readOne(attribute, attributes, owner === 'a code block');
    if (reading === undefined) {
      const meant = meaningOf(name);
      if (meant !== undefined) {
        diagnostics.push({
          code: 'unknown-attribute',
          severity: 'error',
          message: `\`${name}\` is not an attribute of ${owner}`,
          span: place(nameStart, nameEnd),
          label: `did you mean \`${meant}\`?`,
        });
      }
      continue;
    }
    if (seen.has(name) && !name.startsWith('expect')) {
      diagnostics.push({
        code: 'duplicate-attribute',
        severity: 'error',
        message: `\`${name}\` is written twice`,
        span: place(nameStart, nameEnd),
      });
    }
    seen.add(name);
    if (reading.ok) {
      attributes = { ...attributes, ...reading.value };
      continue;
    }
    const received = value === undefined ? 'no value' : `\`${value}\``;
    diagnostics.push({
      code: 'bad-attribute-value',
      severity: 'error',
      message: `\`${name}\` expects ${reading.error}, and received ${received}`,
      span: value === undefined ? place(nameStart, nameEnd) : place(attribute.valueStart, attribute.valueEnd),
    });
  }
  return { attributes, diagnostics };
}

/** Reads one attribute; `undefined` when it is none of ours. */
function readOne(
  written: WrittenAttribute,
  before: Attributes,
  isBlock: boolean,
): AttributeReading<Partial<Attributes>> | undefined {
  const { name, value } = written;
  const ofLink = isBlock ? undefined : namedValue(linkReaders, name);
  const reader = namedValue(readers, name) ?? ofLink ?? namedValue(runmeReaders, name);
  if (reader !== undefined) {
    return written.negated ? { ok: false, error: '`=` before its value, not `!=`' } : reader(value);
  }
  const expectation = namedValue(expectationReaders, name);
  if (expectation !== undefined) {
    const reading = expectation(written);
    if (!reading.ok) return reading;
    const expect: readonly Expectation[] = [...(before.expect ?? []), reading.value];
    return { ok: true, value: { expect } };
  }
  const variable = /^(env|with)\.(.+)$/.exec(name);
  if (variable === null) return undefined;
  const [, group, key = ''] = variable;
  const checked = readVariable(key);
  if (!checked.ok) return { ok: false, error: 'a variable name after the dot' };
  const text = value ?? '';
  return group === 'env'
    ? { ok: true, value: { env: { ...before.env, [key]: text } } }
    : { ok: true, value: { with: { ...before.with, [key]: text } } };
}

/** The attribute of ours that a name means which is none; never for a name that another tool is known to use. */
function meaningOf(name: string): string | undefined {
  if (foreign.has(name)) return undefined;
  const meant = closestName(name.replace(/_/g, '-'), [
    ...Object.keys(readers),
    ...Object.keys(expectationReaders),
  ]);
  if (meant !== undefined) return meant;
  const group = /^([a-z]+)[.:]/i.exec(name)?.[1];
  const prefix = group === undefined ? undefined : closestName(group, ['env', 'with']);
  return prefix === undefined ? undefined : `${prefix}.NAME`;
}

/** True for a name that is ours, or that means one of ours. */
export function isAttributeName(name: string): boolean {
  return (
    namedValue(readers, name) !== undefined ||
    namedValue(linkReaders, name) !== undefined ||
    namedValue(expectationReaders, name) !== undefined ||
    /^(?:env|with)\../.test(name) ||
    meaningOf(name) !== undefined
  );
}
