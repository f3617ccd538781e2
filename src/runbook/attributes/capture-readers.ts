// Owns how it is written what a block hands on.
import type { Capture } from '../capture.ts';
import { type AttributeReading, expected, readVariable } from './attribute-reading.ts';
import { readJsonPath } from './json-path.ts';
import { readPattern } from './read-pattern.ts';

type CaptureReader = (value: string | undefined) => AttributeReading<Capture>;

/** The attributes that say what is handed on; each may be written several times. */
export const captureReaders: Readonly<Record<string, CaptureReader>> = {
  capture: (value = '') => {
    const [name, pattern] = divided(value);
    const variable = readVariable(name);
    if (pattern === undefined) return variable.ok ? { ok: true, value: { name } } : variable;
    const isPattern = /^\/.*\/\w*$/s.test(pattern);
    if (!variable.ok || !isPattern)
      return { ok: false, error: 'a variable, and a pattern after a colon, such as `VERSION:/v([0-9.]+)/`' };
    const read = readPattern(pattern);
    if (read.ok) return { ok: true, value: { name, part: { type: 'pattern', ...read.value } } };
    const [start, end] = read.at ?? [0, pattern.length];
    return { ...read, at: [start + name.length + 1, end + name.length + 1] };
  },
  'capture-json': (value = '') => {
    const form = 'a variable, and a path after a colon, such as `ID:.items[0].id` or `ID:.["a key"]`';
    const [name, written = ''] = divided(value);
    if (!readVariable(name).ok || written === '') return expected(form);
    const read = readJsonPath(written);
    const end = read?.end ?? 0;
    if (read === undefined || end < written.length)
      return { ok: false, error: form, at: [name.length + 1 + end, value.length] };
    return { ok: true, value: { name, part: { type: 'json', path: read.path, written } } };
  },
};

/** The name, and what stands behind its colon. */
function divided(value: string): [name: string, part?: string] {
  const colon = value.indexOf(':');
  return colon === -1 ? [value] : [value.slice(0, colon), value.slice(colon + 1)];
}
