// Owns what value a block hands on, and how large it may be.
import { longestVariableBytes, variableBytes } from '../../basics/why-not-given.ts';
import type { FailureReason } from '../../run/event.ts';
import type { BlockItem } from '../../run/plan.ts';
import { type Capture, writtenPart } from '../../runbook/capture.ts';
import { boundedFind, tooSlowWords } from '../../text/bounded-match.ts';
import { jsonTextAt } from '../../text/json-text-at.ts';

/** How much of stdout has to be kept for a capture of all of it: enough to see that it is too long. */
const captureLimitBytes = longestVariableBytes + 1024;
/** Parts are looked for in so much of stdout at the most. */
const partLimitBytes = 4 * 1024 * 1024;

/** How many bytes of stdout a block's captures want to see. */
export function wantedForCaptures({ captures = [] }: Pick<BlockItem, 'captures'>): number {
  if (captures.length === 0) return 0;
  return captures.some(({ part }) => part !== undefined) ? partLimitBytes + 1 : captureLimitBytes;
}

/** The value of a capture, or why it has none. */
export type CapturedValue =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly reason: FailureReason<string> };

/**
 * All of stdout is what `$(…)` makes of it: NUL bytes dropped, newlines at the end dropped. A part of it that is not
 * there, or that cannot be told, is a failure of the block: a later one that finds the variable empty could do anything.
 */
export function readCapture({ name, part }: Capture, stdout: Uint8Array): CapturedValue {
  const printed = Buffer.from(stdout).toString('utf8').replaceAll('\0', '').replace(/\n+$/, '');
  if (part === undefined) return { ok: true, value: printed };
  const written = writtenPart(part);
  const none = (actual: string): CapturedValue => {
    const expected = `a value for \`${name}\` by ${written}`;
    return {
      ok: false,
      reason: { type: 'expectation', expected, actual, message: `expected ${expected}: ${actual}` },
    };
  };
  if (stdout.length > partLimitBytes) return none(`the output is longer than ${partLimitBytes} bytes`);
  if (part.type === 'json') {
    const found = jsonTextAt(printed, part.path);
    switch (found.type) {
      case 'text':
        return { ok: true, value: found.text.replaceAll('\0', '') };
      case 'missing':
        return none('the output has nothing at that place');
      case 'null':
        return none('the output has null at that place');
      case 'no-json':
        return none('the output does not parse as JSON');
    }
  }
  const match = boundedFind(part.source, part.flags, printed.replace(/\r$/, ''));
  if (match === undefined) return none(`the output and ${written} ${tooSlowWords}`);
  if (match.length === 0) return none('nothing in the output matches');
  const value = match.length > 1 ? match[1] : match[0];
  return value === undefined ? none('the first group matches nothing in the output') : { ok: true, value };
}

/**
 * The first value that no environment can hold. It is a failure of the block and not a warning: a later block
 * that finds the variable empty could do anything.
 */
export function findTooLong(variables: Readonly<Record<string, string>>): FailureReason<string> | undefined {
  for (const [name, value] of Object.entries(variables)) {
    if (variableBytes(name, value) <= longestVariableBytes) continue;
    const expected = `a value for \`${name}\` of at most ${longestVariableBytes} bytes`;
    const actual = `more than ${longestVariableBytes} bytes`;
    return {
      type: 'expectation',
      expected,
      actual,
      message: `expected ${expected}, which is what a process can be given`,
    };
  }
  return undefined;
}
