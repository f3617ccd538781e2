// Owns reading the JSON of a stranger: bounded in size and depth, exact in its numbers, and with no special names.
import { fail, ok, type Result } from '../../../basics/result.ts';
import type { EventValue } from '../../../run/triggers/received-event.ts';

/** The most that is read of one delivery, in bytes. */
const mostBytes = 1_048_576;
const mostDepth = 32;
/** That many digits are always kept by a double. */
const keptDigits = 15;
/** No double needs as many characters, and what is longer is not worth to be looked at. */
const mostWritten = 400;

/**
 * The value of a JSON text in UTF-8, or why there is none. Objects have no prototype, so that `__proto__` and
 * `constructor` are names like any other; a number that a double cannot hold is the text that was written.
 */
export function readJson(bytes: Uint8Array): Result<EventValue, string> {
  if (bytes.length === 0) return fail('the body is empty');
  if (bytes.length > mostBytes) return fail('the body is larger than 1 MiB');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fail('the body is not UTF-8');
  }
  return readJsonText(text, 'the body');
}

/** The same for a text that stands inside a payload; `what` names it in the reason. */
export function readJsonText(text: string, what: string): Result<EventValue, string> {
  const exact = keepNumbers(text);
  if (exact === undefined) return fail(`${what} nests deeper than ${mostDepth} levels`);
  try {
    return ok(withoutPrototype(JSON.parse(exact)));
  } catch {
    return fail(`${what} is not JSON`);
  }
}

/** The text with numbers in quotes that would change; undefined where it nests too deeply. */
function keepNumbers(text: string): string | undefined {
  const parts: string[] = [];
  let kept = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (sign === '"') at = endOfText(text, at);
    else if (sign === '[' || sign === '{') {
      depth++;
      if (depth > mostDepth) return undefined;
    } else if (sign === ']' || sign === '}') depth--;
    else if (isNumeric(sign)) {
      const start = at;
      while (isNumeric(text[at + 1] ?? '')) at++;
      const number = text.slice(start, at + 1);
      // What is no number is left for the parser to refuse.
      if (isNumber.test(number) && !isKept(number)) {
        parts.push(text.slice(kept, start), `"${number}"`);
        kept = at + 1;
      }
    }
  }
  return parts.join('') + text.slice(kept);
}

/** Where the quote stands that closes the one at `start`; the end of the text where none does. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function isNumeric(sign: string): boolean {
  return (sign >= '0' && sign <= '9') || (sign !== '' && '+-.eE'.includes(sign));
}

/** Whether a double says the same number again, in as few digits as it needs. */
function isKept(number: string): boolean {
  if (number.length > mostWritten) return false;
  if (number.length <= keptDigits && !/[eE]/.test(number)) return true;
  const value = Number(number);
  return Number.isFinite(value) && decimalOf(number) === decimalOf(String(value));
}

/** The digits of a number without zeros around them, and where its point is: `1.50` and `15e-1` are the same. */
function decimalOf(number: string): string {
  const [, whole = '', part = '', power = '0'] =
    /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const digits = `${whole}${part}`.replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  return kept === '' ? '0' : `${kept}e${Number(power) - part.length + digits.length - kept.length}`;
}

function withoutPrototype(value: unknown): EventValue {
  if (Array.isArray(value)) return value.map(withoutPrototype);
  if (typeof value !== 'object' || value === null) return value as EventValue;
  const record: Record<string, EventValue> = Object.create(null);
  for (const [name, one] of Object.entries(value)) record[name] = withoutPrototype(one);
  return record;
}
