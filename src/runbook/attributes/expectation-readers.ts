// Owns how an expectation on a block's output is written.

import type { Expectation } from '../expectation.ts';
import type { AttributeReading } from './attribute-reading.ts';
import { parseJsonExpectation } from './json-expectation.ts';
import type { WrittenAttribute } from './parse-fence-info.ts';
import { readPattern } from './read-pattern.ts';

type ExpectationReader = (written: WrittenAttribute) => AttributeReading<Expectation>;

const comparison =
  /^\s*(?:<=|>=|==|!=|=|<|>)\s*-?\d+(?:\.\d+)?%?\s*$|^\s*-?\d+(?:\.\d+)?\s*\.\.\s*-?\d+(?:\.\d+)?\s*$/;

/** The attributes that say what output must hold; each may be written several times. */
export const expectationReaders: Readonly<Record<string, ExpectationReader>> = {
  expect: ({ value, negated, quoted }) => {
    if (value === undefined || value === '')
      return { ok: false, error: 'a text, a /regular expression/ or `output`' };
    if (quoted === 'slash') return readRegex(value, negated);
    if (value === 'output' && quoted === 'no') {
      return negated
        ? { ok: false, error: 'a text or a /regular expression/ after `!=`' }
        : { ok: true, value: { type: 'output' } };
    }
    return { ok: true, value: { type: 'text', text: value, negated } };
  },
  'expect-stderr': ({ value, negated, quoted }) => {
    if (value === undefined || value === '') return { ok: false, error: 'a text or a /regular expression/' };
    const read: AttributeReading<Expectation> =
      quoted === 'slash'
        ? readRegex(value, negated)
        : { ok: true, value: { type: 'text', text: value, negated } };
    if (!read.ok || (read.value.type !== 'text' && read.value.type !== 'regex')) return read;
    return { ok: true, value: { ...read.value, stream: 'stderr' } };
  },
  'expect-json': ({ value, negated }) =>
    value === undefined || parseJsonExpectation(value) === undefined || negated
      ? { ok: false, error: 'a path and a comparison such as `.status == "ok"`' }
      : { ok: true, value: { type: 'json', expression: value } },
  'expect-number': ({ value, negated }) =>
    value === undefined || !comparison.test(value) || negated
      ? { ok: false, error: 'a comparison such as `<70`, `>=3` or `10..20`' }
      : { ok: true, value: { type: 'number', comparison: value.trim() } },
};

function readRegex(value: string, negated: boolean): AttributeReading<Expectation> {
  const read = readPattern(value);
  return read.ok ? { ok: true, value: { type: 'regex', ...read.value, negated } } : read;
}
