// Owns how the attributes of a block that writes a file are written.
import type { FilePlace, LinePattern } from '../file-step.ts';
import { type AttributeReading, expected } from './attribute-reading.ts';

/** The attributes that say something of the file that `file=` names. */
export const fileAttributes = ['insert', 'set', 'mode', 'owner', 'validate'] as const;

const pathWords = 'the path of a file, such as `/etc/app/app.conf`; only `~` and variables are put in';

/** A path may hold `~` at its start and variables; a command, or a name that ends in a folder, is none. */
export function readFilePath(value: string | undefined): AttributeReading<string> {
  if (value === undefined || value.trim() === '' || /[\0\r\n]/.test(value)) return expected(pathWords);
  const withoutVariables = value.replace(/\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})/g, '');
  if (/[$`]/.test(withoutVariables) || /(?:^|\/)\.{0,2}$/.test(value)) return expected(pathWords);
  return { ok: true, value };
}

const placeWords = '`start`, `end`, `after=/…/` or `before=/…/`';

export function readInsert(value: string | undefined): AttributeReading<FilePlace> {
  if (value === 'start' || value === 'end') return { ok: true, value: { type: value } };
  const [, type, written] = /^(after|before)=(\/[\s\S]*)$/.exec(value ?? '') ?? [];
  if (written === undefined || (type !== 'after' && type !== 'before')) return expected(placeWords);
  const line = readPattern(written);
  return line.ok ? { ok: true, value: { type, line: line.value } } : line;
}

export function readSet(value: string | undefined): AttributeReading<FilePlace> {
  const line = readPattern(value ?? '');
  return line.ok ? { ok: true, value: { type: 'set', line: line.value } } : line;
}

function readPattern(written: string): AttributeReading<LinePattern> {
  const end = written.lastIndexOf('/');
  const source = written.slice(1, end);
  const flags = written.slice(end + 1);
  const wanted = 'a regular expression such as `/^listen /`, with no flags but `i` and `u`';
  if (!written.startsWith('/') || end < 2 || /[^iu]/.test(flags)) return expected(wanted);
  try {
    new RegExp(source, flags);
  } catch {
    return expected('a valid regular expression');
  }
  return { ok: true, value: { source, flags } };
}

/** `644` and `0644` are the same. */
export function readMode(value: string | undefined): AttributeReading<number> {
  if (value === undefined || !/^0?[0-7]{3,4}$/.test(value) || value.length > 5)
    return expected('permissions in octal digits, such as `0644`');
  return { ok: true, value: Number.parseInt(value, 8) };
}

export function readOwner(value: string | undefined): AttributeReading<string> {
  if (value === undefined || !/^(?:[\w.$][\w.$-]*(?::[\w.$][\w.$-]*)?|:[\w.$][\w.$-]*)$/.test(value))
    return expected('a user, `user:group` or `:group`');
  return { ok: true, value };
}
