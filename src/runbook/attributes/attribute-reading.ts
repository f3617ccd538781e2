// Owns the forms of value that attributes share.

import { isUserName } from '../../basics/is-user-name.ts';
import { parseDuration } from '../parse-duration.ts';
import type { ApprovalRequirement, Attributes } from '../runbook.ts';

/** A typed value, or what was expected in its place ("a duration such as `30s`"). */
export type AttributeReading<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      readonly error: string;
      /** From where to where in the value it is wrong, where that is not all of it. */
      readonly at?: readonly [start: number, end: number];
    };

export type Read<Value> = (value: string | undefined) => AttributeReading<Value>;

const ok = <Value>(value: Value): AttributeReading<Value> => ({ ok: true, value });
/** The answer to a value that cannot be read: what was wanted in its place. */
export const expected = (error: string): { readonly ok: false; readonly error: string } => ({
  ok: false,
  error,
});

/** `true`, `false`, or nothing for true; Runme writes them as strings. */
export function readBoolean(value: string | undefined): AttributeReading<boolean> {
  if (value === undefined || value === 'true') return ok(true);
  return value === 'false' ? ok(false) : expected('`true` or `false`');
}

/** Looked for first, because the classes of Unicode are slow to set up. */
const asciiName = /^[A-Za-z\d](?:[\w.-]*\w)?$/;
const anyName = /^[\p{L}\p{N}](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?$/u;

/** The name of a block or step: it stands in marker comments and on command lines. */
export function readAddress(value: string | undefined): AttributeReading<string> {
  if (value !== undefined && (asciiName.test(value) || anyName.test(value)) && !value.includes('--')) {
    return ok(value);
  }
  return expected('a name of letters, digits, `-`, `_` and `.`');
}

export function readVariable(value: string | undefined): AttributeReading<string> {
  if (value !== undefined && /^[A-Za-z_][A-Za-z0-9_]*$/.test(value)) return ok(value);
  return expected('a variable name such as `RESULT`');
}

/** A question to ask; nothing, or `true`, asks the default one. */
export function readQuestion(value: string | undefined): AttributeReading<string> {
  if (value !== undefined && /^(?:false|no|off|0)$/i.test(value))
    return expected('a question, or nothing for the default one');
  return ok(value === undefined || value === 'true' ? '' : value);
}

/** Nothing or `one`, `all`, or the name of a variable. */
export function readChoose(value: string | undefined): AttributeReading<NonNullable<Attributes['choose']>> {
  if (value === undefined || value === 'one' || value === 'true') return ok({ type: 'one' });
  if (value === 'all') return ok({ type: 'all' });
  const variable = readVariable(value);
  if (variable.ok) return ok({ type: 'variable', name: variable.value });
  return expected('nothing, `all`, or the name of a variable such as `ROLE`');
}

export function readText(what: string): Read<string> {
  return (value) => (value === undefined || value.trim() === '' ? expected(what) : ok(value));
}

export function readChoice<Choice extends string>(choices: readonly Choice[]): Read<Choice> {
  return (value) => {
    const found = choices.find((choice) => choice === value);
    return found === undefined
      ? expected(`one of ${choices.map((choice) => `\`${choice}\``).join(', ')}`)
      : ok(found);
  };
}

export function readDuration(value: string | undefined): AttributeReading<number> {
  const durationMs = value === undefined ? undefined : parseDuration(value);
  if (durationMs === undefined || durationMs === 0)
    return expected('a duration such as `30s`, `5m` or `1h30m`');
  return ok(durationMs);
}

export function readCount(least: number): Read<number> {
  return (value) => {
    const count = value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
    if (count === undefined || count < least) return expected(`a whole number from ${least} on`);
    return ok(count);
  };
}

export function readList(what: string): Read<readonly string[]> {
  return (value) => {
    const list = (value ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    return list.length === 0 ? expected(what) : ok(list);
  };
}

/** Every exit code but 0, and those by which a shell says that nothing was run: it could not be started, or found. */
export const nonzeroCodes: readonly number[] = Array.from(
  { length: 255 },
  (_none, index) => index + 1,
).filter((code) => code !== 126 && code !== 127);

export function readExitCodes(value: string | undefined): AttributeReading<readonly number[]> {
  if (value === 'nonzero') return ok(nonzeroCodes);
  const codes = (value ?? '')
    .split(',')
    .map((code) => (/^\s*\d{1,3}\s*$/.test(code) ? Number(code) : Number.NaN));
  if (codes.some((code) => Number.isNaN(code) || code > 255)) {
    return expected('exit codes from 0 to 255 separated by commas, or `nonzero`');
  }
  return ok(codes);
}

/** A SHA-256 as `sha256:` and 64 hexadecimal digits; gives the digits. */
export function readDigest(value: string | undefined): AttributeReading<string> {
  const digits = /^sha256:([0-9a-f]{64})$/.exec(value ?? '')?.[1];
  return digits === undefined ? expected('`sha256:` and 64 hexadecimal digits') : ok(digits);
}

export function readShare(value: string | undefined): AttributeReading<string> {
  if (value === 'all') return ok(value);
  const share = /^(\d{1,6})(%?)$/.exec(value ?? '');
  if (value === undefined || share === null || (share[2] === '%' && Number(share[1]) > 100)) {
    return expected('a number, a share such as `80%`, or `all`');
  }
  return ok(value);
}

export function readApproval(value: string | undefined): AttributeReading<ApprovalRequirement> {
  if (value === undefined || value === 'true') return ok({ type: 'count', count: 1 });
  if (/^\d{1,3}$/.test(value)) {
    const count = Number(value);
    return count === 0
      ? expected('a number of people from 1 on, or the name of a group')
      : ok({ type: 'count', count });
  }
  if (/^[\p{L}\p{N}_.-]+$/u.test(value)) return ok({ type: 'group', group: value });
  return expected('a number of people or the name of a group');
}

export function readUser(value: string | undefined): AttributeReading<string> {
  return value !== undefined && isUserName(value)
    ? ok(value)
    : expected('the name of an account; variables are not filled in');
}
