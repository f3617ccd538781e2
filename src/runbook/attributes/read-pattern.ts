// Owns how a pattern is written as the value of an attribute: `/source/flags`.
import type { AttributeReading } from './attribute-reading.ts';

/** A pattern of JavaScript; `at` says where in `value` it is wrong. */
export function readPattern(
  value: string,
): AttributeReading<{ readonly source: string; readonly flags: string }> {
  const end = value.lastIndexOf('/');
  const source = value.slice(1, end);
  const flags = value.slice(end + 1);
  const known = /^[imsu]*/.exec(flags)?.[0].length ?? 0;
  if (source === '' || known < flags.length) {
    const error = 'a regular expression with no flags but `i`, `m`, `s` and `u`';
    return source === '' ? { ok: false, error } : { ok: false, error, at: [end + 1 + known, value.length] };
  }
  try {
    new RegExp(source, flags);
  } catch {
    return { ok: false, error: 'a valid regular expression' };
  }
  return { ok: true, value: { source, flags } };
}
